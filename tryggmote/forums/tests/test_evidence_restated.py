"""Requirement 1.3 and AML § 7-2: at their edges, and against what their sentences say, of random units."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.forums.models import Case, CaseAnswer, Meeting
from tryggmote.forums.tests.helpers import (
    called_by,
    quarter_end,
    serious_at,
)
from tryggmote.forums.tests.test_evidence import on_the_committees, reviewed, status_of
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def committees(office: Office) -> list[Meeting]:
    """One meeting of each committee, that of the state first, which has gone through all and reported."""
    state, local = on_the_committees(office)
    return [
        reviewed(state, office.county, office.county_director),
        reviewed(local, office.municipality, office.municipal_director),
    ]


def reported_on(person: Person, day: date) -> None:
    incident = reported_by(person, what_happened="Ropte.")
    at = noon((timezone.localdate() - day).days)
    Incident.objects.filter(id=incident.id).update(created_at=at, happened_at=at)


@pytest.mark.parametrize(("days_later", "wanted"), [(0, ("met", "reviewed")), (1, ("partly", "no_report"))])
def test_a_report_holds_on_the_last_day_of_the_year_and_not_the_day_after(
    committees: list[Meeting], office: Office, days_later: int, wanted: tuple[str, str]
) -> None:
    Meeting.objects.filter(id=committees[0].id).update(
        approved_at=noon(last_days_ago(months=12) + days_later)
    )
    assert status_of(office.unit, office.office_leader, "evidence_aml_7_2") == wanted


@pytest.mark.parametrize(("days_later", "wanted"), [(0, ("partly", "waiting")), (1, ("met", "reviewed"))])
def test_what_is_reported_on_the_last_day_of_the_quarter_waits_and_the_day_after_does_not(
    committees: list[Meeting], office: Office, days_later: int, wanted: tuple[str, str]
) -> None:
    today = timezone.localdate()
    Meeting.objects.update(reviewed_until=quarter_end(today) - timedelta(days=1))
    reported_on(office.counsellor, quarter_end(today) + timedelta(days=days_later))
    assert status_of(office.unit, office.office_leader, "evidence_aml_7_2") == wanted


@dataclass(frozen=True)
class Committee:
    """How far short of the quarter's end it has come (None: it never met), when, and whether it reports."""

    days_short: int | None
    met_days_ago: int
    reports: bool

    def happens(self, meeting: Meeting) -> None:
        today = timezone.localdate()
        Meeting.objects.filter(id=meeting.id).update(
            approved_at=None if self.days_short is None else noon(self.met_days_ago),
            reviewed_until=quarter_end(today) - timedelta(days=self.days_short or 0),
            report_year=today.year - 1 if self.reports else None,
        )

    def has_done_its_part(self, incidents: list[int]) -> bool:
        """`incidents`: how many days after the quarter's end each was reported."""
        if self.days_short is None or not self.reports or not counts(self.met_days_ago, months=12):
            return False
        return not any(-self.days_short < days <= 0 for days in incidents)


COMMITTEE = st.builds(
    Committee,
    days_short=st.sampled_from([0, 0, 1, 3, None]),
    met_days_ago=st.just(20) | days_ago_near(last_days_ago(months=12)),
    reports=st.sampled_from([True, True, True, False]),
)


@in_random_worlds
@given(
    state=COMMITTEE,
    local=COMMITTEE,
    incidents=st.lists(st.tuples(st.booleans(), st.integers(-4, 1)), max_size=2),
)
def test_the_committees_rule_says_what_its_sentence_says(
    office: Office,
    committees: list[Meeting],
    state: Committee,
    local: Committee,
    incidents: list[tuple[bool, int]],
) -> None:
    """ "Gone through all incidents up to the last quarter, and the yearly report given in the last twelve
    months": each employer's committee its own.
    """
    of_state = [days for is_states, days in incidents if is_states]
    of_local = [days for is_states, days in incidents if not is_states]
    if state.days_short is None and local.days_short is None:
        expected = "missing"
    else:
        done = state.has_done_its_part(of_state) and local.has_done_its_part(of_local)
        expected = "met" if done else "partly"
    with undone():
        state.happens(committees[0])
        local.happens(committees[1])
        for is_states, days in incidents:
            person = office.counsellor if is_states else office.colleague
            reported_on(person, quarter_end(timezone.localdate()) + timedelta(days=days))
        assert status_of(office.unit, office.office_leader, "evidence_aml_7_2")[0] == expected


# The partnership (1.3).


@dataclass(frozen=True)
class Serious:
    """A serious incident: what each owner has answered, in order, and if the first meeting took it up."""

    answers: list[tuple[str, bool]]
    is_taken_up: bool

    def happens(self, office: Office, meetings: list[Meeting]) -> None:
        incident = serious_at(office)
        for number, (side, treats) in enumerate(self.answers):
            CaseAnswer.objects.create(
                incident=incident,
                side=side,
                treats=treats,
                reason="" if treats else "Tatt opp i vernerunden.",
                by=office.county_director if side == "state" else office.municipal_director,
                at=noon(1) + timedelta(minutes=number),
            )
        if self.is_taken_up and meetings:
            Case.objects.create(meeting=meetings[0], incident=incident)

    @property
    def is_declined(self) -> bool:
        latest = dict(self.answers)
        return latest.get("state") is False and latest.get("municipal") is False


SIDE = st.sampled_from(["state", "municipal"])
ANSWERS = st.just([("state", False), ("municipal", False)]) | st.lists(
    st.tuples(SIDE, st.booleans()), max_size=3
)
HELD = st.tuples(st.just(20) | days_ago_near(last_days_ago(months=12)), st.sampled_from([True, True, False]))


@in_random_worlds
@given(
    held=st.lists(HELD, max_size=2),
    serious=st.lists(st.builds(Serious, answers=ANSWERS, is_taken_up=st.booleans()), max_size=2),
)
def test_the_partnerships_rule_says_what_its_sentence_says(
    office: Office, held: list[tuple[int, bool]], serious: list[Serious]
) -> None:
    """ "A meeting in the last 12 months with both owners; each incident of level 4 treated or declined"."""
    approved = [days for days, is_approved in held if is_approved]
    first_is_approved = bool(held) and held[0][1]
    settled = [each.is_declined or (each.is_taken_up and first_is_approved) for each in serious]
    if not approved:
        expected = "missing"
    else:
        met = any(counts(days, months=12) for days in approved) and all(settled)
        expected = "met" if met else "partly"
    with undone():
        meetings = [called_by(office.office_leader, office.unit) for _each in held]
        for meeting, (days, is_approved) in zip(meetings, held, strict=True):
            Meeting.objects.filter(id=meeting.id).update(
                starts_at=noon(days), sent_at=noon(1), approved_at=noon(1) if is_approved else None
            )
        for each in serious:
            each.happens(office, meetings)
        assert status_of(office.unit, office.office_leader)[0] == expected


# What forums are told of incidents (ADR 0048).
