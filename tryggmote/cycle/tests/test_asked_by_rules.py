"""What rules ask of a year and what is planned in it: meetings, committees, reading, procedures, training."""

from datetime import date, timedelta

import pytest

from tryggmote.access.context import acting_as
from tryggmote.controls.tests.helpers import in_force as procedure_in_force
from tryggmote.cycle import queries
from tryggmote.cycle.tests.helpers import seen_by
from tryggmote.cycle.vocabulary import Kind, State
from tryggmote.forums.rules import last_quarter_end, next_meeting_by
from tryggmote.forums.tests.helpers import called_by
from tryggmote.forums.tests.helpers import held_by as meeting_held_by
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.information.models import Item
from tryggmote.information.services import mark_read
from tryggmote.information.tests.helpers import published_by as information_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office
from tryggmote.training.models import Plan, PlanItem
from tryggmote.training.plan_vocabulary import Cause, Way
from tryggmote.training.tests.plan_helpers import added_by, has_plan_for, proposed_by
from tryggmote.ui.dates import OSLO, oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_the_managements_review_is_asked_of_those_who_lead_and_comes_again_in_a_year(office: Office) -> None:
    def asked() -> list[date]:
        found = seen_by(office.office_leader, office, Kind.MEETING)
        return [event.on for event in found if "Ledelsens gjennomgang av" in event.title]

    assert asked()[0] == oslo_today()
    meeting = called_by(office.office_leader, office.unit, MeetingKind.MANAGEMENT_REVIEW)
    held = meeting_held_by(office.office_leader, meeting, office.office_leader, office.safety_representative)
    held_on = held.starts_at.astimezone(OSLO).date()
    assert asked() == [next_meeting_by(MeetingKind.MANAGEMENT_REVIEW, held_on)]


def test_a_committee_has_each_quarter_and_its_report_before_it(office: Office) -> None:
    assign(office.counsellor, Role.COMMITTEE_MEMBER, office.county, employer=office.directorate)

    def coming(person: Person) -> list[str]:
        with acting_as(person.id):
            year = oslo_today().year
            found = queries.events_of(queries.units_of_year(office.county.id), year, until=year + 1)
        return [event.title for event in found if event.requirement == "aml-7-2"]

    titles = coming(office.counsellor)
    assert sum("kvartal" in title for title in titles) >= 4
    assert titles.count("Utvalgets årsrapport") == 2
    assert coming(office.county_director) == titles
    assert coming(office.safety_representative) == []
    reviewed = called_by(
        office.counsellor,
        office.county,
        MeetingKind.COMMITTEE,
        reviewed_until=last_quarter_end(oslo_today()),
    )
    assert len(coming(office.counsellor)) == len(titles) - 1
    assert reviewed.reviewed_until is not None


def test_what_is_to_be_read_is_done_when_enough_have_read_it(office: Office) -> None:
    information_by(office.office_leader, office.unit, is_important=True)
    (waiting,) = seen_by(office.counsellor, office, Kind.INFORMATION)
    assert (waiting.is_done, waiting.on > oslo_today()) == (False, True)
    item = Item.objects.get()
    with acting_as(office.counsellor.id) as by:
        mark_read(by=by, item=item)
    assert seen_by(office.counsellor, office, Kind.INFORMATION)[0].is_done
    assert not seen_by(office.office_leader, office, Kind.INFORMATION)[0].is_done


def test_a_procedure_is_done_when_approved_and_comes_again_on_its_review_day(office: Office) -> None:
    procedure = procedure_in_force(office.office_leader, office.unit)
    found = seen_by(office.counsellor, office, Kind.PROCEDURE)
    assert [(event.on, event.is_done) for event in found][:2] == [
        (oslo_today(), True),
        (procedure.review_on, False),
    ]


def test_what_the_plan_of_training_holds_is_to_be_done_by_the_end_of_its_month(office: Office) -> None:
    year = oslo_today().year + 1
    has_plan_for(office, year)
    plan = Plan.objects.get()
    PlanItem.objects.create(
        plan=plan, element="risk_awareness", month=2, people=3, cause=Cause.OWN, way=Way.SESSION,
        by=office.office_leader,
    )  # fmt: skip
    for person in (office.counsellor, office.office_leader):
        with acting_as(person.id):
            found = queries.events_of([office.unit.id], year, kind=Kind.TRAINING)
        assert [(event.title, event.on.month, (event.on + timedelta(days=1)).day) for event in found] == [
            ("I opplæringsplanen: Se risikoen i tide", 2, 1)
        ]


def test_a_month_of_the_plan_that_is_over_is_late_only_to_those_who_see_how_many(office: Office) -> None:
    today = oslo_today()
    has_plan_for(office, today.year - 1)
    PlanItem.objects.create(
        plan=Plan.objects.get(), element="risk_awareness", month=3, people=3, cause=Cause.OWN,
        way=Way.SESSION, by=office.office_leader,
    )  # fmt: skip

    def states(person: Person) -> list[State]:
        with acting_as(person.id):
            found = queries.events_of([office.unit.id], today.year - 1, kind=Kind.TRAINING)
        return [event.state(today) for event in found]

    assert states(office.office_leader) == [State.MISSED]
    assert states(office.safety_representative) == [State.MISSED]
    assert states(office.counsellor) == []


def test_a_draft_of_the_plan_is_in_the_year_of_those_who_write_it(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    added_by(office.office_leader, plan, month=12)
    with acting_as(office.office_leader.id):
        found = queries.events_of([office.unit.id], plan.year, kind=Kind.TRAINING)
    assert any(event.title.startswith("I utkastet til opplæringsplan: ") for event in found)
    assert seen_by(office.counsellor, office, Kind.TRAINING) == []
