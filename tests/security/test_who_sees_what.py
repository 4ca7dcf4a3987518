"""The oracle: random organisations, every person in them; the database shows exactly what it should."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.db.utils import DatabaseError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.security import assessments, documents
from tests.security import world as w
from tests.security.sight import visible_ids
from tests.security.test_every_table_is_protected import our_models
from tryggmote.access.context import acting_as
from tryggmote.access.models import HistoryEntry, ReadEntry
from tryggmote.encounters.models import (
    CalendarFeed,
    Check,
    CheckCount,
    Meeting,
    Outing,
    OutingCount,
    RiskReport,
)
from tryggmote.incidents.models import AssessedLevel, Escalation, Incident, Opening, Recipient, Reply
from tryggmote.information.models import Digest, Item, Reading, Reminder
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, RoleAssignment, Unit
from tryggmote.risk.models import Activity, Assessment, ImportDraft, Version

pytestmark = pytest.mark.django_db
worlds = settings(
    max_examples=int(os.environ.get("TRYGGMOTE_WORLDS", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)

OF_TWO_FORMULATIONS = (Incident, Check, RiskReport, CheckCount, Outing, OutingCount, Item, Reading, Reminder)


@contextmanager
def a_world(random: Random) -> Iterator[w.World]:
    """A world that is gone after the block."""
    with transaction.atomic():
        yield w.build(random)
        transaction.set_rollback(True)


def expected(
    rows: list[Any], rule: Callable[[w.World, Person, Any], bool], world: w.World, person: Person
) -> set[Any]:
    return w.ids(row for row in rows if rule(world, person, row))


@worlds
@given(random=st.randoms(use_true_random=False))
def test_everybody_sees_exactly_what_the_table_says(random: Random) -> None:
    with a_world(random) as world:
        for person in world.people:
            wanted = {
                Incident: expected(world.incidents, w.may_see_incident, world, person),
                Check: expected(world.checks, w.may_see_check, world, person),
                RiskReport: expected(world.risks, w.may_see_risk, world, person),
                ReadEntry: expected(world.reads, w.may_see_read, world, person),
                Outing: expected(world.outings, w.may_see_outing, world, person),
                Meeting: w.ids(m for m in world.meetings if m.owner_id == person.id),
                Notice: w.ids(n for n in world.notices if n.person_id == person.id),
            }
            with acting_as(person.id):
                seen = visible_ids(wanted)
            assert seen == wanted, (person.name, [(r.role, r.unit.name) for r in world.roles_of(person)])


@worlds
@given(random=st.randoms(use_true_random=False))
def test_what_was_done_about_an_incident_is_seen_with_it_and_never_without(random: Random) -> None:
    with a_world(random) as world:
        for person in world.people:
            visible = expected(world.incidents, w.may_see_incident, world, person)
            for act in (Reply, AssessedLevel, Escalation):
                every = dict(act.objects.values_list("id", "incident_id"))
                with acting_as(person.id):
                    seen = set(act.objects.values_list("id", flat=True))
                assert seen == {act_id for act_id, incident_id in every.items() if incident_id in visible}


@worlds
@given(random=st.randoms(use_true_random=False))
def test_the_three_formulations_of_a_policy_agree(random: Random) -> None:
    """People with many keys get another wording of the same policy; it must say the same."""
    with a_world(random) as world:
        documents.build(world, random)
        for person in world.people:
            if any(r.role == "directorate" for r in world.roles_of(person)):
                continue
            answers = []
            for role in ("tryggmote_app", "tryggmote_wide"):
                with acting_as(person.id):
                    with connection.cursor() as cursor:
                        cursor.execute("select set_config('role', %s, true)", [role])
                    answers.append(visible_ids(OF_TWO_FORMULATIONS))
            assert answers[0] == answers[1]


@pytest.mark.parametrize("role", ["tryggmote_app", "tryggmote_wide", "tryggmote_all"])
def test_forgetting_who_asks_raises_on_every_table(role: str) -> None:
    """Never an empty page: a program that forgot to sign in must stop."""
    world = w.build(Random(1))
    documents.build(world, Random(1))
    assessments.build(world, Random(1))
    ReadEntry.objects.create(person_id=world.people[0].id, kind="incident", object_id=world.incidents[0].id)
    filled = [model for model in our_models() if model._base_manager.exists()]
    must_be_filled = {
        Incident, Recipient, Opening, Reply, AssessedLevel, Escalation, Check, CheckCount, Meeting,
        CalendarFeed, RiskReport, Outing, OutingCount, Notice, ReadEntry, HistoryEntry, Person, Unit,
        RoleAssignment, Item, Reading, Reminder, Digest, Assessment, Version, ImportDraft, Activity,
        *assessments.OF_A_VERSION,
    }  # fmt: skip
    assert must_be_filled <= set(filled)
    assert _tables_that_answer(role, filled) == []


def _tables_that_answer(role: str, tables: list[type[models.Model]]) -> list[str]:
    answered = []
    for model in tables:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("select set_config('role', %s, true)", [role])
                model._base_manager.exists()
                answered.append(model._meta.db_table)
                transaction.set_rollback(True)
        except DatabaseError:
            pass
    return answered
