"""A unit's plan for the year: proposed, adjusted, heard on, approved, and what 4.1 makes of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit
from tryggmote.risk.vocabulary import Answer, NotHeard
from tryggmote.training import plan_services, plan_told
from tryggmote.training.models import Completion, Plan, PlanApproval, PlanHearing, PlanItem
from tryggmote.training.plan_queries import lines_of
from tryggmote.training.plan_vocabulary import Cause, Progress
from tryggmote.training.tests.plan_helpers import (
    added_by,
    approved_by,
    has_plan_for,
    heard,
    in_force,
    proposed_by,
)
from tryggmote.ui.dates import oslo_today

pytestmark = [pytest.mark.django_db, pytest.mark.training]


@pytest.fixture
def office() -> Office:
    return make_office()


def year() -> int:
    return oslo_today().year


def evidence(office: Office, unit_id: int | None = None) -> tuple[str, str, date | None]:
    """What 4.1 says of the office."""
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            "select state, reason, runs_out_on from evidence_4_1 where unit_id = %s",
            [unit_id or office.unit.id],
        )
        found: tuple[str, str, date | None] = cursor.fetchone()
        return found


def learns(*people: Person, elements: list[str] | None = None, on: date | None = None) -> None:
    """These have gone through all that is asked of those who meet clients."""
    with connection.cursor() as cursor:
        cursor.execute("select element from app.training_elements()")
        known = [element for (element,) in cursor.fetchall()]
    Completion.objects.bulk_create(
        Completion(person=person, element=element, done_on=on or oslo_today(), source="imported")
        for person in people
        for element in elements or known
    )


def everybody(office: Office) -> list[Person]:
    return [
        office.counsellor, office.colleague, office.leader, office.formal_leader, office.office_leader,
        office.safety_representative,
    ]  # fmt: skip


def test_the_draft_holds_what_people_lack_for_as_many_as_lack_it(office: Office) -> None:
    learns(office.counsellor, office.colleague, elements=["communication"])
    plan = proposed_by(office.office_leader, office.unit)
    item = PlanItem.objects.get(plan=plan, element="communication", cause=Cause.MISSING)
    assert (item.people, item.month) == (4, oslo_today().month)


def test_asking_again_with_the_same_form_makes_no_other(office: Office) -> None:
    sent = new_id()
    assert proposed_by(office.office_leader, office.unit, plan_id=sent) == proposed_by(
        office.office_leader, office.unit, plan_id=sent
    )
    with pytest.raises(NotPossible):
        proposed_by(office.office_leader, office.unit)


@pytest.mark.parametrize("role", ["counsellor", "safety_representative", "chief_safety_representative"])
def test_only_leaders_of_the_unit_make_it(office: Office, role: str) -> None:
    with pytest.raises(NotAllowed):
        proposed_by(getattr(office, role), office.unit)


def test_no_plan_is_made_for_a_year_that_has_been_or_is_far_off(office: Office) -> None:
    for wrong in (year() - 1, year() + 2):
        with pytest.raises(NotPossible):
            proposed_by(office.office_leader, office.unit, year=wrong)


def test_the_representative_is_asked_and_the_leader_hears_the_answer(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    asked = Notice.objects.filter(kind=plan_told.HEARING, subject_id=plan.id)
    assert office.safety_representative.id in asked.values_list("person_id", flat=True)
    heard(office.safety_representative, plan, Answer.REMARK, "Øv på telefonen først.")
    told = Notice.objects.filter(kind=plan_told.HEARD, subject_id=plan.id)
    assert office.office_leader.id in told.values_list("person_id", flat=True)


def test_it_is_approved_when_the_representative_has_spoken_also_against_it(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    with pytest.raises(plan_services.NotReady):
        approved_by(office.office_leader, plan)
    heard(office.safety_representative, plan, Answer.DISAGREE, "Det er for lite.")
    approved_by(office.office_leader, plan)
    plan.refresh_from_db()
    assert plan.approved_at


def test_or_when_the_leader_writes_why_the_representative_has_not(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by:
        plan_services.record_not_heard(
            by=by, plan=plan, record_id=new_id(), person_id=office.safety_representative.id,
            why=NotHeard.NOT_REACHED, reason="Ringte to ganger.",
        )  # fmt: skip
    approved_by(office.office_leader, plan)
    assert PlanApproval.objects.filter(plan=plan).exists()


def test_a_draft_that_was_changed_after_it_was_read_is_not_approved(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    heard(office.safety_representative, plan)
    added_by(office.office_leader, plan)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        plan_services.approve(by=by, plan=plan, approval_id=new_id(), revision=plan.revision)


def test_what_a_gap_asks_for_is_taken_out_with_a_reason_and_stays_in_sight(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    item = PlanItem.objects.filter(plan=plan).exclude(cause=Cause.OWN)[0]
    own = added_by(office.office_leader, plan)
    with acting_as(office.office_leader.id) as by:
        with pytest.raises(NotPossible):
            plan_services.remove(by=by, item=item, why="")
        plan_services.remove(by=by, item=item, why="De tar den på fylkesmannens kurs.")
        plan_services.remove(by=by, item=own, why="")
        shown = [line.item.id for line in lines_of(plan, with_progress=False)]
    assert item.id not in shown
    assert own.id not in shown


def test_an_approved_plan_is_never_changed_but_followed_by_another_edition(office: Office) -> None:
    plan = in_force(office)
    item = PlanItem.objects.filter(plan=plan)[0]
    with acting_as(office.office_leader.id) as by:
        with pytest.raises(NotPossible):
            plan_services.move(by=by, item=PlanItem.objects.select_related("plan").get(id=item.id), month=12)
        other = plan_services.revise(by=by, plan_id=new_id(), before=plan, reason="To nye ansatte.")
    for change in (
        lambda: PlanItem.objects.filter(id=item.id).update(month=12),
        lambda: Plan.objects.filter(id=plan.id).update(reason="Nei"),
        lambda: PlanItem.objects.filter(id=item.id).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    kept = PlanItem.objects.filter(plan=plan, removed_at=None).count()
    assert PlanItem.objects.filter(plan=other).count() == kept
    assert evidence(office)[1] != "no_plan", "the one before holds until the other is approved"


def test_a_plan_is_done_as_people_go_through_it(office: Office) -> None:
    plan = in_force(office)

    def state() -> dict[str, Progress | None]:
        with acting_as(office.office_leader.id):
            return {line.item.element: line.progress for line in lines_of(plan, with_progress=True)}

    assert state()["communication"] is Progress.PLANNED
    learns(office.counsellor, elements=["communication"])
    assert state()["communication"] is Progress.STARTED
    learns(
        *(person for person in everybody(office) if person != office.counsellor), elements=["communication"]
    )
    assert state()["communication"] is Progress.DONE


def test_a_unit_without_an_approved_plan_for_the_year_does_not_meet_4_1(office: Office) -> None:
    assert evidence(office) == ("missing", "no_plan", None)
    learns(*everybody(office))
    assert evidence(office) == ("partly", "no_plan", None)
    plan = proposed_by(office.office_leader, office.unit)
    added_by(office.office_leader, plan)
    assert evidence(office)[1] == "no_plan", "a draft is no plan"
    heard(office.safety_representative, plan)
    approved_by(office.office_leader, plan)
    state, reason, until = evidence(office)
    assert (state, reason) == ("met", "trained")
    assert until is not None
    assert until <= date(year(), 12, 31)


@pytest.mark.parametrize(
    ("years", "has_plan", "last"),
    [
        ([-1], False, None),  # approved last year only: on 1 January there is none
        ([1], False, None),
        ([0], True, 0),
        ([-1, 0], True, 0),
        ([0, 1], True, 1),
        ([0, 2], True, 0),
    ],
)
def test_a_plan_holds_from_1_january_to_31_december_of_its_year(
    office: Office, years: list[int], has_plan: bool, last: int | None
) -> None:
    for offset in years:
        has_plan_for(office, year() + offset)
    learns(*everybody(office))
    with connection.cursor() as cursor, acting_as(office.office_leader.id):
        connection.cursor().execute("reset role")
        cursor.execute("select planned_until from evidence_part_planned where unit_id = %s", [office.unit.id])
        (until,) = cursor.fetchone()
    assert until == (date(year() + last, 12, 31) if last is not None else None)
    assert (evidence(office)[1] != "no_plan") is has_plan


def test_the_plan_of_the_office_holds_for_its_departments_but_not_the_countys(office: Office) -> None:
    team = make_unit("Avdeling mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    employ(make_person("Nils Ny"), unit=team, employer=office.directorate)
    county = Plan.objects.create(unit=office.county, year=year(), number=1, by=office.county_director)
    PlanApproval.objects.create(plan=county, revision=1, by=office.county_director)
    assert evidence(office, team.id)[1] == "no_plan"
    has_plan_for(office, year())
    assert evidence(office, team.id)[1] != "no_plan"


@pytest.mark.parametrize(
    ("role", "sees_draft"),
    [
        ("office_leader", True), ("safety_representative", True), ("counsellor", False),
        ("administrator", False),
    ],
)  # fmt: skip
def test_a_draft_is_read_by_those_who_lead_and_those_who_represent(
    office: Office, role: str, sees_draft: bool
) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    heard(office.safety_representative, plan)
    with acting_as(getattr(office, role).id):
        for model, found in ((Plan, plan.id), (PlanItem, None), (PlanHearing, None)):
            rows = model.objects.filter(id=found) if found else model.objects.all()
            assert rows.exists() is sees_draft, model


def test_an_approved_plan_is_read_by_everybody_in_the_unit_and_nobody_outside(office: Office) -> None:
    plan = in_force(office)
    other = make_office("Nav Storvik")
    with acting_as(office.counsellor.id):
        assert Plan.objects.filter(id=plan.id).exists()
        assert PlanItem.objects.filter(plan=plan).exists()
    with acting_as(other.office_leader.id):
        assert not Plan.objects.filter(id=plan.id).exists()
        assert not PlanItem.objects.filter(plan_id=plan.id).exists()


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return True
    return False


def test_the_database_lets_nobody_speak_or_approve_for_another(office: Office) -> None:
    plan = proposed_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id):
        assert refused(
            lambda: PlanHearing.objects.create(
                plan=plan, person=office.safety_representative, answer="agree", revision=1,
                by=office.office_leader,
            )
        )  # fmt: skip
    with acting_as(office.safety_representative.id):
        assert refused(
            lambda: PlanApproval.objects.create(plan=plan, revision=1, by=office.safety_representative)
        )
        assert not PlanItem.objects.filter(plan=plan).update(month=1)
