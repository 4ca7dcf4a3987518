"""Requirements 3.0 and 3.2 to 3.4 against what their sentences say, of random units."""

from dataclasses import dataclass

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.tests.worlds import in_random_worlds, undone
from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.tests import helpers as controls
from tryggmote.information.models import Reading
from tryggmote.organisation.models import Unit
from tryggmote.organisation.tests.factories import (
    Office,
    make_office,
)
from tryggmote.residual import elements
from tryggmote.residual.models import Filling, Record
from tryggmote.residual.tests.helpers import (
    HOME_PROTECTIVE,
    declared_by,
    evidence,
    in_force,
    in_use,
    runs_out,
)
from tryggmote.residual.tests.test_evidence import cancelled_by_leader, confirmed_by_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It uses the reception, planned meetings, home visits and the telephone."""
    return make_office()


USED = {"planned": "3.2", "home_visit": "3.3", "telephone": "3.4"}
CELLS = [(element.code, form.value) for _required, element, form in elements.cells() if form in USED]
GOOD = ["measure", "procedure_today"]
BAD = ["nothing", "cancelled", "narrowed", "procedure_yesterday", "taken_away"]


@pytest.fixture
def things(office: Office) -> dict[str, Measure | Procedure]:
    """What can be chosen for a cell. Some of it counts no more."""
    today, yesterday = controls.days_from_now(0), controls.days_from_now(-1)
    measures_there = {name: in_use(office, title=name) for name in ("measure", "cancelled", "narrowed")}
    cancelled_by_leader(office, measures_there["cancelled"])
    Measure.objects.filter(id=measures_there["narrowed"].id).update(forms=["written"])
    procedures = {day: controls.in_force(office.office_leader, office.unit) for day in (today, yesterday)}
    for day, procedure in procedures.items():
        Procedure.objects.filter(id=procedure.id).update(review_on=day)
    return {
        **measures_there,
        "taken_away": measures_there["measure"],
        "procedure_today": procedures[today],
        "procedure_yesterday": procedures[yesterday],
    }


def fill(office: Office, cell: tuple[str, str], what: str, thing: Measure | Procedure) -> None:
    Filling.objects.create(
        unit=office.unit,
        element=cell[0],
        form=cell[1],
        measure=thing if isinstance(thing, Measure) else None,
        procedure=thing if isinstance(thing, Procedure) else None,
        by=office.office_leader,
        ended_by=office.office_leader if what == "taken_away" else None,
        ended_at=timezone.now() if what == "taken_away" else None,
    )


@in_random_worlds
@given(
    used=st.sets(st.sampled_from(sorted(USED))),
    lacking=st.just({}) | st.dictionaries(st.sampled_from(CELLS), st.sampled_from(BAD), max_size=4),
    empty_forms=st.sets(st.sampled_from(sorted(USED)), max_size=1),
    described_in_days=st.sampled_from([None, -1, 0]),
    good=st.sampled_from(GOOD),
)
def test_3_2_to_3_4_say_what_their_sentence_says(
    office: Office,
    things: dict[str, Measure | Procedure],
    used: set[str],
    lacking: dict[tuple[str, str], str],
    empty_forms: set[str],
    described_in_days: int | None,
    good: str,
) -> None:
    """ "Each of the elements established by a measure or procedure in force", per form used, or described."""
    chosen = {cell: "nothing" if cell[1] in empty_forms else lacking.get(cell, good) for cell in CELLS}
    seen_to = {cell for cell, what in chosen.items() if what in GOOD}
    if described_in_days is not None and described_in_days >= 0:
        seen_to.add((HOME_PROTECTIVE.element, HOME_PROTECTIVE.form))
    with undone():
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=sorted(used))
        for cell, what in chosen.items():
            if what != "nothing":
                fill(office, cell, what, things[what])
        if described_in_days is not None:
            runs_out(in_force(office), described_in_days)
        for form, requirement in USED.items():
            asked = [cell for cell in CELLS if cell[1] == form and form in used]
            done = [cell for cell in asked if cell in seen_to]
            if not asked:
                expected = "not_applicable"
            elif len(done) == len(asked):
                expected = "met"
            else:
                expected = "partly" if done else "missing"
            rule = f"evidence_{requirement.replace('.', '_')}"
            assert evidence(office, rule)[0] == expected, rule


@dataclass(frozen=True)
class Described:
    """An approved residual risk: its day, and if a measure, a confirmation or all of it is gone."""

    holds_for_days: int
    measure_is_gone: bool
    somebody_has_not_confirmed: bool
    is_withdrawn: bool

    def happens(self, record: Record, measure: Measure) -> None:
        Record.objects.filter(id=record.id).update(
            review_on=controls.days_from_now(self.holds_for_days),
            withdrawn_at=timezone.now() if self.is_withdrawn else None,
        )
        if self.measure_is_gone:
            Measure.objects.filter(id=measure.id).update(cancelled_at=timezone.now())
        if self.somebody_has_not_confirmed:
            told = Reading.objects.filter(
                item__subject_id__in=record.versions.values("id"), item__is_standing=True
            )
            assert told.order_by("id")[0].delete()

    @property
    def is_known(self) -> bool:
        return self.holds_for_days >= 0 and not self.measure_is_gone and not self.somebody_has_not_confirmed


@pytest.fixture
def known(office: Office) -> list[tuple[Record, Measure]]:
    """Two residual risks that everybody knows of, each with a measure that makes up for it."""
    found = []
    for element in ("protective", "evacuation"):
        measure = in_use(office, title=f"Alltid to ({element})", kind="staffing")
        subject = type(HOME_PROTECTIVE)(element=element, form="home_visit")
        record = in_force(office, subject, measure_ids=(measure.id,))
        confirmed_by_all(office, record)
        found.append((record, measure))
    return found


RARELY = st.sampled_from([False, False, False, True])


@in_random_worlds
@given(
    described=st.lists(
        st.builds(
            Described,
            holds_for_days=st.sampled_from([-1, 0, 0, 1]),
            measure_is_gone=RARELY,
            somebody_has_not_confirmed=RARELY,
            is_withdrawn=st.booleans(),
        ),
        min_size=2,
        max_size=2,
    ),
    has_draft=RARELY,
)
def test_3_0_says_what_its_sentence_says(
    office: Office, known: list[tuple[Record, Measure]], described: list[Described], has_draft: bool
) -> None:
    """ "A residual-risk record, acknowledged by the leader and all affected, not past its review date"."""
    there = [each for each in described if not each.is_withdrawn]
    if not there:
        expected = "missing" if has_draft else "not_applicable"
    else:
        expected = "met" if all(each.is_known for each in there) and not has_draft else "partly"
    with undone():
        for each, (record, measure) in zip(described, known, strict=True):
            each.happens(record, measure)
        if has_draft:
            declared_by(
                office.office_leader, office.unit, type(HOME_PROTECTIVE)(title="To utganger i arkivet")
            )
        assert evidence(office, "evidence_3_0")[0] == expected
