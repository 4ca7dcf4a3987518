"""What is measured of AML §§ 5-1 and 5-2 and folketrygdloven § 13-14, over weekends and holidays."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.compliance.registry import rules as registered
from tryggmote.incidents.models import AssessedLevel, Classification, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import add_workdays
from tryggmote.statutory.models import Injury, NoInjury
from tryggmote.statutory.registering import declare_no_injury
from tryggmote.statutory.rules import report_by
from tryggmote.statutory.tests.helpers import (
    called_by,
    confirmed_by,
    decided_by,
    entered_by,
    judged_by,
    sent_by,
)
from tryggmote.ui.dates import OSLO

pytestmark = pytest.mark.django_db
RULES = ("evidence_aml_5_1", "evidence_aml_5_2", "evidence_ftrl_13_14")


@pytest.fixture
def office() -> Office:
    return make_office()


def stands(name: str, office: Office) -> tuple[str, str]:
    with acting_as(office.office_leader.id), connection.cursor() as cursor:
        cursor.execute(
            f"select state, reason, figures, unit_id from {name} where unit_id = %s", [office.unit.id]
        )
        ((state, reason, figures, unit_id),) = cursor.fetchall()
    rule, found = registered()[name], json.loads(figures)
    assert rule.says(reason, found)
    next_act = rule.next_act(reason, found, unit_id)
    assert not (next_act and state in ("met", "not_applicable"))
    return state, reason


def serious(office: Office, *, at: datetime | None = None, level: int = 4) -> Incident:
    at = at or timezone.now()
    incident = reported_by(office.counsellor, at=at)
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=level, at=at)
    return incident


def long_ago() -> datetime:
    """More than five working days back, on a Wednesday at noon."""
    moment = timezone.now().astimezone(OSLO) - timedelta(days=40)
    return (moment - timedelta(days=(moment.weekday() - 2) % 7)).replace(hour=12, minute=0)


@pytest.mark.parametrize("name", RULES)
def test_where_nothing_has_happened_it_does_not_apply(office: Office, name: str) -> None:
    reported_by(office.counsellor)
    assert stands(name, office) == ("not_applicable", "none")


def described(office: Office, incident: Incident, *consequences: str, at: datetime) -> None:
    said: dict[str, Any] = {"codebook": "2026-1", "channel": "x", "consequences": list(consequences)}
    Classification.objects.create(incident=incident, by=office.leader, at=at, **said)


def test_a_serious_incident_waits_for_the_register_and_then_is_missing(office: Office) -> None:
    serious(office)
    assert stands("evidence_aml_5_1", office) == ("partly", "waits")
    serious(office, at=long_ago())
    assert stands("evidence_aml_5_1", office) == ("missing", "not_entered")


def test_a_description_that_says_treatment_asks_for_the_register_and_unease_does_not(office: Office) -> None:
    then = long_ago()
    incident = reported_by(office.counsellor, at=then)
    described(office, incident, "unease", at=then)
    assert stands("evidence_aml_5_1", office) == ("not_applicable", "none")
    described(office, incident, "treatment", at=then + timedelta(hours=1))
    assert stands("evidence_aml_5_1", office) == ("missing", "not_entered")


def test_entered_in_time_or_said_that_nobody_was_injured_is_met(office: Office) -> None:
    then = long_ago()
    first, second = serious(office, at=then), serious(office, at=then)
    entered_by(office.leader, first, office.counsellor, at=then + timedelta(hours=2))
    with acting_as(office.leader.id) as by:
        declare_no_injury(
            by=by, incident=second, declaration_id=new_id(), reason="Snakket.", at=then + timedelta(days=1)
        )
    assert stands("evidence_aml_5_1", office) == ("met", "entered")


def test_five_working_days_are_counted_as_people_count_them(office: Office) -> None:
    then = long_ago()
    limit = add_workdays(then, 5)
    incident = serious(office, at=then)
    injury = entered_by(office.leader, incident, office.counsellor, at=limit)
    assert stands("evidence_aml_5_1", office) == ("met", "entered")
    Injury.objects.filter(id=injury.id).update(at=limit + timedelta(minutes=1))
    assert stands("evidence_aml_5_1", office) == ("partly", "late")


def test_late_harm_is_counted_from_when_the_level_was_set(office: Office) -> None:
    then = long_ago()
    incident = reported_by(office.counsellor, at=then - timedelta(days=30))
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=4, at=then)
    entered_by(office.leader, incident, office.counsellor, at=then + timedelta(days=1))
    assert stands("evidence_aml_5_1", office) == ("met", "entered")


def test_notice_is_judged_the_same_day_and_finished(office: Office) -> None:
    then = long_ago()
    incident = serious(office, at=then)
    assert stands("evidence_aml_5_2", office) == ("missing", "not_judged")
    judged_by(office.leader, incident, at=then + timedelta(hours=2))
    assert stands("evidence_aml_5_2", office) == ("partly", "unfinished")
    called_by(office.leader, incident, "inspectorate")
    called_by(office.leader, incident, "police")
    assert stands("evidence_aml_5_2", office) == ("partly", "unfinished")
    confirmed_by(office.leader, incident)
    assert stands("evidence_aml_5_2", office) == ("met", "given")


def test_judged_against_with_a_reason_is_met_and_the_day_after_is_late(office: Office) -> None:
    then = long_ago()
    judged_by(office.leader, serious(office, at=then), must_notify=False, at=then.replace(hour=23, minute=59))
    assert stands("evidence_aml_5_2", office) == ("met", "given")
    judged_by(
        office.leader,
        serious(office, at=then),
        must_notify=False,
        at=then.replace(hour=0) + timedelta(days=1),
    )
    assert stands("evidence_aml_5_2", office) == ("partly", "late")


def test_a_level_that_is_taken_down_again_asks_for_nothing(office: Office) -> None:
    incident = serious(office)
    AssessedLevel.objects.create(incident=incident, by=office.leader, level=2)
    assert stands("evidence_aml_5_2", office) == ("not_applicable", "none")


def test_an_injury_goes_to_nav_within_five_working_days(office: Office) -> None:
    then = long_ago()
    injury = entered_by(office.leader, serious(office, at=then), office.counsellor, at=then)
    assert stands("evidence_ftrl_13_14", office) == ("missing", "not_reported")
    decided_by(office.leader, injury, at=then)
    assert stands("evidence_ftrl_13_14", office) == ("missing", "not_reported")
    sent_by(office.leader, injury, on=report_by(then).date())
    assert stands("evidence_ftrl_13_14", office) == ("met", "reported")


def test_it_is_late_the_day_after_and_a_new_one_waits(office: Office) -> None:
    then = long_ago()
    injury = entered_by(office.leader, serious(office, at=then), office.counsellor, at=then)
    decided_by(office.leader, injury, at=then)
    sent_by(office.leader, injury, on=report_by(then).date() + timedelta(days=1))
    assert stands("evidence_ftrl_13_14", office) == ("partly", "late")
    entered_by(office.leader, serious(office), office.counsellor)
    assert stands("evidence_ftrl_13_14", office) == ("partly", "waits")


def test_decided_against_with_a_reason_is_met_until_it_is_decided_otherwise(office: Office) -> None:
    then = long_ago()
    injury = entered_by(office.leader, serious(office, at=then), office.counsellor, at=then)
    decided_by(office.leader, injury, is_due=False, at=then)
    assert stands("evidence_ftrl_13_14", office) == ("met", "reported")
    decided_by(office.leader, injury)
    assert stands("evidence_ftrl_13_14", office) == ("missing", "not_reported")


def test_what_is_more_than_a_year_old_is_not_counted(office: Office) -> None:
    serious(office, at=timezone.now() - timedelta(days=400))
    assert not NoInjury.objects.exists()
    for name in RULES:
        assert stands(name, office) == ("not_applicable", "none")
