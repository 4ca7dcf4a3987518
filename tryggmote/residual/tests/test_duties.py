"""What 3.0 and 3.2-3.4 ask of people on "Now"."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls import services as measures
from tryggmote.controls.models import Measure
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.residual.duties import FILLING, KINDS
from tryggmote.residual.elements import elements
from tryggmote.residual.tests.helpers import (
    approved_by,
    chosen_by,
    declared_by,
    in_force,
    in_use,
    rewritten_by,
    runs_out,
    spoken_by,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It only uses the telephone and home visits, which ask for four things."""
    office = make_office()
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=["telephone", "home_visit"])
    return office


def duties_of(person: Person, *kinds: str) -> list[Duty]:
    return [duty for duty in owed_by(person, *KINDS) if not kinds or duty.kind in kinds]


def empty(person: Person) -> list[Duty]:
    return sorted(owed_by(person, *FILLING), key=lambda duty: duty.requirement)


def test_what_is_missing_of_each_requirement_is_a_kind_of_its_own() -> None:
    assert [kind.requirement for kind in FILLING] == [required.number for required in elements().requirements]


def test_the_leader_is_asked_for_what_is_missing_once_for_each_requirement(office: Office) -> None:
    asked = empty(office.office_leader)
    assert [(duty.requirement, duty.url) for duty in asked] == [
        ("3.3", f"/pakrevd/{office.unit.id}/#krav-3.3"),
        ("3.4", f"/pakrevd/{office.unit.id}/calling_help/telephone/"),
    ]
    assert "(3)" in asked[0].title
    assert "Tilkalle hjelp" in asked[1].title


def test_nobody_else_is_asked(office: Office) -> None:
    for person in (
        office.counsellor, office.leader, office.safety_representative, office.county_director,
        office.administrator,
    ):  # fmt: skip
        assert duties_of(person) == [], person.name


def test_what_is_chosen_is_asked_for_no_more_until_it_is_cancelled(office: Office) -> None:
    alarms = in_use(office)
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", alarms)
    assert [duty.requirement for duty in empty(office.office_leader)] == ["3.3"]
    with acting_as(office.office_leader.id) as by:
        measures.cancel(
            by=by, measure=Measure.objects.get(id=alarms.id), act_id=new_id(), reason="Tatt ut av bruk."
        )
    assert [duty.requirement for duty in empty(office.office_leader)] == ["3.3", "3.4"]


def test_the_representative_is_asked_what_they_think_until_they_have_said_it(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    (duty,) = duties_of(office.safety_representative)
    assert (duty.kind, duty.url) == ("residual_hearing", f"/restrisiko/{record.id}/utkast/")
    assert duties_of(office.chief_safety_representative) == []
    spoken_by(office.safety_representative, record)
    assert duties_of(office.safety_representative) == []


def test_the_leader_finishes_the_draft(office: Office) -> None:
    record = declared_by(office.office_leader, office.unit)
    (duty,) = duties_of(office.office_leader, "residual_draft")
    assert duty.url == f"/restrisiko/{record.id}/utkast/"
    spoken_by(office.safety_representative, record)
    approved_by(office.office_leader, record)
    assert duties_of(office.office_leader, "residual_draft", "residual_review") == []


@pytest.mark.parametrize(
    ("days_left", "urgency"),
    [(60, Urgency.LATER), (30, Urgency.SOON), (7, Urgency.TODAY), (-1, Urgency.TODAY)],
)
def test_the_review_is_asked_for_more_and_more_and_is_overdue_after(
    office: Office, days_left: int, urgency: Urgency
) -> None:
    record = in_force(office)
    runs_out(record, days_left)
    (duty,) = duties_of(office.office_leader, "residual_review")
    assert duty.urgency == urgency
    assert duty.due is not None
    assert (empty(office.office_leader)[0].title.endswith("(3)")) == (days_left < 0)


def test_nobody_is_asked_before_60_days(office: Office) -> None:
    runs_out(in_force(office), 61)
    assert duties_of(office.office_leader, "residual_review") == []


def test_a_review_that_is_begun_is_finished_as_a_draft(office: Office) -> None:
    record = in_force(office)
    runs_out(record, 5)
    rewritten_by(office.office_leader, record)
    (duty,) = duties_of(office.office_leader, "residual_review", "residual_draft")
    assert (duty.kind, duty.urgency) == ("residual_draft", Urgency.TODAY)


def test_a_measure_that_is_gone_asks_for_a_review_at_once(office: Office) -> None:
    pairs = in_use(office, title="Alltid to", kind="staffing")
    in_force(office, measure_ids=(pairs.id,))
    with acting_as(office.office_leader.id) as by:
        measures.cancel(by=by, measure=Measure.objects.get(id=pairs.id), act_id=new_id(), reason="For få.")
    (duty,) = duties_of(office.office_leader, "residual_review")
    assert "avsluttet" in duty.why
