"""A unit's year in one's own calendar (RFC 5545): this year and the next."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from tryggmote.cycle.registry import Event

LENGTH = timedelta(hours=1)


def calendar_of(events: Iterable[Event], *, unit: str, site: str) -> bytes:
    """The events as iCalendar. `site`: the address links lead to."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tryggmøte//Årshjul//NO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Årshjul: %(unit)s") % {"unit": unit})
    for event in events:
        calendar.add_component(_entry(event, site))
    content: bytes = calendar.to_ical()
    return content


def _entry(event: Event, site: str) -> Entry:
    """What has no moment has its whole day, and does not make one look busy."""
    entry = Entry()
    # What has a moment is the same when it is moved; what comes again is one for each day it is due.
    day = "" if event.at else f"-{event.on}"
    entry.add("uid", f"{event.kind}-{event.key}{day}@tryggmote")
    entry.add("dtstamp", timezone.now())
    entry.add("dtstart", event.at or event.on)
    entry.add("dtend", event.at + LENGTH if event.at else event.on + timedelta(days=1))
    entry.add("summary", event.title)
    entry.add("url", f"{site}{event.url}")
    if event.at is None:
        entry.add("transp", "TRANSPARENT")
    return entry
