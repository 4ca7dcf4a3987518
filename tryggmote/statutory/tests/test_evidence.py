"""What is measured of AML §§ 5-1 and 5-2 and folketrygdloven § 13-14, over weekends and holidays."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.worlds import in_random_worlds, undone
from tryggmote.compliance.registry import rules as registered
from tryggmote.incidents.models import AssessedLevel, Classification, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.organisation.workdays import add_workdays
from tryggmote.statutory.models import (
    Injury,
    Judgement,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)
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
from tryggmote.statutory.vocabulary import NoticeStep
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


# Against the sentences of the rules


@dataclass(frozen=True)
class Happened:
    """A serious incident, known so many days ago, and how many hours it was until each thing was done.

    `judged`: when, whether notice is due, and how many of its four steps are taken. `reported`: how many
    hours after the injury was entered it went to NAV, or was decided against.
    """

    days_ago: int
    entered: tuple[int, str] | None
    judged: tuple[int, bool, int] | None
    reported: tuple[int, str] | None

    @property
    def at(self) -> datetime:
        return noon(self.days_ago)

    @property
    def counts(self) -> bool:
        return self.days_ago < 365

    @property
    def is_injury(self) -> bool:
        return self.entered is not None and self.entered[1] == "injury"

    @property
    def entered_at(self) -> datetime | None:
        return self.at + timedelta(hours=self.entered[0]) if self.entered else None

    @property
    def reported_at(self) -> datetime | None:
        if self.entered_at is None or self.reported is None:
            return None
        return self.entered_at + timedelta(hours=self.reported[0])

    def happens(self, office: Office) -> None:
        leader = office.leader
        incident = serious(office, at=self.at)
        if self.judged:
            hours, must_notify, steps = self.judged
            Judgement.objects.create(
                incident=incident,
                by=leader,
                at=self.at + timedelta(hours=hours),
                rule_version="2026-1",
                must_notify=must_notify,
                reason="" if must_notify else "Alle er på jobb.",
            )
            for step in list(NoticeStep)[:steps]:
                NoticeAct.objects.create(
                    incident=incident, step=step, by=leader, done_by=leader, done_at=self.at
                )
        if self.entered and not self.is_injury:
            NoInjury.objects.create(incident=incident, by=leader, at=self.entered_at, reason="Snakket.")
        if self.is_injury:
            injury = entered_by(leader, incident, office.counsellor, at=self.entered_at)
            self._report(office, injury)

    def _report(self, office: Office, injury: Injury) -> None:
        if self.reported_at is None or self.reported is None:
            return
        if self.reported[1] == "sent":
            day = self.reported_at.astimezone(OSLO).date()
            ReportSending.objects.create(injury=injury, by=office.leader, to="nav", sent_on=day)
        else:
            ReportDecision.objects.create(
                injury=injury,
                by=office.leader,
                at=self.reported_at,
                rule_version="2026-1",
                is_due=False,
                reason="Det gikk over.",
            )

    @property
    def in_register(self) -> str:
        return in_five_workdays(self.at, self.entered_at)

    @property
    def notice(self) -> str:
        """AML § 5-2: judged the same day; each notice has both calls, the confirmation and the copy."""
        if self.judged is None:
            return "missing"
        hours, must_notify, steps = self.judged
        is_same_day = (self.at + timedelta(hours=hours)).astimezone(OSLO).date() == self.at.date()
        return "partly" if not is_same_day or (must_notify and steps < 4) else "met"

    @property
    def report(self) -> str:
        """Folketrygdloven § 13-14: sent by the end of the fifth working day, or decided against by then."""
        done_at = self.reported_at
        assert self.entered_at
        if done_at and self.reported and self.reported[1] == "sent":
            done_at = done_at.astimezone(OSLO).replace(hour=0)
        return in_five_workdays(self.entered_at, done_at)


def noon(days_ago: int) -> datetime:
    moment = timezone.now().astimezone(OSLO) - timedelta(days=days_ago)
    return moment.replace(hour=12, minute=0, second=0, microsecond=0)


def in_five_workdays(since: datetime, done_at: datetime | None) -> str:
    limit = add_workdays(since, 5)
    if done_at is None:
        return "missing" if limit < timezone.now() else "partly"
    return "met" if done_at <= limit else "partly"


def worst(states: list[str]) -> str:
    return next((state for state in ("missing", "partly", "met") if state in states), "not_applicable")


HOURS = st.integers(0, 11) | st.integers(0, 10 * 24)
SOON = st.integers(0, 11)
HAPPENED = st.builds(
    Happened,
    days_ago=st.integers(11, 30) | st.just(400),
    entered=st.tuples(SOON | HOURS, st.sampled_from(["injury", "injury", "nobody"])) | st.none(),
    judged=st.tuples(SOON | st.integers(11, 13), st.booleans(), st.sampled_from([4, 4, 3])) | st.none(),
    reported=st.tuples(SOON | HOURS, st.sampled_from(["sent", "declined"])) | st.none(),
).filter(lambda each: each.reported_at is None or each.reported_at < timezone.now())
IN_ORDER = st.builds(
    Happened,
    days_ago=st.integers(2, 30),
    entered=st.tuples(SOON, st.sampled_from(["injury", "nobody"])),
    judged=st.tuples(SOON, st.booleans(), st.just(4)),
    reported=st.tuples(SOON, st.sampled_from(["sent", "declined"])),
)
JUST_NOW = st.builds(
    Happened,
    days_ago=st.integers(1, 9),
    entered=st.none(),
    judged=st.none() | st.tuples(SOON, st.booleans(), st.just(4)),
    reported=st.none(),
)


@in_random_worlds
@given(st.lists(IN_ORDER, max_size=2) | st.lists(HAPPENED | IN_ORDER | JUST_NOW, max_size=3))
def test_the_rules_say_what_their_sentences_say(office: Office, happened: list[Happened]) -> None:
    """AML § 5-1: in the register within five working days. Of several the worst says how it stands."""
    counted = [each for each in happened if each.counts]
    injuries = [each for each in counted if each.is_injury]
    expected = {
        "evidence_aml_5_1": worst([each.in_register for each in counted]),
        "evidence_aml_5_2": worst([each.notice for each in counted]),
        "evidence_ftrl_13_14": worst([each.report for each in injuries]),
    }
    with undone():
        for each in happened:
            each.happens(office)
        assert {name: stands(name, office)[0] for name in expected} == expected
