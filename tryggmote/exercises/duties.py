"""What exercises ask of people on "Now" (4.1, § 23A-2): be there, evaluate, decide, exercise in time.

One query for what one is in, two more for those who decide in a unit.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.exercises import queries
from tryggmote.exercises.models import Evaluation, Exercise, Participant
from tryggmote.exercises.rules import EVALUATED_WITHIN, evaluated_until, may_evaluate, report_due
from tryggmote.exercises.vocabulary import Part, Stage
from tryggmote.organisation.roles import LEADS
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.ui.dates import oslo_day, oslo_today, when

AT_MOST = 20
SOON_DAYS = 7
REQUIREMENT = "4.1"


def exercise_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person owes the exercises they are in, and the units they decide in."""
    for mine in _that_i_am_in(person):
        if duty := _taking_part(mine):
            yield duty
    if person.has_role(*LEADS):
        waiting = list(_waiting_for_a_leader())
        yield from (duty for exercise in waiting if (duty := _deciding(exercise)))
        yield from _exercising(waiting)


def _that_i_am_in(person: SignedInPerson) -> Iterable[Participant]:
    evaluated = Evaluation.objects.filter(exercise=OuterRef("exercise_id"), person_id=person.id)
    return (
        Participant.objects.filter(
            Q(exercise__held_at=None) | Q(exercise__held_at__gt=timezone.now() - EVALUATED_WITHIN),
            person_id=person.id,
            exercise__decided_at__isnull=False,
            exercise__called_off_at=None,
        )
        .annotate(has_evaluated=Exists(evaluated))
        .select_related("exercise__unit")
        .order_by("exercise__starts_at")[:AT_MOST]
    )


def _taking_part(mine: Participant) -> Duty | None:
    exercise = mine.exercise
    if exercise.held_at is None:
        return _being_there(exercise, Part(mine.part))
    has_evaluated = mine.has_evaluated  # type: ignore[attr-defined]
    now = timezone.now()
    if has_evaluated or not may_evaluate(held_at=exercise.held_at, attended=mine.attended, now=now):
        return None
    return Duty(
        title=_("Si hvordan øvelsen var"),
        why=_("%(unit)s: Fire spørsmål, ett minutt. Ingen ser hvem som svarte hva.")
        % {"unit": exercise.unit.name},
        url=reverse("exercises:evaluate", args=[exercise.id]),
        action=_("Svar"),
        due=evaluated_until(exercise.held_at),
        urgency=Urgency.SOON,
        requirement=REQUIREMENT,
        kind="exercise_evaluation",
    )


def _being_there(exercise: Exercise, part: Part) -> Duty:
    is_running = exercise.stage is Stage.RUNNING
    why = (
        _("%(unit)s: Den pågår nå.") % {"unit": exercise.unit.name}
        if is_running
        else f"{exercise.unit.name}: {part.label}, {when(exercise.starts_at)}"
    )
    return Duty(
        title=_("Øvelse: %(title)s") % {"title": exercise.title},
        why=why,
        url=reverse("exercises:run", args=[exercise.id]) if is_running else exercise.get_absolute_url(),
        action=_("Åpne øvelsen"),
        due=None if is_running else exercise.starts_at,
        urgency=Urgency.NOW if is_running else _urgency(exercise.starts_at),
        requirement=REQUIREMENT,
        kind="exercise_invitation",
    )


def _waiting_for_a_leader() -> Iterable[Exercise]:
    return (
        Exercise.objects.filter(unit_id__in=units_decided_by_me(), closed_at=None, called_off_at=None)
        .select_related("unit", "planned_by")
        .order_by("starts_at")[:AT_MOST]
    )


def _deciding(exercise: Exercise) -> Duty | None:
    """The suggestion a leader decides on, or the report they close; nothing for what is on its way."""
    if exercise.held_at is not None:
        due = report_due(exercise.held_at)
        return Duty(
            title=_("Gjør ferdig øvelsen «%(title)s»") % {"title": exercise.title},
            why=_("%(unit)s: Bestem hva som skjer med funnene, så kan enheten lese hva dere lærte.")
            % {"unit": exercise.unit.name},
            url=exercise.get_absolute_url(),
            action=_("Gå videre"),
            due=due,
            urgency=_urgency(due),
            requirement=REQUIREMENT,
            kind="exercise_report",
        )
    if exercise.stage is not Stage.SUGGESTED:
        return None
    return Duty(
        title=_("Bestem om øvelsen «%(title)s»") % {"title": exercise.title},
        why=_("%(unit)s: Foreslått av %(name)s, %(when)s.")
        % {"unit": exercise.unit.name, "name": exercise.planned_by.name, "when": when(exercise.starts_at)},
        url=exercise.get_absolute_url(),
        action=_("Les og bestem"),
        due=exercise.starts_at,
        urgency=_urgency(exercise.starts_at),
        requirement=REQUIREMENT,
        kind="exercise_suggestion",
    )


def _exercising(waiting: Iterable[Exercise]) -> Iterator[Duty]:
    """The yearly exercise of each unit and each of its meeting forms, unless one is on its way."""
    coming = [exercise for exercise in waiting if exercise.held_at is None]
    for unit in queries.exercised_where_i_decide()[:AT_MOST]:
        planned = {form for each in coming if each.unit_id == unit.unit_id for form in ("", *each.forms)}
        due = [each for each in unit.forms if each.is_due and (each.form or "") not in planned]
        if not due:
            continue
        until = [each.until for each in due]
        last_day = None if None in until else min(day for day in until if day)
        yield Duty(
            title=_("Hold en øvelse i %(unit)s") % {"unit": unit.name},
            why=_("Hvert år skal alle ha øvd. Det gjelder: %(forms)s.")
            % {"forms": ", ".join(each.words for each in due)},
            url=f"{reverse('exercises:library')}?form={next((each.form for each in due if each.form), '')}",
            action=_("Velg en øvelse"),
            due=oslo_day(last_day)[1] if last_day else None,
            urgency=_urgency(oslo_day(last_day)[1]) if last_day else Urgency.SOON,
            requirement=REQUIREMENT,
            kind="yearly_exercise",
        )


def _urgency(due: datetime) -> Urgency:
    days = (due.date() - oslo_today()).days
    if days <= 0:
        return Urgency.TODAY
    return Urgency.SOON if days <= SOON_DAYS else Urgency.LATER
