"""Reminding people of their sessions (4.1)."""

from datetime import date

from django.db import transaction

from tryggmote.access.context import acting_as_job
from tryggmote.notices.services import tell
from tryggmote.training import session_told
from tryggmote.training.models import Session, SignUp
from tryggmote.ui.dates import oslo_day


@transaction.atomic
def remind_of(day: date) -> None:
    """Tell those who have a place in a session on the day; those who wait are not told."""
    first, after = oslo_day(day)
    with acting_as_job():
        sessions = list(Session.objects.filter(cancelled_at=None, starts_at__gte=first, starts_at__lt=after))
        line = SignUp.objects.filter(session__in=sessions, withdrawn_at=None).order_by("at", "id")
        comers: dict[object, list[int]] = {session.id: [] for session in sessions}
        for sign_up in line:
            comers[sign_up.session_id].append(sign_up.person_id)
        for session in sessions:
            tell(
                person_ids=comers[session.id][: session.capacity],
                kind=session_told.REMINDER,
                subject_id=session.id,
                url=session.get_absolute_url(),
                context=session_told.context_of(session),
            )
