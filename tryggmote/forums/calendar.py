"""A meeting for one's own calendar (RFC 5545). It says what kind and where, nothing of the agenda."""

from datetime import timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from tryggmote.forums.models import Meeting

LENGTH = timedelta(hours=1)


def calendar_of(meeting: Meeting, *, site: str) -> bytes:
    """The meeting as iCalendar. `site`: the address the link leads to."""
    calendar = Calendar()
    calendar.add("prodid", "-//Tryggmøte//Møter//NO")
    calendar.add("version", "2.0")
    event = Event()
    event.add("uid", f"{meeting.id}@tryggmote")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + LENGTH)
    event.add("summary", f"{meeting.kind_word}: {meeting.unit.name}")
    event.add("location", meeting.place)
    event.add("url", f"{site}{meeting.get_absolute_url()}")
    event.add("status", "CANCELLED" if meeting.called_off_at else "CONFIRMED")
    calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
