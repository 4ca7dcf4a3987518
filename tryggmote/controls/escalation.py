"""A measure that waits five working days too long goes to the next leader, once for each date missed (2.3).

It may wait to be carried out, or to be evaluated.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import IntegrityError
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.controls.models import Escalated, Measure
from tryggmote.controls.queries import overdue, unevaluated
from tryggmote.controls.rules import PASSED_UP_AFTER_WORKDAYS, late_after, passed_up_on
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit, Workforce
from tryggmote.organisation.queries import leader_above, placement_of
from tryggmote.organisation.standing import leaders_of

# What the job may read of a measure: whose it is and how far it has come, never what it says.
_COLUMNS = ("unit_id", "owner_id", "due_on", "established_at", "evaluated_at", "effect", "cancelled_at")


def pass_up_overdue(*, today: date | None = None) -> int:
    """Tell the next leader of each measure that has waited too long, each in its own transaction.

    Says how many measures went up. Running it twice, or twice at once, tells nobody twice.
    """
    today = today or timezone.localdate()
    with acting_as_job():
        waiting = list(_waiting_too_long(today))
    return sum(_pass_up(measure, missed) for measure, missed in waiting)


def _waiting_too_long(today: date) -> Iterator[tuple[Measure, date]]:
    """Each measure that nobody above has been told of, with the date that was missed."""
    # Five working days are at least five days.
    some_days_ago = today - timedelta(days=PASSED_UP_AFTER_WORKDAYS - 1)
    late = Measure.objects.filter(overdue(some_days_ago) | unevaluated(some_days_ago))
    told = set(Escalated.objects.filter(measure__in=late).values_list("measure_id", "due_on"))
    for measure in late.only(*_COLUMNS).order_by("due_on"):
        missed = late_after(measure)
        if missed and passed_up_on(missed) <= today and (measure.id, missed) not in told:
            yield measure, missed


def _pass_up(measure: Measure, missed: date) -> bool:
    try:
        with acting_as_job():
            leader = _next_leader(measure)
            if leader is None:
                return False
            Escalated.objects.create(measure=measure, to_person_id=leader, due_on=missed)
            tell(
                person_ids=[leader],
                kind="measure_overdue",
                subject_id=measure.id,
                url=measure.get_absolute_url(),
                context={"unit": Unit.objects.get(id=measure.unit_id).name},
            )
    except IntegrityError:
        return False  # another worker passed it up at the same moment
    return True


def _next_leader(measure: Measure) -> int | None:
    """The leader above those who lead the unit, on the owner's line if the unit has employees there."""
    line = _line(measure)
    asked = {measure.owner_id, *(leader.person_id for leader in leaders_of(measure.unit_id))}
    return line and leader_above(workforce_id=line, passed=asked)


def _line(measure: Measure) -> int | None:
    owner_works = placement_of(measure.owner_id)
    lines = dict(
        Workforce.objects.filter(unit_id=measure.unit_id).order_by("id").values_list("employer_id", "id")
    )
    own = lines.get(owner_works.employer_id) if owner_works else None
    return own or next(iter(lines.values()), None)
