"""Reading meetings, checks and reported risks. Who sees what is decided by the policies, not here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from tryggmote.access.context import SignedInPerson
from tryggmote.encounters.calendars import DAYS_AHEAD
from tryggmote.encounters.models import CalendarFeed, Check, Meeting, RiskReport
from tryggmote.encounters.states import State, state_of_meeting
from tryggmote.encounters.vocabulary import Decision, Outcome
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.queries import leader_above, nearest_leaders
from tryggmote.organisation.roles import LEADS_DIRECTLY
from tryggmote.organisation.workdays import OSLO
from tryggmote.ui.dates import oslo_day, oslo_midnight


@dataclass(frozen=True)
class PlannedMeeting:
    """A meeting with its latest check, if it has one."""

    meeting: Meeting
    check: Check | None

    @property
    def day(self) -> date:
        """The day it begins, by the clock on the wall."""
        return self.meeting.starts_at.astimezone(OSLO).date()

    @property
    def state(self) -> State:
        """Where it stands."""
        return state_of_meeting(self.meeting, self.check)


@dataclass(frozen=True)
class WhatIsKnown:
    """What a check knows about a meeting, for the report of an incident. Nothing about the client."""

    check_id: UUID
    form: str
    place: str
    happened_at: datetime
    participant_ids: tuple[int, ...]


def todays_meetings(person: SignedInPerson, day: date) -> list[PlannedMeeting]:
    """The person's meetings on `day`, in order, each with its latest check; two queries."""
    first, after = oslo_day(day)
    return _with_checks(person, Meeting.objects.filter(starts_at__gte=first, starts_at__lt=after))


def meetings_ahead(person: SignedInPerson, day: date) -> list[PlannedMeeting]:
    """The person's meetings in the fourteen days after `day`; two queries."""
    first = oslo_midnight(day + timedelta(days=1))
    last = oslo_midnight(day + timedelta(days=DAYS_AHEAD + 1))
    return _with_checks(person, Meeting.objects.filter(starts_at__gte=first, starts_at__lt=last))


def calendars() -> QuerySet[CalendarFeed]:
    """The calendars the person subscribes to. The address is left in the database: it is a secret."""
    return CalendarFeed.objects.defer("address").order_by("created_at")


def what_is_known(check_id: UUID) -> WhatIsKnown | None:
    """What a report can be filled in with. None for a check that is gone or that the person may not see."""
    check = Check.objects.filter(id=check_id).first()
    if check is None:
        return None
    return WhatIsKnown(
        check_id=check.id,
        form=check.form,
        place=check.place,
        happened_at=check.starts_at or check.created_at,
        participant_ids=tuple(check.participant_ids),
    )


def checks() -> QuerySet[Check]:
    """All checks the person may see, latest first, with the name of the employee."""
    return Check.objects.select_related("employee").order_by("-created_at", "-id")


def checks_in_state(state: str) -> Q:
    """The checks that stand in one of the states a list can be narrowed to."""
    decided = ~Q(decision__in=["", Decision.ASK_LEADER])
    return {
        "waits": Q(leader_asked_at__isnull=False, answered_at=None) & ~decided,
        "undecided": ~decided,
        "decided": decided & Q(outcome=""),
        Outcome.ALL_WELL.value: Q(outcome=Outcome.ALL_WELL),
        Outcome.SOMETHING_HAPPENED.value: Q(outcome=Outcome.SOMETHING_HAPPENED),
    }[state]


def checks_without_outcome(person: SignedInPerson, now: datetime) -> QuerySet[Check]:
    """The person's own recent checks of meetings that went on, of which they have not told how it was."""
    return Check.objects.filter(
        decision__in=[Decision.GO, Decision.GO_WITH_MEASURES],
        outcome="",
        employee_id=person.id,
        created_at__gte=now - timedelta(days=2),
    ).order_by("created_at")


def leaders_to_ask(person_id: int, *, workforce_id: int) -> list[int]:
    """Who answers for a person at a workplace: the nearest leaders, else the next one above in the unit.

    Never the person. Directors do not come into question: they are not shown checks. Empty when no leader
    is registered.
    """
    nearest = [i for i in nearest_leaders(person_id, workforce_id=workforce_id).ids if i != person_id]
    if nearest:
        return nearest
    above = leader_above(workforce_id=workforce_id, passed=[person_id], roles=LEADS_DIRECTLY)
    return [above] if above else []


def risk_reports() -> QuerySet[RiskReport]:
    """All stops and risks the person may see, latest first, with the name of the reporter."""
    return RiskReport.objects.select_related("reporter", "answered_by").order_by("-created_at", "-id")


def _with_checks(person: SignedInPerson, meetings: QuerySet[Meeting]) -> list[PlannedMeeting]:
    found = list(meetings.order_by("starts_at", "id"))
    latest = _latest_checks(person, [meeting.id for meeting in found])
    return [PlannedMeeting(meeting, latest.get(meeting.id)) for meeting in found]


def _latest_checks(person: SignedInPerson, meeting_ids: Iterable[UUID]) -> dict[UUID | None, Check]:
    made = Check.objects.filter(employee_id=person.id, meeting_id__in=list(meeting_ids))
    return {check.meeting_id: check for check in made.order_by("created_at")}


def pages_of_checks(person: SignedInPerson) -> list[str]:
    """Where this person makes a check, for each form they meet clients in; none for who meets nobody."""
    placement = person.placement
    if placement is None or not person.meets_clients:
        return []
    forms = [form.value for form in MEETINGS if form in (placement.meeting_forms or MEETINGS)]
    return [reverse("encounters:check_new", args=[form]) for form in forms]
