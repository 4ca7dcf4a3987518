"""What 4.1, 4.2 and 4.3 answer for a unit, from what people have learnt."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.compliance.registry import rules
from tryggmote.encounters.models import Check
from tryggmote.organisation.models import Placement, RoleAssignment, Unit, UnitKind
from tryggmote.organisation.tests.factories import (
    Office,
    make_office,
    make_unit,
    workforce_of,
)
from tryggmote.risk.models import Scenario
from tryggmote.risk.rules import Score
from tryggmote.risk.tests.stories import YELLOW, begin
from tryggmote.training import services
from tryggmote.training.models import Override
from tryggmote.training.tests.helpers import CLIENT_WORK, done, everybody_did, evidence, let_go_by
from tryggmote.training.tests.plan_helpers import has_plan_for
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """With an approved plan for this year and the next: what 4.1 asks before all else (`test_plans`)."""
    office = make_office()
    for year in (oslo_today().year, oslo_today().year + 1):
        has_plan_for(office, year)
    return office


def answer(office: Office, rule: str) -> tuple[str, str]:
    return evidence(office.office_leader, office.unit, rule)[:2]


class TestEverybodyIsTrained:
    """4.1: all who meet clients hold what is asked for, and nobody without it has met any."""

    def test_nobody_is(self, office: Office) -> None:
        assert answer(office, "evidence_4_1") == ("missing", "nobody_trained")

    def test_all_but_a_newcomer(self, office: Office) -> None:
        everybody_did(office.unit)
        office.auditor.placements.create(
            workforce=workforce_of(office.unit, office.municipality), starts_on=oslo_today()
        )
        state, reason, figures, _until = evidence(office.office_leader, office.unit, "evidence_4_1")
        assert (state, reason, figures["lacking"]) == ("partly", "some_lack", 1)

    def test_those_who_work_in_a_department_count_for_the_office(self, office: Office) -> None:
        everybody_did(office.unit)
        team = make_unit("Oppfølging", UnitKind.TEAM, parents=(office.unit,))
        office.auditor.placements.create(
            workforce=workforce_of(team, office.municipality), starts_on=oslo_today()
        )
        assert answer(office, "evidence_4_1") == ("partly", "some_lack")

    def test_all(self, office: Office) -> None:
        everybody_did(office.unit)
        assert answer(office, "evidence_4_1") == ("met", "trained")

    def test_it_runs_out_when_the_first_of_it_counts_no_longer(self, office: Office) -> None:
        everybody_did(office.unit)
        _state, _reason, _figures, until = evidence(office.office_leader, office.unit, "evidence_4_1")
        counts_until = oslo_today() + relativedelta(years=1) + timedelta(days=30)
        assert until == min(counts_until, date(oslo_today().year + 1, 12, 31))

    def test_who_meets_no_clients_lowers_nothing(self, office: Office) -> None:
        Placement.objects.filter(workforce__unit=office.unit).update(meets_clients=False)
        assert answer(office, "evidence_4_1") == ("not_applicable", "no_meetings")

    def test_an_exception_is_a_finding_for_ninety_days(self, office: Office) -> None:
        everybody_did(office.unit)
        let_go_by(office.leader, office.counsellor)
        assert answer(office, "evidence_4_1") == ("partly", "met_untrained")
        last = oslo_today() - timedelta(days=91)
        Override.objects.update(starts_on=last, until=last)
        assert answer(office, "evidence_4_1") == ("met", "trained")

    def test_so_is_a_meeting_that_was_held_without(self, office: Office) -> None:
        everybody_did(office.unit)
        held = Check.objects.create(
            employee=office.counsellor,
            participant_ids=[office.counsellor.id],
            workforce=workforce_of(office.unit, office.directorate),
            form="planned",
            rule_version="2026-1",
            answers={},
            points=0,
            level=1,
            not_cleared_why="Du mangler opplæring.",
            decision="go",
        )
        assert answer(office, "evidence_4_1") == ("partly", "met_untrained")
        Check.objects.filter(id=held.id).update(decision="postpone")
        assert answer(office, "evidence_4_1") == ("met", "trained")


class TestTrainingIsBasedOnRisk:
    """4.2: every element links to a risk; every risk over acceptance is covered by an element."""

    def assessed(self, office: Office, *starters: str, score: Score = YELLOW) -> None:
        work = begin(office)
        work.complete()
        Scenario.objects.filter(version=work.draft).update(removed_at=timezone.now())
        for starter in starters:
            work.describe(starter=starter, current=score)
        assert work.approve()

    def test_without_an_assessment_there_is_nothing_to_base_it_on(self, office: Office) -> None:
        assert answer(office, "evidence_4_2") == ("missing", "no_assessment")

    def test_a_risk_of_ones_own_that_nothing_prepares_for(self, office: Office) -> None:
        self.assessed(office, "")
        assert answer(office, "evidence_4_2") == ("partly", "uncovered")

    def test_a_green_risk_needs_no_training(self, office: Office) -> None:
        self.assessed(office, "", score=Score(1, 1))
        assert answer(office, "evidence_4_2") == ("partly", "unlinked")

    def test_every_part_must_answer_something(self, office: Office) -> None:
        self.assessed(office, "blow_across_the_table")
        assert answer(office, "evidence_4_2") == ("partly", "unlinked")

    def test_it_is_based_on_risk_when_all_is_linked(self, office: Office) -> None:
        self.assessed(office, "blow_across_the_table", "")
        lineages = Scenario.objects.filter(removed_at=None).values_list("lineage", flat=True)
        with acting_as(office.office_leader.id) as by:
            for lineage in lineages:
                for code in CLIENT_WORK:
                    services.link_risk(by=by, unit_id=office.unit.id, element=code, lineage=lineage)
        assert answer(office, "evidence_4_2") == ("met", "based_on_risk")

    def test_a_unit_that_meets_nobody_needs_none(self, office: Office) -> None:
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=[])
        assert answer(office, "evidence_4_2") == ("not_applicable", "no_meetings")


class TestRepresentativesAreTrained:
    """4.3: safety representatives and committee members, on every level above the unit too."""

    def test_none_of_them(self, office: Office) -> None:
        RoleAssignment.objects.update(starts_on=oslo_today() - timedelta(days=400))
        assert answer(office, "evidence_4_3") == ("missing", "lacking")

    def test_the_unit_needs_both_its_own_and_the_chief_one(self, office: Office) -> None:
        both = ("representative_40_hours", "representative_violence")
        done(office.safety_representative, *both)
        assert answer(office, "evidence_4_3") == ("partly", "lacking")
        done(office.chief_safety_representative, *both)
        assert answer(office, "evidence_4_3") == ("met", "trained")

    def test_a_unit_nobody_stands_for_is_no_unit_with_trained_representatives(self, office: Office) -> None:
        RoleAssignment.objects.filter(role__contains="safety_representative").delete()
        assert answer(office, "evidence_4_3") == ("missing", "nobody")


@pytest.mark.parametrize(
    ("rule", "reasons"),
    [
        (
            "evidence_4_1",
            ["no_meetings", "no_plan", "nobody_trained", "some_lack", "met_untrained", "trained"],
        ),
        ("evidence_4_2", ["no_meetings", "no_assessment", "uncovered", "unlinked", "based_on_risk"]),
        ("evidence_4_3", ["nobody", "lacking", "trained"]),
    ],
)
def test_every_reason_has_its_sentence(rule: str, reasons: list[str]) -> None:
    figures = dict.fromkeys(
        ["people", "lacking", "met_untrained", "days", "risks", "uncovered", "elements", "unlinked", "year"],
        3,
    )
    for reason in reasons:
        assert rules()[rule].says(reason, figures)
        rules()[rule].next_act(reason, figures, 1)
