"""What 4.1, 4.2 and 4.3 answer for a unit, from what people have learnt."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import (
    days_ago_near,
    in_many_random_worlds,
    in_random_worlds,
    last_days_ago,
    undone,
)
from tryggmote.compliance.registry import rules
from tryggmote.encounters.models import Check
from tryggmote.organisation.models import Person, Placement, RoleAssignment, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    Office,
    assign,
    make_office,
    make_person,
    make_unit,
    workforce_of,
)
from tryggmote.risk.models import Assessment, Scenario, Version
from tryggmote.risk.rules import Score
from tryggmote.risk.tests.stories import GREEN, YELLOW, begin
from tryggmote.training import elements, services
from tryggmote.training.models import Completion, LocalElement, Override, RiskLink
from tryggmote.training.tests.helpers import CLIENT_WORK, done, everybody_did, evidence, let_go_by
from tryggmote.training.tests.plan_helpers import has_plan_for
from tryggmote.training.vocabulary import Kind, Source
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


# At the edges, and against the sentences of the rules

BY_CODE = {each.code: each for each in elements.current().elements}
REPRESENTATIVES_OWN = [each.code for each in BY_CODE.values() if each.requirement == "4.3"]
Learnt = dict[str, int | None]
"""How many days ago each element was learnt; None: never."""


def last_day_of(code: str) -> int:
    """How many days ago it was learnt when today is the last day it counts, its days of grace too."""
    element = BY_CODE[code]
    return last_days_ago(months=element.months, days=element.grace_days) if element.months else 5000


def still_counts(code: str, days_ago: int | None) -> bool:
    element = BY_CODE[code]
    if days_ago is None or element.months is None:
        return days_ago is not None
    runs_out = oslo_today() - timedelta(days=days_ago) + relativedelta(months=element.months)
    return runs_out + timedelta(days=element.grace_days) >= oslo_today()


def learnt_by(person: Person, learnt: Learnt) -> None:
    Completion.objects.bulk_create(
        Completion(
            person=person, element=code, done_on=oslo_today() - timedelta(days=days), source=Source.IMPORTED
        )
        for code, days in learnt.items()
        if days is not None
    )


def when_learnt(codes: list[str]) -> st.SearchStrategy[Learnt]:
    """All of it today, but for one."""
    one = st.sampled_from(codes).flatmap(
        lambda code: st.tuples(st.just(code), st.none() | days_ago_near(last_day_of(code)))
    )
    return st.just(dict.fromkeys(codes, 0)) | one.map(lambda each: dict.fromkeys(codes, 0) | dict([each]))


@pytest.mark.parametrize("code", ["equipment", "follow_up"])
def test_training_counts_on_its_last_day_and_not_the_day_after(office: Office, code: str) -> None:
    everybody_did(office.unit)
    of_one = Completion.objects.filter(person=office.counsellor, element=code)
    of_one.update(done_on=oslo_today() - timedelta(days=last_day_of(code)))
    assert evidence(office.office_leader, office.unit, "evidence_4_1")[3] == oslo_today()
    assert answer(office, "evidence_4_1") == ("met", "trained")
    of_one.update(done_on=oslo_today() - timedelta(days=last_day_of(code) + 1))
    assert answer(office, "evidence_4_1") == ("partly", "some_lack")


def test_an_exception_is_a_finding_on_the_ninetieth_day_and_not_the_day_after(office: Office) -> None:
    everybody_did(office.unit)
    let_go_by(office.leader, office.counsellor)
    for days, expected in ((90, ("partly", "met_untrained")), (91, ("met", "trained"))):
        day = oslo_today() - timedelta(days=days)
        Override.objects.update(starts_on=day, until=day)
        assert answer(office, "evidence_4_1") == expected


@pytest.fixture
def without_plan() -> Office:
    return make_office()


@in_many_random_worlds
@given(
    has_plan=st.sampled_from([True, True, True, False]),
    people=st.lists(when_learnt(CLIENT_WORK), max_size=2),
    exception_days_ago=st.none() | st.none() | st.integers(89, 92),
)
def test_4_1_says_what_its_sentence_says(
    without_plan: Office, has_plan: bool, people: list[Learnt], exception_days_ago: int | None
) -> None:
    """ "Plan for the year approved; all who meet clients hold the required training; no meeting held by an
    untrained person in the last 90 days"."""
    trained = [all(still_counts(code, days) for code, days in learnt.items()) for learnt in people]
    if not people:
        expected = "not_applicable"
    elif not any(trained):
        expected = "missing"
    elif has_plan and all(trained) and (exception_days_ago is None or exception_days_ago > 90):
        expected = "met"
    else:
        expected = "partly"
    office = without_plan
    placed = [office.counsellor, office.colleague][: len(people)]
    with undone():
        Placement.objects.exclude(person__in=placed).update(meets_clients=False)
        for person, learnt in zip(placed, people, strict=True):
            learnt_by(person, learnt)
        if has_plan:
            has_plan_for(without_plan, oslo_today().year)
        if exception_days_ago is not None:
            day = oslo_today() - timedelta(days=exception_days_ago)
            Override.objects.create(
                person=office.counsellor, reason="Vi er to.", starts_on=day, until=day, by=office.leader
            )
        assert answer(office, "evidence_4_1")[0] == expected


@pytest.fixture
def assessed(office: Office) -> Version:
    """What holds for the office: an assessment without any scenario yet."""
    work = begin(office)
    work.complete()
    version = work.draft
    assert work.approve()
    Scenario.objects.filter(version=version).update(removed_at=timezone.now())
    return version


def test_what_is_asked_for_no_longer_prepares_nobody(office: Office, assessed: Version) -> None:
    scenario = described(assessed, "", is_green=False)
    ours = LocalElement.objects.create(
        unit=office.unit, kind=Kind.THEORY, title="Låsen i rom 3", by=office.office_leader
    )
    linked(office, scenario, [str(ours.id)])
    assert answer(office, "evidence_4_2") == ("partly", "unlinked")
    LocalElement.objects.update(ended_at=timezone.now())
    assert answer(office, "evidence_4_2") == ("partly", "uncovered")


def test_what_only_other_meeting_forms_ask_for_prepares_nobody(office: Office, assessed: Version) -> None:
    described(assessed, "silent_calls", is_green=False)
    assert answer(office, "evidence_4_2") == ("partly", "unlinked")
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=["planned"])
    assert answer(office, "evidence_4_2") == ("partly", "uncovered")


def described(version: Version, starter: str, *, is_green: bool) -> Scenario:
    score = GREEN if is_green else YELLOW
    return Scenario.objects.create(
        version=version,
        starter=starter,
        hazard="Noe skjer",
        current_likelihood=score.likelihood,
        current_consequence=score.consequence,
    )


def linked(office: Office, scenario: Scenario, codes: list[str]) -> None:
    """A leader has said that these prepare for it."""
    RiskLink.objects.bulk_create(
        RiskLink(unit=office.unit, element=code, lineage=scenario.lineage, by=office.office_leader)
        for code in codes
    )


@dataclass(frozen=True)
class Risk:
    """A scenario: the starter it began with, how it is scored, and what a leader has linked it to."""

    starter: str
    is_green: bool
    links: list[str]

    def is_answered_by(self, code: str) -> bool:
        return self.starter in BY_CODE[code].answers or code in self.links


RISK = st.builds(
    Risk,
    starter=st.sampled_from(["", "blow_across_the_table", "silent_calls", "others_in_the_home"]),
    is_green=st.booleans(),
    links=st.sampled_from([[], CLIENT_WORK, CLIENT_WORK, ["communication"], ["exercise_telephone"]]),
)


def test_it_is_based_on_risk_on_the_day_of_the_review_and_not_the_day_after(
    office: Office, assessed: Version
) -> None:
    linked(office, described(assessed, "", is_green=False), CLIENT_WORK)
    Assessment.objects.update(review_on=oslo_today())
    state, _reason, _figures, until = evidence(office.office_leader, office.unit, "evidence_4_2")
    assert (state, until) == ("met", oslo_today())
    Assessment.objects.update(review_on=oslo_today() - timedelta(days=1))
    assert answer(office, "evidence_4_2") == ("missing", "no_assessment")


@in_many_random_worlds
@given(
    used=st.sets(st.sampled_from(["reception", "telephone", "home_visit"]), max_size=2),
    review_in_days=st.sampled_from([-1, 0, 0, 0, 1]),
    risks=st.lists(RISK, max_size=3),
)
def test_4_2_says_what_its_sentence_says(
    office: Office, assessed: Version, used: set[str], review_in_days: int, risks: list[Risk]
) -> None:
    """ "Every element links to a risk; every risk over acceptance is covered by an element"."""
    asked = [code for code in CLIENT_WORK if not BY_CODE[code].forms or used & set(BY_CODE[code].forms)]
    all_covered = all(any(each.is_answered_by(code) for code in asked) for each in risks if not each.is_green)
    all_linked = all(any(each.is_answered_by(code) for each in risks) for code in asked)
    if not used:
        expected = "not_applicable"
    elif review_in_days < 0:
        expected = "missing"
    else:
        expected = "met" if all_covered and all_linked else "partly"
    with undone():
        Unit.objects.filter(id=office.unit.id).update(meeting_forms=sorted(used))
        Assessment.objects.update(review_on=oslo_today() + timedelta(days=review_in_days))
        for each in risks:
            linked(office, described(assessed, each.starter, is_green=each.is_green), each.links)
        assert answer(office, "evidence_4_2")[0] == expected


@pytest.mark.parametrize(("days_later", "expected"), [(0, "met"), (1, "partly")])
def test_representatives_training_counts_on_its_last_day_and_not_the_day_after(
    office: Office, days_later: int, expected: str
) -> None:
    both = (office.safety_representative, office.chief_safety_representative)
    for person in both:
        learnt_by(person, dict.fromkeys(REPRESENTATIVES_OWN, 0))
    of_one = Completion.objects.filter(person=both[0], element="representative_violence")
    day = oslo_today() - timedelta(days=last_day_of("representative_violence") + days_later)
    of_one.update(done_on=day)
    RoleAssignment.objects.update(starts_on=date(2010, 1, 1))
    assert answer(office, "evidence_4_3")[0] == expected


@in_random_worlds
@given(st.lists(when_learnt(REPRESENTATIVES_OWN), max_size=3))
def test_4_3_says_what_its_sentence_says(office: Office, people: list[Learnt]) -> None:
    """ "All of them hold it": representatives and committee members, of the office and above it."""
    trained = [all(still_counts(code, days) for code, days in learnt.items()) for learnt in people]
    expected = "missing" if not any(trained) else "met" if all(trained) else "partly"
    roles = [
        (Role.SAFETY_REPRESENTATIVE, office.unit),
        (Role.CHIEF_SAFETY_REPRESENTATIVE, office.county),
        (Role.COMMITTEE_MEMBER, office.county),
    ]
    with undone():
        RoleAssignment.objects.filter(role__contains="safety_representative").delete()
        for (role, unit), learnt in zip(roles, people, strict=False):
            person = make_person("Rolf Representant")
            assign(person, role, unit, starts_on=date(2010, 1, 1), employer=office.directorate)
            learnt_by(person, learnt)
        assert answer(office, "evidence_4_3")[0] == expected
