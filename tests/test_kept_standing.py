"""What is kept of how units stand is what all rules answer at that moment, whatever has happened (ADR 0053).

Random organisations, in which one thing after the other is done: reports, assessments, measures, premises,
tests, meetings; people stop, units end and are merged, forms of meetings come and go. After each of them the
job runs, and what it kept is compared with the views that answer live.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import event, given
from hypothesis import strategies as st

from tests.security import assessments, concerns, controls, equipment, exercises, forums, premises
from tests.security import world as w
from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import in_random_worlds, undone
from tryggmote.compliance.everything import rules_in_use
from tryggmote.compliance.keeping import Changes, bring_up_to_date
from tryggmote.compliance.models import Standing
from tryggmote.controls.models import Measure
from tryggmote.organisation.closure import rebuild_closure
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Placement, RoleAssignment, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import assign, make_person

pytestmark = pytest.mark.django_db
DICE = st.integers(0, 2**32).map(Random)
"""Whole worlds at once: what is smallest to Hypothesis has nothing in it."""
KEPT = (
    "select unit_id, rule, state, reason, figures::text, runs_out_on from compliance_standing "
    "where until_at is null"
)
Answers = set[tuple[object, ...]]
Happens = Callable[[w.World, Random], object]


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


def somebody_stops(world: w.World, random: Random) -> None:
    person = random.choice(world.people)
    Placement.objects.filter(person=person).update(ends_on=yesterday())
    RoleAssignment.objects.filter(person=person).update(ends_on=yesterday())


def a_unit_ends(world: w.World, random: Random) -> None:
    workplaces = Unit.objects.filter(kind__in=(UnitKind.OFFICE, UnitKind.TEAM), ended_on=None)
    Unit.objects.filter(id=random.choice(list(workplaces)).id).update(ended_on=yesterday())


def a_unit_is_merged(world: w.World, random: Random) -> None:
    offices = list(Unit.objects.filter(kind=UnitKind.OFFICE, merged_into=None).order_by("id"))
    if len(offices) > 1:
        gone, into = random.sample(offices, 2)
        Unit.objects.filter(id=gone.id).update(merged_into=into)
        rebuild_closure()


def forms_change(world: w.World, random: Random) -> None:
    unit = random.choice(world.units)
    forms = random.sample(MeetingForm.values, random.randint(0, 4))
    Unit.objects.filter(id=unit.id).update(meeting_forms=forms)


def measures_are_done(world: w.World, random: Random) -> None:
    for measure in Measure.objects.filter(established_at=None, cancelled_at=None):
        if random.random() < 0.5:
            Measure.objects.filter(id=measure.id).update(established_at=timezone.now())


HAPPENS: tuple[Happens, ...] = (
    assessments.build, concerns.build, controls.build, equipment.build, exercises.build, forums.build,
    premises.build, somebody_stops, a_unit_ends, a_unit_is_merged, forms_change, measures_are_done,
)  # fmt: skip


def kept_and_live(asking: Person) -> tuple[Answers, Answers]:
    """What is kept, and what the views answer somebody who sees every unit."""
    live = " union all ".join(
        f"select unit_id::bigint, '{rule.name}', state, reason, figures::text, runs_out_on from {rule.view}"
        for rule in rules_in_use()
    )
    with acting_as(asking.id), connection.cursor() as cursor:
        cursor.execute(KEPT)
        kept = set(cursor.fetchall())
        cursor.execute(live)
        return kept, set(cursor.fetchall())


def is_one_line(rows: list[tuple[datetime, datetime | None]]) -> bool:
    """Whether rows follow each other in time, none within another."""
    return all(before[1] is not None and before[1] <= after[0] for before, after in pairwise(rows))


@in_random_worlds
@given(random=DICE)
def test_what_is_kept_is_what_is_answered_live_after_whatever_happens(random: Random) -> None:
    with undone():
        world = w.build(random)
        asking = make_person("Dina Direktorat")
        assign(asking, Role.DIRECTORATE, world.units[0])
        moment, things = timezone.now(), random.sample(HAPPENS, len(HAPPENS))
        for happens in things[: random.randint(3, 6)]:
            happens(world, random)
            moment += timedelta(minutes=15)
            changes = bring_up_to_date(moment)
            name = f"{happens.__module__}.{happens.__name__}"
            event(f"{name} changed something: {changes != Changes(0, 0)}")
            kept, live = kept_and_live(asking)
            assert kept == live, name
            runs_again_for_nothing(moment)
        lines: dict[tuple[int, str], list[tuple[datetime, datetime | None]]] = {}
        for unit, rule, *when in Standing.objects.order_by("from_at").values_list(
            "unit", "rule", "from_at", "until_at"
        ):
            lines.setdefault((unit, rule), []).append(tuple(when))
        assert all(is_one_line(rows) for rows in lines.values())


def runs_again_for_nothing(moment: datetime) -> None:
    before = list(Standing.objects.order_by("id").values())
    assert bring_up_to_date(moment) == Changes(0, 0)
    assert bring_up_to_date(moment + timedelta(minutes=1)) == Changes(0, 0)
    assert list(Standing.objects.order_by("id").values()) == before
