"""Twelve months of history: plausible, the same every time, and safe to show to anybody."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Sum

from tryggmote.access.context import acting_as
from tryggmote.assistance.models import Call
from tryggmote.controls.models import (
    Agreement,
    AgreementReview,
    AgreementSigning,
    CardAddition,
    CardAdditionApproval,
    Procedure,
    ProcedureApproval,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.demo.county import plan_county
from tryggmote.demo.history.clock import at, id_at
from tryggmote.demo.history.episodes import EPISODES, REASONS, REPLIES, RISK_ANSWERS, RISKS, STOPS
from tryggmote.demo.history.meetings import LEADER_WORDS, PLACES
from tryggmote.demo.loading import SEED, load
from tryggmote.demo.people import people_to_sign_in_as
from tryggmote.demo.tests.conftest import ANCHOR, forget_county
from tryggmote.encounters.models import Check, CheckCount, Meeting, Outing, OutingCount, RiskReport
from tryggmote.encounters.outing_escalation import tell_overdue
from tryggmote.forums.models import Point
from tryggmote.incidents.models import AssessedLevel, Escalation, Incident, Opening, Recipient, Reply
from tryggmote.information.models import Item, Reading
from tryggmote.notices.models import Delivery, Notice
from tryggmote.organisation.models import Placement
from tryggmote.organisation.workdays import is_workday
from tryggmote.police.models import Account, PoliceAct
from tryggmote.risk.models import Hazard, HazardDecision, HazardEscalation

pytestmark = pytest.mark.django_db

A_YEAR = at(ANCHOR - timedelta(days=367), 0)
MORNING = at(ANCHOR, 0)
HISTORY = (
    Check, Meeting, Incident, Recipient, Opening, Reply, AssessedLevel, Escalation, RiskReport, Notice,
    Hazard, HazardDecision, HazardEscalation, Procedure, ProcedureVersion, ProcedureApproval, Agreement,
    AgreementSigning, AgreementReview, Item, CardAddition, CardAdditionApproval, Outing, Call,
    PoliceAct, Account,
)  # fmt: skip


def told() -> dict[str, list[tuple[Any, ...]]]:
    """The whole history without the numbers that the database hands out."""
    found = {}
    counted = (CheckCount, OutingCount, ProcedureReading, Reading)
    for model in (*HISTORY, *counted):
        numbers = {"participant_ids", "concerned_id", "employer_ids"} | (
            {"id"} if model in counted else set()
        )
        fields = [f.attname for f in model._meta.concrete_fields if not f.is_relation]
        found[model.__name__] = sorted(
            model.objects.values_list(*(f for f in fields if f not in numbers)), key=str
        )
    return found


def test_the_same_seed_and_day_give_the_same_history(county: None) -> None:
    first = told()
    with transaction.atomic():
        forget_county()
        load(ANCHOR)
        again = told()
        transaction.set_rollback(True)
    assert again == first


def test_it_reaches_from_a_year_ago_to_the_last_working_day(county: None) -> None:
    for model, field in ((Incident, "created_at"), (RiskReport, "created_at"), (Notice, "created_at")):
        moments = list(model.objects.values_list(field, flat=True))  # type: ignore[attr-defined]
        assert max(moments) < MORNING, model
        assert min(moments) > A_YEAR, model
    assert min(Incident.objects.values_list("created_at", flat=True)) < at(ANCHOR - timedelta(days=330), 0)


@pytest.mark.parametrize("model", [Opening, Reply, AssessedLevel, Escalation, PoliceAct, Account])
def test_nothing_is_done_about_an_incident_before_it_was_reported_or_in_the_future(
    county: None, model: Any
) -> None:
    for act in model.objects.select_related("incident"):
        assert act.incident.created_at < act.at < MORNING


def test_the_county_has_eight_to_fifteen_incidents_a_month_mostly_by_telephone(county: None) -> None:
    forms = Counter(Incident.objects.values_list("form", flat=True))
    assert 12 * 8 <= forms.total() <= 12 * 15 + 4
    assert forms.most_common(1)[0][0] == "telephone"
    assert forms["telephone"] / forms.total() > 0.35


def test_people_go_out_and_come_back_and_nobody_knows_any_more_where_they_were(county: None) -> None:
    back = Outing.objects.exclude(returned_at=None)
    assert back.count() > 20
    assert not back.exclude(place="", contact=None).exists()
    assert OutingCount.objects.aggregate(n=Sum("n"))["n"] > 5 * back.count()


def test_one_is_out_now_whom_others_see_and_nobody_is_called_out_for(county: None) -> None:
    out = Outing.objects.get(returned_at=None)
    for person_id in (out.contact_id, Placement.objects.get(person=out.employee_id).daily_leader_id):
        with acting_as(person_id):
            assert Outing.objects.filter(id=out.id).exists()
    assert tell_overdue(now=out.expected_at + timedelta(days=3)) == 0


def test_the_leaders_answer_and_some_reports_had_to_be_passed_on(county: None) -> None:
    total = Incident.objects.count()
    assert Incident.objects.exclude(answered_at=None).count() > 0.85 * total
    assert 3 <= Incident.objects.exclude(escalated_at=None).count() <= 0.2 * total
    assert Incident.objects.filter(read_by_leader_at=None).exists()
    assert Incident.objects.filter(assessed_level__gte=4).exists()


def test_nobody_reads_or_answers_in_their_own_case(county: None) -> None:
    for act, who in ((Opening, "person_id"), (Reply, "by_id"), (AssessedLevel, "by_id")):
        for row in act.objects.select_related("incident"):  # type: ignore[attr-defined]
            assert getattr(row, who) not in {row.incident.reporter_id, row.incident.concerned_id}


def test_everybody_who_acted_may_see_the_incident(county: None) -> None:
    seen_by: dict[int, set[Any]] = {}
    for act, who in ((Opening, "person_id"), (Reply, "by_id"), (Recipient, "person_id")):
        for person_id, incident_id in act.objects.values_list(who, "incident_id"):  # type: ignore[attr-defined]
            seen_by.setdefault(person_id, set()).add(incident_id)
    for person_id, incidents in seen_by.items():
        with acting_as(person_id):
            visible = set(Incident.objects.values_list("id", flat=True))
        assert incidents <= visible


def test_checks_older_than_thirty_days_are_only_counted(county: None) -> None:
    oldest = at(ANCHOR - timedelta(days=30), 0)
    assert not Check.objects.filter(created_at__lt=oldest).exists()
    assert not Meeting.objects.filter(starts_at__lt=oldest).exists()
    counted = CheckCount.objects.aggregate(n=Sum("n"))["n"]
    assert counted > 5 * Check.objects.count()
    assert all(is_workday(day) for day in CheckCount.objects.values_list("day", flat=True).distinct())


def test_meetings_lie_in_office_hours_and_levels_follow_from_the_answers(county: None) -> None:
    for check in Check.objects.order_by("id")[:400]:
        assert check.assessment is not None
        assert (check.assessment.level.rank, check.assessment.points) == (check.level, check.points)
    hours = {meeting.starts_at.astimezone(MORNING.tzinfo).hour for meeting in Meeting.objects.all()}
    assert hours <= set(range(7, 16))


def test_no_high_check_goes_on_without_the_leader_and_some_wait_today(county: None) -> None:
    high = Check.objects.filter(level=3)
    assert not high.filter(leader_asked_at=None).exists()
    assert high.filter(answered_at=None).exists()
    assert not high.filter(answered_at=None, decision__in=("go", "go_with_measures")).exists()


def test_everybody_shown_first_who_meets_clients_has_meetings_today(county: None) -> None:
    for choice in people_to_sign_in_as():
        with acting_as(choice.person_id) as person:
            if any(placement.meets_clients for placement in person.placements):
                assert Meeting.objects.filter(starts_at__date=ANCHOR).exists()


def test_no_mail_of_the_history_waits_to_be_sent(county: None) -> None:
    assert Notice.objects.exists()
    assert not Delivery.objects.exists()


def texts() -> list[str]:
    """Everything somebody is supposed to have written, and every name."""
    words = [w for group in (REPLIES, REASONS, RISKS, STOPS, RISK_ANSWERS) for w in group]
    words += [episode.words for episode in EPISODES]
    county = plan_county(SEED)
    return [
        *(text for word in words for text in (word.nb, word.nn)),
        *(text for group in (*LEADER_WORDS.values(), *PLACES.values()) for text in group),
        *(unit.name for unit in county.units),
        *(person.name for person in county.people),
    ]


def test_no_text_holds_anything_like_a_national_identity_number_or_an_address() -> None:
    for text in texts():
        assert not re.search(r"(\d\D?){6,}", text), text
        assert "@" not in text


def test_both_forms_of_norwegian_are_written_everywhere() -> None:
    for group in (REPLIES, REASONS, RISKS, RISK_ANSWERS):
        assert all(word.nb and word.nn for word in group)
    assert all(episode.words.nn for episode in EPISODES)


def test_a_drawn_id_is_a_uuid_of_its_moment() -> None:
    import random

    moment = datetime(2026, 3, 4, 12, 30, tzinfo=MORNING.tzinfo)
    made = id_at(moment, random.Random(1))
    assert made.version == 7
    assert made.int >> 80 == int(moment.timestamp() * 1000)
    assert made == id_at(moment, random.Random(1))
    assert date.fromtimestamp((made.int >> 80) / 1000) == moment.date()


def test_people_write_bokmal_whatever_the_terminal_speaks_where_it_is_loaded(county: None) -> None:
    titles = set(Point.objects.values_list("title", flat=True))
    assert "Slik står vi på standarden" in titles
    assert "How we stand on the standard" not in titles
