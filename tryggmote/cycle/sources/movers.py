"""How what has a moment is moved in the cycle: by the act of its own capability, within what a rule says.

A rule asks for something by a day. What is planned to meet it may be moved up to that day, unless something
else that is planned meets it. What is late already may only come earlier.
"""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.cycle.registry import Movable, Mover
from tryggmote.exercises import planning
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.rules import exercised_until
from tryggmote.forums import services as forums
from tryggmote.forums.models import Meeting
from tryggmote.forums.rules import last_day_to_review, next_meeting_by
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.training import sessions
from tryggmote.training.models import Session
from tryggmote.training.session_queries import titles_of
from tryggmote.ui.dates import OSLO, oslo_midnight

EXERCISES, SESSIONS, MEETINGS = "exercises", "training", "meetings"


def _exercise(by: SignedInPerson, key: UUID) -> Movable | None:
    exercise = Exercise.objects.select_related("unit").filter(id=key).first()
    if exercise is None:
        return None
    planning.refuse_unless_moved_by_me(exercise)
    last_on = _last_day_of_exercise(exercise)
    why = _("En øvelse teller i et år, og ingen annen er planlagt før den forrige går ut.") if last_on else ""
    return Movable(exercise.title, exercise.unit_id, exercise.starts_at, last_on, why)


def _last_day_of_exercise(exercise: Exercise) -> date | None:
    """The first day on which a form it exercises is due, and nothing else planned by then exercises it."""
    with connection.cursor() as cursor:
        cursor.execute("select form, last_on from app.last_exercised(%s::integer[])", [[exercise.unit_id]])
        last_on = dict(cursor.fetchall())
    asked = [*(form for form in exercise.forms if form in MeetingForm.values), ""]
    due = {form: exercised_until(day) for form in asked if (day := last_on.get(form))}
    others = list(
        Exercise.objects.filter(unit_id=exercise.unit_id, held_at=None, called_off_at=None)
        .exclude(id=exercise.id)
        .values_list("forms", "starts_at")
    )
    alone = [
        day
        for form, day in due.items()
        if not any((form in forms or not form) and at < _end_of(day) for forms, at in others)
    ]
    return min(alone, default=None)


def _move_exercise(by: SignedInPerson, key: UUID, starts_at: datetime) -> None:
    exercise = Exercise.objects.select_related("unit").get(id=key)
    planning.move(by=by, exercise=exercise, starts_at=starts_at, place=exercise.place)


def _session(by: SignedInPerson, key: UUID) -> Movable | None:
    session = Session.objects.filter(id=key).first()
    if session is None:
        return None
    sessions.refuse_unless_changed_by(by, session)
    return Movable(titles_of([session])[session.id], session.unit_id, session.starts_at, None, "")


def _move_session(by: SignedInPerson, key: UUID, starts_at: datetime) -> None:
    session = Session.objects.get(id=key)
    ends_at = starts_at + (session.ends_at - session.starts_at)
    details = sessions.Details.of(session).at(starts_at, ends_at)
    sessions.change(by=by, session=session, details=details)


def _meeting(by: SignedInPerson, key: UUID) -> Movable | None:
    meeting = Meeting.objects.filter(id=key).first()
    if meeting is None:
        return None
    forums.refuse_unless_open(meeting)
    last_on, why = _last_day_of_meeting(meeting)
    return Movable(meeting.kind_word, meeting.unit_id, meeting.starts_at, last_on, why)


def _last_day_of_meeting(meeting: Meeting) -> tuple[date | None, str]:
    if meeting.reviewed_until:
        why = _("Utvalget går gjennom et kvartal før det neste er over.")
        return last_day_to_review(meeting.reviewed_until), why
    of_its_kind = Meeting.objects.filter(unit_id=meeting.unit_id, kind=meeting.kind)
    held = of_its_kind.filter(approved_at__isnull=False).order_by("-starts_at").first()
    by_day = next_meeting_by(meeting.kind, held.starts_at.astimezone(OSLO).date()) if held else None
    if by_day is None:
        return None, ""
    coming = of_its_kind.filter(approved_at=None, called_off_at=None).exclude(id=meeting.id)
    if coming.filter(starts_at__lt=_end_of(by_day)).exists():
        return None, ""
    return by_day, {
        MeetingKind.PARTNERSHIP.value: _("Eierne skal møtes om vold og trusler hvert år (krav 1.3)."),
        MeetingKind.MANAGEMENT_REVIEW.value: _(
            "Gjennomgangen skal holdes hvert år (internkontrollforskriften § 5 nr. 8)."
        ),
    }[meeting.kind]


def _move_meeting(by: SignedInPerson, key: UUID, starts_at: datetime) -> None:
    meeting = Meeting.objects.select_related("unit").get(id=key)
    forums.move(by=by, meeting=meeting, starts_at=starts_at, place=meeting.place)


def _end_of(day: date) -> datetime:
    return oslo_midnight(day + timedelta(days=1))


moves_exercises = Mover(_exercise, _move_exercise)
moves_sessions = Mover(_session, _move_session)
moves_meetings = Mover(_meeting, _move_meeting)
