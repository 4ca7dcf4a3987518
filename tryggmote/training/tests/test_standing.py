"""How people stand in what they owe, from placements, roles, leave and changed risks (4.1-4.3, § 23A-2)."""

from datetime import date, timedelta

import pytest

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.equipment.models import Responsible
from tryggmote.organisation.models import Placement, Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_unit, workforce_of
from tryggmote.risk import versions
from tryggmote.risk.models import Scenario
from tryggmote.risk.rules import Score
from tryggmote.risk.tests.stories import GREEN, YELLOW, Work, begin
from tryggmote.risk.vocabulary import Cause
from tryggmote.training import services
from tryggmote.training.models import Absence, Renewal
from tryggmote.training.tests.helpers import CLIENT_WORK, declared_by, done, lines, stands
from tryggmote.training.vocabulary import Kind, Standing
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It uses the reception, planned meetings, home visits and the telephone."""
    return make_office()


def ago(days: int) -> date:
    return oslo_today() - timedelta(days=days)


def test_one_who_meets_clients_owes_what_the_forms_of_the_unit_ask_for(office: Office) -> None:
    assert set(lines(office.counsellor)) == set(CLIENT_WORK)


def test_a_contact_centre_without_visits_asks_for_nothing_about_visits(office: Office) -> None:
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=["telephone", "written"])
    owed = set(lines(office.counsellor))
    assert "telephone_and_digital" in owed
    assert not owed & {"home_visits", "exercise_violence", "equipment"}


def test_one_who_meets_no_clients_owes_nothing_of_it(office: Office) -> None:
    Placement.objects.filter(person=office.counsellor).update(meets_clients=False)
    assert lines(office.counsellor) == {}


def test_each_role_asks_for_its_own_training(office: Office) -> None:
    assert {"leader_hse", "leader_violence"} <= set(lines(office.office_leader))
    representative = set(lines(office.safety_representative))
    assert {"representative_40_hours", "representative_violence"} <= representative
    assert "leader_hse" not in representative
    assign(office.colleague, Role.COMMITTEE_MEMBER, office.municipality)
    assert "representative_40_hours" in lines(office.colleague)


def test_who_is_chosen_to_test_equipment_must_be_able_to(office: Office) -> None:
    assert "testing_equipment" not in lines(office.colleague)
    Responsible.objects.create(
        unit=office.unit, type="alarm_button", person=office.colleague, chosen_by=office.office_leader
    )
    assert stands(office.colleague, "testing_equipment") is Standing.NEW


def test_a_role_that_has_ended_asks_for_nothing(office: Office) -> None:
    assign(office.colleague, Role.SAFETY_REPRESENTATIVE, office.unit, ends_on=ago(1))
    assert "representative_violence" not in lines(office.colleague)


def test_one_with_two_workplaces_owes_what_both_ask_for(office: Office) -> None:
    visits = make_unit("Oppsøkende team", parents=(office.unit,))
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=["telephone"])
    Unit.objects.filter(id=visits.id).update(meeting_forms=["home_visit"])
    Placement.objects.create(
        person=office.counsellor,
        workforce=workforce_of(visits, office.directorate),
        is_primary=False,
        starts_on=ago(10),
    )
    owed = lines(office.counsellor)
    assert {"telephone_and_digital", "home_visits"} <= set(owed)
    # The newcomer's days are those of the newer workplace, where only that one asks.
    assert owed["exercise_home_visit"].standing is Standing.NEW
    assert owed["exercise_telephone"].standing is Standing.MISSING


def test_one_who_moves_takes_along_what_they_have_learnt(office: Office) -> None:
    declared_by(office.leader, office.counsellor, "risk_awareness", "exercise_threat")
    other = make_office("Nav Storvik")
    Placement.objects.filter(person=office.counsellor).update(
        workforce=workforce_of(other.unit, other.directorate), starts_on=oslo_today()
    )
    assert stands(office.counsellor, "risk_awareness") is Standing.HELD
    assert stands(office.counsellor, "exercise_violence") is Standing.NEW


def test_nothing_is_asked_of_one_on_leave(office: Office) -> None:
    Absence.objects.create(person=office.counsellor, starts_on=ago(30), by=office.leader)
    assert {line.standing for line in lines(office.counsellor).values()} == {Standing.AWAY}


def test_leave_can_be_ended_today_and_then_everything_is_asked_again(office: Office) -> None:
    with acting_as(office.leader.id) as by:
        absence = services.record_leave(
            by=by, absence_id=new_id(), person_id=office.counsellor.id, starts_on=ago(30), ends_on=None
        )
        services.end_leave(by=by, absence=absence)
    assert stands(office.counsellor, "risk_awareness") is Standing.MISSING
    assert stands(office.counsellor, "exercise_threat") is Standing.NEW


def test_leave_that_had_not_begun_is_taken_away(office: Office) -> None:
    with acting_as(office.leader.id) as by:
        absence = services.record_leave(
            by=by, absence_id=new_id(), person_id=office.counsellor.id, starts_on=oslo_today(), ends_on=None
        )
        services.end_leave(by=by, absence=absence)
    assert stands(office.counsellor, "risk_awareness") is Standing.MISSING


def test_a_unit_can_ask_for_more_also_of_those_below_it(office: Office) -> None:
    team = make_unit("Ungdomsteamet", parents=(office.unit,))
    Placement.objects.filter(person=office.colleague).update(
        workforce=workforce_of(team, office.municipality)
    )
    with acting_as(office.office_leader.id) as by:
        asked = services.ask_for(
            by=by,
            element_id=new_id(),
            unit_id=office.unit.id,
            kind=Kind.PRACTICE,
            title="Rømming fra arkivet",
            about="",
            forms=[],
            months=12,
            before_first_meeting=True,
        )
    for person in (office.counsellor, office.colleague):
        line = lines(person)[str(asked.id)]
        assert (line.name, line.standing) == ("Rømming fra arkivet", Standing.MISSING)
    with acting_as(office.office_leader.id) as by:
        services.ask_no_longer(by=by, element=asked)
    assert str(asked.id) not in lines(office.counsellor)


def approved_with(office: Office, score: Score) -> Work:
    """An approved assessment in which blows across the table are a risk of this size."""
    work = begin(office)
    work.complete()
    work.describe(starter="blow_across_the_table", current=score)
    assert work.approve()
    return work


def judged_again(work: Work, score: Score) -> None:
    """The leader opens it again, judges the blows otherwise, and it is approved."""
    with acting_as(work.leader.id) as by:
        versions.reopen(by=by, assessment=work.assessment, cause=Cause.REMARK, words="Vi ser det oftere.")
    Scenario.objects.filter(version=work.draft, starter="blow_across_the_table").update(
        current_likelihood=score.likelihood, current_consequence=score.consequence
    )
    work.invite_employee()
    work.hear(work.office.safety_representative)
    assert work.approve()


class TestAChangedRisk:
    """§ 23A-2 second paragraph: training is repeated and adapted at material changes of the assessment."""

    @pytest.fixture
    def work(self, office: Office) -> Work:
        """Everybody has learnt all there is; then the risk is judged again."""
        done(office.counsellor, *CLIENT_WORK, on=ago(10))
        return approved_with(office, GREEN)

    def test_a_first_assessment_changes_nothing(self, work: Work) -> None:
        assert not Renewal.objects.exists()

    def test_a_worse_risk_asks_for_what_prepares_for_it_and_nothing_else(self, work: Work) -> None:
        judged_again(work, YELLOW)
        line = lines(work.office.counsellor)["exercise_threat"]
        assert (line.standing, line.renew_by) == (Standing.LATE, oslo_today() + timedelta(days=90))
        assert stands(work.office.counsellor, "telephone_and_digital") is Standing.HELD

    def test_a_risk_that_is_as_it_was_asks_for_nothing(self, work: Work) -> None:
        judged_again(work, GREEN)
        assert not Renewal.objects.exists()

    def test_doing_it_again_is_enough(self, work: Work) -> None:
        judged_again(work, YELLOW)
        done(work.office.counsellor, "exercise_threat")
        assert stands(work.office.counsellor, "exercise_threat") is Standing.HELD

    def test_a_leader_can_say_why_it_is_not_needed(self, work: Work) -> None:
        judged_again(work, YELLOW)
        with acting_as(work.leader.id) as by:
            services.waive(by=by, renewal=Renewal.objects.get(element="exercise_threat"), why="Øvd i går.")
        assert stands(work.office.counsellor, "exercise_threat") is Standing.HELD

    def test_what_the_leader_has_linked_is_asked_for_too(self, work: Work) -> None:
        lineage = Scenario.objects.get(starter="blow_across_the_table").lineage
        with acting_as(work.leader.id) as by:
            services.link_risk(by=by, unit_id=work.office.unit.id, element="communication", lineage=lineage)
        judged_again(work, YELLOW)
        assert stands(work.office.counsellor, "communication") is Standing.LATE
