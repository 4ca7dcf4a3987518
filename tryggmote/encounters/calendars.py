"""Reading an iCalendar file: only when, where and in which form. Pure: bytes in, meetings out.

The title is handed out for its owner to see, and is stored only where they choose it.
"""

import hashlib
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import recurring_ical_events
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from icalendar.error import BrokenCalendarProperty

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.workdays import OSLO

LARGEST_FILE = 2 * 1024 * 1024  # bytes; a year of a busy calendar is about half of that
MOST_EVENTS = 20_000
MOST_MEETINGS = 300
DAYS_AHEAD = 14
# Unfolding a busy calendar takes well under a second. A file made to take hours must not hold up the house.
LONGEST_UNFOLDING_S = 5


class BadCalendar(Exception):
    """The file cannot be read. `message` says what is wrong and what to do."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class CalendarEntry:
    """A meeting found in a calendar. `uid` recognises it next time and reveals nothing."""

    uid: str
    starts_at: datetime
    ends_at: datetime | None
    form: str
    place: str
    title: str


def read_calendar(content: bytes, *, today: date) -> list[CalendarEntry]:
    """The meetings from `today` and fourteen days on, in order; repeated ones unfolded.

    All-day, cancelled and private-time ("free") events are left out: they are no meetings.
    Raises: BadCalendar.
    """
    if len(content) > LARGEST_FILE:
        raise BadCalendar(_("Filen er for stor. Den kan være på 2 MB. Eksporter bare de neste ukene."))
    calendar = _parse(content)
    begins = datetime.combine(today, datetime.min.time(), tzinfo=OSLO)
    period = (begins, begins + timedelta(days=DAYS_AHEAD + 1))
    repeated = {_text(event, "UID") for event in calendar.walk("VEVENT") if _repeats(event)}
    try:
        entries = [entry for event in _unfolded(calendar, period) if (entry := _entry(event, repeated))]
    except _BROKEN as error:
        raise BadCalendar(_("Kalenderfilen er ødelagt. Eksporter den på nytt og prøv igjen.")) from error
    # Some calendars hold an event twice; the last one counts.
    found = {entry.uid: entry for entry in entries}
    return sorted(found.values(), key=lambda entry: (entry.starts_at, entry.uid))[:MOST_MEETINGS]


def _unfolded(calendar: icalendar.Component, period: tuple[datetime, datetime]) -> Iterator[Any]:
    """What happens in the period, one series after the other. Raises BadCalendar when it takes too long."""
    query = recurring_ical_events.of(calendar, skip_bad_series=True)
    gives_up_at = time.monotonic() + LONGEST_UNFOLDING_S
    for series in query.series[:]:
        query.series = [series]
        yield from query.between(*period)
        if time.monotonic() > gives_up_at:
            raise BadCalendar(_TOO_MANY)


_TOO_MANY = _("Det er for mange møter i filen. Eksporter bare de neste ukene.")


# What the calendar library raises when an event makes no sense, found by feeding it nonsense.
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, BrokenCalendarProperty)


def _parse(content: bytes) -> icalendar.Component:
    if not content.strip():
        raise BadCalendar(_("Filen er tom."))
    if b"BEGIN:VCALENDAR" not in content[:2_000].upper():
        raise BadCalendar(_("Dette er ikke en kalenderfil. Velg en fil som slutter på .ics."))
    try:
        calendar = icalendar.Calendar.from_ical(content)
    except _BROKEN as error:
        raise BadCalendar(_("Kalenderfilen er ødelagt. Eksporter den på nytt og prøv igjen.")) from error
    events = calendar.walk("VEVENT")
    if len(events) > MOST_EVENTS or any(_repeats_too_often(event) for event in events):
        raise BadCalendar(_TOO_MANY)
    calendar.subcomponents = [part for part in calendar.subcomponents if _can_be_placed(part)]
    return calendar


def _can_be_placed(part: Any) -> bool:
    return part.name != "VEVENT" or isinstance(_value(part, "DTSTART"), date)


def _repeats_too_often(event: Any) -> bool:
    """Each second unfolds to a million meetings, with an interval of nothing it never ends; one rule an
    event is what RFC 5545 (3.8.5.3) asks for.
    """
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    rare = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
    expanding = {"BYSECOND", "BYMINUTE", "BYHOUR"}
    return len(rules) > 1 or any(
        not isinstance(rule, icalendar.vRecur)
        or any(interval < 1 for interval in rule.get("INTERVAL", []))
        or {str(frequency).upper() for frequency in rule.get("FREQ", [])} - rare
        or expanding & {str(key).upper() for key in rule}
        for rule in rules
    )


def _repeats(event: Any) -> bool:
    return any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID"))


def _entry(event: Any, repeated: set[str]) -> CalendarEntry | None:
    if _text(event, "STATUS").upper() == "CANCELLED" or _text(event, "TRANSP").upper() == "TRANSPARENT":
        return None
    starts_at, ends_at = _moment(event, "DTSTART"), _moment(event, "DTEND")
    if starts_at is None:
        return None
    place, title = _text(event, "LOCATION"), _text(event, "SUMMARY")
    form = form_of(place=place, title=title)
    uid = _text(event, "UID")
    which = str(_value(event, "RECURRENCE-ID")) if uid in repeated else ""
    return CalendarEntry(
        uid=hashlib.sha256(f"{uid}\n{which}".encode()).hexdigest(),
        starts_at=starts_at,
        ends_at=ends_at if ends_at and ends_at > starts_at else None,
        form=form,
        # The place of a video meeting is a link with a key in it: not kept.
        place="" if form == MeetingForm.VIDEO else place[:200],
        title=title[:200],
    )


def _moment(event: Any, name: str) -> datetime | None:
    value = _value(event, name)
    if not isinstance(value, datetime):
        return None
    # Times without a zone are meant as the clock on the wall.
    return value if value.tzinfo else value.replace(tzinfo=OSLO)


def _value(event: Any, name: str) -> Any:
    """The day or moment of a property; None when it is missing, broken or given twice."""
    found = event.get(name)
    return found.dt if isinstance(found, icalendar.vDDDTypes) else None


def _text(event: Any, name: str) -> str:
    value = event.get(name, "")
    value = value[0] if isinstance(value, list) else value
    return " ".join(str(value).replace("\x00", "").split())


_HINTS: tuple[tuple[MeetingForm, str], ...] = (
    (MeetingForm.VIDEO, r"teams|https?://|video|zoom|digital"),
    (MeetingForm.TELEPHONE, r"\btelefon|\btlf\b|\bring(er|ing)?\b|\bphone"),
    (MeetingForm.HOME_VISIT, r"hjemmebesøk|heimebesøk|\bhome visit"),
    (MeetingForm.GROUP, r"\bgruppe|\bkurs\b"),
    (MeetingForm.RECEPTION, r"\bmottak\b|\bskranke|\breception"),
    (MeetingForm.OUTDOORS, r"\bgåtur\b|walk and talk"),
)


def form_of(*, place: str, title: str) -> str:
    """The meeting form that the words suggest, place before title; a planned talk when they say nothing."""
    for words in (place.lower(), title.lower()):
        for form in _forms_in(words):
            return form
    return MeetingForm.PLANNED


def _forms_in(words: str) -> Iterator[str]:
    return (form.value for form, pattern in _HINTS if re.search(pattern, words))
