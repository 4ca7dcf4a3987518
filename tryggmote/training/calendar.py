"""One's sessions in one's own calendar: a file of one, and an address that calendar programs read (4.1).

Whoever has the address reads the calendar, so only its digest is kept, and it can be made anew.
"""

import hashlib
import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.training.models import CalendarAddress, Session
from tryggmote.training.session_queries import titles_of

SECRET_BYTES = 24
SECRET_LIMIT = 100


def calendar_of(sessions: Iterable[Session], *, site: str) -> bytes:
    """The sessions as iCalendar (RFC 5545). `site`: the address links lead to."""
    sessions = list(sessions)
    titles = titles_of(sessions)
    calendar = Calendar()
    calendar.add("prodid", "-//Tryggmøte//Opplæring//NO")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Opplæring i Tryggmøte"))
    for session in sessions:
        calendar.add_component(_event(session, titles[session.id], site))
    content: bytes = calendar.to_ical()
    return content


def _event(session: Session, title: str, site: str) -> Event:
    event = Event()
    event.add("uid", f"{session.id}@tryggmote")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", title)
    event.add("location", session.place or session.video)
    event.add("description", "\n".join(part for part in (session.video, session.text) if part))
    event.add("url", f"{site}{session.get_absolute_url()}")
    event.add("status", "CANCELLED" if session.cancelled_at else "CONFIRMED")
    return event


def address_of(person_id: int) -> CalendarAddress | None:
    """The address one has, if any; nobody can say it again."""
    return CalendarAddress.objects.filter(person_id=person_id, ended_at=None).first()


@transaction.atomic
def new_secret(*, by: SignedInPerson) -> str:
    """Make one's address anew, and return its secret part. The one before leads nowhere from now."""
    end_address(by=by)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    CalendarAddress.objects.create(person_id=by.id, digest=_digest(secret))
    return secret


@transaction.atomic
def end_address(*, by: SignedInPerson) -> None:
    """The address leads nowhere from now."""
    CalendarAddress.objects.filter(person_id=by.id, ended_at=None).update(ended_at=timezone.now())


def whose(secret: str) -> int | None:
    """Whose calendar it is; None when it leads nowhere."""
    with acting_as_job():
        found = CalendarAddress.objects.filter(digest=_digest(secret), ended_at=None)
        return found.values_list("person_id", flat=True).first()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret[:SECRET_LIMIT].encode()).hexdigest()
