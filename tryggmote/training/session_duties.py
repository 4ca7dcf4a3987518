"""What sessions ask of people on "Now" (4.1): to come today, and afterwards to record who came. One query.

They begin and end within the day: that is known when "Now" is opened, and not by the day (`duties/kinds.py`).
"""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.training.models import Session
from tryggmote.training.session_queries import duties_of, titles_of
from tryggmote.ui.dates import clock, day

AT_MOST = 20
REQUIREMENT = "4.1"
_A_DAY = timedelta(days=1)


def session_duties(person: SignedInPerson) -> Iterator[Duty]:
    """Sessions of today one is signed up for, and those one has led whose attendance is not recorded."""
    found = list(duties_of(person.id)[:AT_MOST])
    titles = titles_of(found) if found else {}
    for session in found:
        if session.led_by_id == person.id and session.has_ended and not session.finished_at:
            yield _recording(session, titles[session.id])
        elif session.signed_up:  # type: ignore[attr-defined]
            yield _going(session, titles[session.id])


def _going(session: Session, title: str) -> Duty:
    return Duty(
        title=_("Møt på opplæringsøkten «%(name)s»") % {"name": title},
        why=_("I dag kl. %(time)s, %(where)s.")
        % {"time": clock(session.starts_at), "where": session.place or _("videomøte")},
        url=session.get_absolute_url(),
        action=_("Se økten"),
        due=session.starts_at,
        urgency=Urgency.TODAY,
        requirement=REQUIREMENT,
        kind="training_session",
    )


def _recording(session: Session, title: str) -> Duty:
    return Duty(
        title=_("Før hvem som var på økten «%(name)s»") % {"name": title},
        why=_("Den var %(day)s. De som var der, får opplæringen når du har ført det.")
        % {"day": day(session.starts_at)},
        url=f"{session.get_absolute_url()}#oppmote",
        action=_("Før oppmøte"),
        due=None,
        urgency=Urgency.SOON if timezone.now() - session.ends_at < _A_DAY else Urgency.TODAY,
        requirement=REQUIREMENT,
        kind="training_attendance",
    )
