"""What requirement 1.2 answers: leaders with their training, and nothing asked without an answer in time."""

import json
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.tests.worlds import days_ago_near, in_random_worlds, last_days_ago, undone
from tryggmote.compliance.registry import rules
from tryggmote.expertise.models import ExpertRequest
from tryggmote.expertise.tests.helpers import answered_by, asked_by
from tryggmote.expertise.vocabulary import Kind
from tryggmote.organisation.models import Person, RoleAssignment, Unit
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.organisation.tests.factories import Office, assign, make_office
from tryggmote.training import elements
from tryggmote.training.models import Completion
from tryggmote.training.vocabulary import Source
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
LEADERS_OWN = [each for each in elements.current().elements if each.requirement == "1.2"]


@pytest.fixture
def office() -> Office:
    return make_office()


def found(office: Office, unit: Unit | None = None) -> tuple[str, str, date | None]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            "select state, reason, runs_out_on, figures from evidence_1_2 where unit_id = %s",
            [(unit or office.unit).id],
        )
        state, reason, runs_out_on, figures = cursor.fetchone()
    assert rules()["evidence_1_2"].says(reason, json.loads(figures))
    return state, reason, runs_out_on


def trained(person: Person, *, days_ago: int = 10, but: str = "") -> None:
    Completion.objects.bulk_create(
        Completion(
            person=person, element=each.code, done_on=oslo_today() - timedelta(days=days_ago),
            source=Source.IMPORTED,
        )
        for each in LEADERS_OWN
        if each.code != but
    )  # fmt: skip


@pytest.fixture
def leaders(office: Office) -> list[Person]:
    """All who lead the office."""
    return list(
        Person.objects.filter(
            id__in=RoleAssignment.objects.filter(unit=office.unit, role__in=LEADS).values("person_id")
        )
    )


def test_nobody_leads_a_unit_nobody_is_registered_for(office: Office) -> None:
    RoleAssignment.objects.filter(role__in=LEADS, unit=office.unit).update(ends_on=date(2024, 6, 1))
    with acting_as(office.county_director.id), connection.cursor() as cursor:
        cursor.execute("select state, reason from evidence_1_2 where unit_id = %s", [office.unit.id])
        assert cursor.fetchone() == ("missing", "nobody")


def test_each_leader_holds_all_of_it(office: Office, leaders: list[Person]) -> None:
    RoleAssignment.objects.filter(unit=office.unit, role__in=LEADS).update(starts_on=date(2020, 1, 1))
    assert found(office)[:2] == ("missing", "lacking")
    for person in leaders:
        trained(person)
    assert found(office)[:2] == ("met", "competent")
    Completion.objects.filter(person=leaders[0], element=LEADERS_OWN[0].code).delete()
    assert found(office)[:2] == (("partly" if len(leaders) > 1 else "missing"), "lacking")


def test_a_question_counts_against_it_from_the_day_after_the_one_for_the_answer(
    office: Office, leaders: list[Person]
) -> None:
    for person in leaders:
        trained(person)
    request = asked_by(office.safety_representative, office.unit, days=0)
    assert found(office) == ("met", "competent", oslo_today())
    ExpertRequest.objects.filter(id=request.id).update(wanted_by=oslo_today() - timedelta(days=1))
    assert found(office)[:2] == ("partly", "unanswered")
    answered_by(office.office_leader, request)
    assert found(office)[:2] == ("met", "competent")


def test_a_question_that_is_withdrawn_counts_no_more(office: Office, leaders: list[Person]) -> None:
    for person in leaders:
        trained(person)
    asked_by(office.office_leader, office.unit, days=-5)
    assert found(office)[:2] == ("partly", "unanswered")
    ExpertRequest.objects.update(withdrawn_at=ExpertRequest.objects.get().asked_at, withdrawn_why="Løst.")
    assert found(office)[:2] == ("met", "competent")


def test_it_holds_until_the_first_training_runs_out_or_the_first_answer_is_due(
    office: Office, leaders: list[Person]
) -> None:
    for person in leaders:
        trained(person)
    first = min(
        oslo_today() - timedelta(days=10) + relativedelta(months=each.months) + timedelta(each.grace_days)
        for each in LEADERS_OWN
        if each.months
    )
    assert found(office)[2] == first
    asked_by(office.office_leader, office.unit, days=5)
    assert found(office)[2] == oslo_today() + timedelta(days=5)


def test_another_units_question_is_not_ours(office: Office, leaders: list[Person]) -> None:
    for person in leaders:
        trained(person)
    other = make_office("Nav Storevik")
    asked_by(other.office_leader, other.unit, days=-5)
    assert found(office)[:2] == ("met", "competent")


def test_every_reason_has_its_sentence_and_what_is_owed_a_next_act() -> None:
    rule = rules()["evidence_1_2"]
    figures = {"people": 2, "lacking": 1, "unanswered": 3, "waiting": 0}
    said = {reason: rule.says(reason, figures) for reason in ("nobody", "lacking", "unanswered", "competent")}
    assert said["lacking"].startswith("1 av 2 ledere")
    assert "3 spørsmål" in said["unanswered"]
    owed = {reason: rule.next_act(reason, figures, 7) for reason in said}
    assert [reason for reason, act in owed.items() if act] == ["lacking", "unanswered"]
    late = owed["unanswered"]
    assert late is not None
    assert late.url == "/fagfolk/enhet/7/?state=late"


def until_tonight(element: elements.Element) -> int:
    """How many days ago it was learnt when today is the last day it counts, its days of grace too."""
    assert element.months
    return last_days_ago(months=element.months, days=element.grace_days)


@pytest.mark.parametrize("element", [each for each in LEADERS_OWN if each.months], ids=lambda each: each.code)
def test_training_counts_on_its_last_day_and_not_the_day_after(
    office: Office, leaders: list[Person], element: elements.Element
) -> None:
    RoleAssignment.objects.filter(unit=office.unit, role__in=LEADS).update(starts_on=date(2016, 1, 1))
    for person in leaders:
        trained(person)
    of_one = Completion.objects.filter(person=leaders[0], element=element.code)
    of_one.update(done_on=oslo_today() - timedelta(days=until_tonight(element)))
    assert found(office) == ("met", "competent", oslo_today())
    of_one.update(done_on=oslo_today() - timedelta(days=until_tonight(element) + 1))
    assert found(office)[1] == "lacking"


WHEN_LEARNT = st.fixed_dictionaries(
    {
        each.code: st.none() | (days_ago_near(until_tonight(each)) if each.months else st.integers(0, 5000))
        for each in LEADERS_OWN
    }
)
ASKED = st.tuples(st.integers(-2, 2), st.sampled_from(["waits", "waits", "answered", "withdrawn"]))


@in_random_worlds
@given(
    learnt=st.lists(WHEN_LEARNT | st.just({each.code: 0 for each in LEADERS_OWN}), min_size=2, max_size=2),
    asked=st.lists(ASKED, max_size=2),
)
def test_the_rule_says_what_its_sentence_says(
    office: Office,
    leaders: list[Person],
    learnt: list[dict[str, int | None]],
    asked: list[tuple[int, str]],
) -> None:
    """ "Each leader of the unit holds valid HSE training; no unanswered request for expert help"."""

    def holds_all(of_one: dict[str, int | None]) -> bool:
        return all(is_valid(each, of_one[each.code]) for each in LEADERS_OWN)

    def is_valid(element: elements.Element, days_ago: int | None) -> bool:
        if days_ago is None or element.months is None:
            return days_ago is not None
        runs_out = oslo_today() - timedelta(days=days_ago) + relativedelta(months=element.months)
        return runs_out + timedelta(days=element.grace_days) >= oslo_today()

    trained_leaders = [holds_all(of_one) for of_one in learnt]
    if not any(trained_leaders):
        expected = "missing"
    elif all(trained_leaders) and not any(state == "waits" and days < 0 for days, state in asked):
        expected = "met"
    else:
        expected = "partly"

    with undone():
        assign(office.counsellor, Role.LEADER, office.unit)
        RoleAssignment.objects.filter(unit=office.unit, role__in=LEADS).update(starts_on=date(2010, 1, 1))
        for person, of_one in zip([*leaders, office.counsellor], learnt, strict=True):
            Completion.objects.bulk_create(
                Completion(
                    person=person,
                    element=code,
                    done_on=oslo_today() - timedelta(days=days),
                    source=Source.IMPORTED,
                )
                for code, days in of_one.items()
                if days is not None
            )
        for days, state in asked:
            ExpertRequest.objects.create(
                unit=office.unit,
                kind=Kind.OCCUPATIONAL_HEALTH,
                question="Er møterommet egnet?",
                wanted_by=oslo_today() + timedelta(days=days),
                asked_by=office.safety_representative,
                answered_at=timezone.now() if state == "answered" else None,
                withdrawn_at=timezone.now() if state == "withdrawn" else None,
                withdrawn_why="Løst." if state == "withdrawn" else "",
            )
        assert found(office)[0] == expected
