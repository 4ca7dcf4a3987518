"""What people do together: exercises and training (4.1), and agreements between employers (AML § 2-2)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
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
from tryggmote.cycle.sources.movers import EXERCISES, SESSIONS, moves_exercises, moves_sessions
from tryggmote.cycle.vocabulary import Kind
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.planning import MOVABLE
from tryggmote.exercises.rules import exercised_until
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import UnitClosure
from tryggmote.training.models import Session
from tryggmote.training.plan_queries import planned_in
from tryggmote.training.plan_vocabulary import Progress
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
            moved_as=EXERCISES if exercise.stage in MOVABLE else "",
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
            moved_as="" if session.starts_at <= now else SESSIONS,
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


def _planned(span: Span) -> Iterator[Event]:
    """What the plan of training holds: to be done by the end of its month.

    How far it has come is known to those who see how many; to others what has been is left out.
    """
    years = range(span.first.year, span.last.year + 1)
    for planned in planned_in(span.unit_ids, years):
        month = date(planned.plan.year, planned.item.month, 1)
        last_day = month + relativedelta(months=1) - timedelta(days=1)
        if not span.holds(last_day) or (planned.progress is None and last_day < span.today):
            continue
        title = (
            _("I opplæringsplanen: %(title)s")
            if planned.plan.approved_at
            else _("I utkastet til opplæringsplan: %(title)s")
        )
        yield Event(
            kind=Kind.TRAINING,
            key=str(planned.item.id),
            unit_id=planned.plan.unit_id,
            on=last_day,
            title=title % {"title": planned.name},
            url=planned.plan.get_absolute_url(),
            requirement="4.1",
            is_done=planned.progress == Progress.DONE,
        )


SOURCES = (
    Source(EXERCISES, Kind.EXERCISE, _exercises, mover=moves_exercises),
    Source("exercises_due", Kind.EXERCISE, _exercises_due),
    Source(SESSIONS, Kind.TRAINING, _training, mover=moves_sessions),
    Source("planned", Kind.TRAINING, _planned),
    Source("agreements", Kind.AGREEMENT, _agreements),
)
