"""Requirements 4.1, 4.2 and 4.3: at their edges, and against what their sentences say, of random units."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.tests.worlds import (
    days_ago_near,
    in_many_random_worlds,
    in_random_worlds,
    last_days_ago,
    undone,
)
from tryggmote.organisation.models import Person, Placement, RoleAssignment, Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    Office,
    assign,
    make_office,
    make_person,
)
from tryggmote.risk.models import Assessment, Scenario, Version
from tryggmote.risk.tests.stories import GREEN, YELLOW, begin
from tryggmote.training import elements
from tryggmote.training.models import Completion, LocalElement, Override, RiskLink
from tryggmote.training.tests.helpers import CLIENT_WORK, everybody_did, evidence, let_go_by
from tryggmote.training.tests.plan_helpers import has_plan_for
from tryggmote.training.tests.test_evidence import answer
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
