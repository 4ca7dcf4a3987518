"""What people do together: exercises and training (4.1), agreements and meetings (1.3, AML § 2-2, § 7-2)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.controls.models import Agreement
from tryggmote.controls.rules import agreement_runs_out_on
from tryggmote.cycle.registry import Event, Source, Span
from tryggmote.cycle.rules import due_days
from tryggmote.cycle.vocabulary import Kind
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.rules import exercised_until
from tryggmote.forums.models import Meeting
from tryggmote.forums.rules import next_partnership_by
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import UnitClosure
from tryggmote.training.models import Session
from tryggmote.training.session_queries import titles_of
from tryggmote.ui.dates import OSLO


def _exercises(span: Span) -> Iterator[Event]:
    found = Exercise.objects.filter(
        unit_id__in=span.unit_ids, called_off_at=None, starts_at__range=span.moments
    )
    for exercise in found:
        yield Event(
            kind=Kind.EXERCISE,
            key=str(exercise.id),
            unit_id=exercise.unit_id,
            on=exercise.starts_at.astimezone(OSLO).date(),
            title=_("Øvelse: %(title)s") % {"title": exercise.title},
            url=exercise.get_absolute_url(),
            requirement="4.1",
            is_done=exercise.held_at is not None,
            at=exercise.starts_at,
        )


def _exercises_due(span: Span) -> Iterator[Event]:
    """The yearly exercise: the meeting forms of a unit that are due on the same day are one event."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select unit_id, form, last_on from app.last_exercised(%s::integer[])", [list(span.unit_ids)]
        )
        rows = cursor.fetchall()
    due: dict[tuple[int, date | None], list[str]] = defaultdict(list)
    for unit_id, form, last_on in rows:
        if form in MeetingForm.values:  # the unit as a whole is due when the first of its forms is
            due[unit_id, exercised_until(last_on) if last_on else None].append(str(MeetingForm(form).label))
    for (unit_id, due_on), forms in due.items():
        for day in due_days(due_on, thresholds().exercise_months, span):
            yield Event(
                kind=Kind.EXERCISE,
                key=f"{unit_id}-{due_on or 'never'}",
                unit_id=unit_id,
                on=day,
                title=_("Årlig øvelse: %(forms)s") % {"forms": ", ".join(forms)},
                url=reverse("exercises:home"),
                requirement="4.1",
            )


def _training(span: Span) -> Iterator[Event]:
    """Sessions of the units, and those of units above that are open to them."""
    above = UnitClosure.objects.filter(descendant_id__in=span.unit_ids).values("ancestor_id")
    found = list(
        Session.objects.filter(Q(unit_id__in=span.unit_ids) | Q(open_to_id__in=above))
        .filter(cancelled_at=None, starts_at__range=span.moments)
        .order_by("starts_at", "id")
    )
    titles, now = titles_of(found), timezone.now()
    for session in found:
        yield Event(
            kind=Kind.TRAINING,
            key=str(session.id),
            unit_id=session.unit_id,
            on=session.starts_at.astimezone(OSLO).date(),
            title=_("Opplæring: %(title)s") % {"title": titles[session.id]},
            url=session.get_absolute_url(),
            requirement="4.1",
            is_done=session.ends_at <= now,
            at=session.starts_at,
        )


def _agreements(span: Span) -> Iterator[Event]:
    later = Agreement.objects.filter(unit_id=OuterRef("unit_id"), created_at__gt=OuterRef("created_at"))
    for agreement in Agreement.objects.filter(
        ~Exists(later), unit_id__in=span.unit_ids, signed_at__isnull=False
    ):
        about = (str(agreement.id), agreement.unit_id)
        title, url = _("Samordningsavtalen mellom arbeidsgiverne"), agreement.get_absolute_url()
        looked_at = agreement.reviewed_at or agreement.signed_at
        if looked_at and span.holds(looked_on := looked_at.astimezone(OSLO).date()):
            yield Event(Kind.AGREEMENT, *about, looked_on, title, url, "1.3", is_done=True)
        for day in due_days(agreement_runs_out_on(agreement), thresholds().review_months, span):
            yield Event(Kind.AGREEMENT, *about, day, title, url, "1.3")


def _meetings(span: Span) -> Iterator[Event]:
    now = timezone.now()
    for meeting in Meeting.objects.filter(
        unit_id__in=span.unit_ids, called_off_at=None, starts_at__range=span.moments
    ):
        yield Event(
            kind=Kind.MEETING,
            key=str(meeting.id),
            unit_id=meeting.unit_id,
            on=meeting.starts_at.astimezone(OSLO).date(),
            title=meeting.kind_word,
            url=meeting.get_absolute_url(),
            requirement="1.3",
            is_done=meeting.starts_at <= now,
            at=meeting.starts_at,
        )


# Others than those who call the meeting do not see all there were, and would be told that it is late.
_LAST_PARTNERSHIP = """
select u.id, (max(m.starts_at) at time zone %s)::date
from organisation_unit u
left join forums_meeting m on m.unit_id = u.id and m.kind = 'partnership' and m.approved_at is not null
where u.id = any (%s) and u.id = any (app.units_led() || app.units_owned())
  and u.kind = 'office' and u.ended_on is null
group by u.id
"""


def _partnership_due(span: Span) -> Iterator[Event]:
    with connection.cursor() as cursor:
        cursor.execute(_LAST_PARTNERSHIP, [OSLO.key, list(span.unit_ids)])
        rows = cursor.fetchall()
    for unit_id, last_on in rows:
        due_on = next_partnership_by(last_on) if last_on else None
        for day in due_days(due_on, thresholds().partnership_months, span):
            yield Event(
                kind=Kind.MEETING,
                key=f"partnership-{unit_id}",
                unit_id=unit_id,
                on=day,
                title=_("Årlig partnerskapsmøte om vold og trusler"),
                url=f"{reverse('forums:plan')}?slag={MeetingKind.PARTNERSHIP}&enhet={unit_id}",
                requirement="1.3",
            )


SOURCES = (
    Source("exercises", Kind.EXERCISE, _exercises),
    Source("exercises_due", Kind.EXERCISE, _exercises_due),
    Source("training", Kind.TRAINING, _training),
    Source("agreements", Kind.AGREEMENT, _agreements),
    Source("meetings", Kind.MEETING, _meetings),
    Source("partnership_due", Kind.MEETING, _partnership_due),
)
