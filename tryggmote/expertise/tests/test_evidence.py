"""What requirement 1.2 answers: leaders with their training, and nothing asked without an answer in time."""

import json
from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.compliance.registry import rules
from tryggmote.expertise.models import ExpertRequest
from tryggmote.expertise.tests.helpers import answered_by, asked_by
from tryggmote.organisation.models import Person, RoleAssignment, Unit
from tryggmote.organisation.roles import LEADS
from tryggmote.organisation.tests.factories import Office, make_office
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
