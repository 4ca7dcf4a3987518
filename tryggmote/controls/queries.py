"""What is read of measures. The database decides which ones; nothing here asks who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import chain
from uuid import UUID

from dateutil.relativedelta import relativedelta
from django.db import connection
from django.db.models import BooleanField, Count, F, Func, Q, QuerySet
from django.utils import timezone

from tryggmote.compliance.thresholds import thresholds
from tryggmote.controls.models import (
    Cancellation,
    Escalated,
    Establishment,
    Evaluation,
    Handover,
    Measure,
    Postponement,
)
from tryggmote.controls.vocabulary import Effect, Status
from tryggmote.organisation.models import Person, Placement, RoleAssignment, Unit, UnitClosure, UnitKind
from tryggmote.organisation.queries import current
from tryggmote.organisation.roles import Role
from tryggmote.ui.cursors import after, cursor_of

PAGE_SIZE = 25
COUNT_UP_TO = 1000
OVERDUE = "overdue"
UNEVALUATED = "unevaluated"
_ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)

_STATUS = {
    Status.PLANNED: Q(established_at=None, cancelled_at=None),
    Status.ESTABLISHED: Q(established_at__isnull=False, effect="", cancelled_at=None),
    Status.WITHOUT_EFFECT: Q(effect__in=[Effect.NOT_REDUCED, Effect.UNKNOWN], cancelled_at=None),
    Status.EVALUATED: Q(effect=Effect.REDUCED, cancelled_at=None),
    Status.CANCELLED: Q(cancelled_at__isnull=False),
}


def measures(
    *,
    status: str = "",
    kind: str = "",
    form: str = "",
    owner_id: int | None = None,
    due: str = "",
    unit_id: int | None = None,
) -> QuerySet[Measure]:
    """The measures one sees, the latest first.

    `form` finds those for all forms too. `due`: `OVERDUE` or `UNEVALUATED`. `unit_id`: it and those below.
    """
    found = Measure.objects.order_by("-created_at", "-id")
    if status:
        found = found.filter(_STATUS[Status(status)])
    if kind:
        found = found.filter(kind=kind)
    if form:
        found = found.filter(Q(forms__contains=[form]) | Q(forms=[]))
    if owner_id:
        found = found.filter(owner_id=owner_id)
    if due:
        found = found.filter({OVERDUE: overdue, UNEVALUATED: unevaluated}[due](timezone.localdate()))
    if unit_id:
        found = found.filter(
            unit_id__in=UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
        )
    return found


def measures_in(
    unit_id: int, *, status: str = "", kind: str = "", form: str = "", due: str = ""
) -> QuerySet[Measure]:
    """The measures of a unit and those below it, the latest first."""
    return measures(unit_id=unit_id, status=status, kind=kind, form=form, due=due)


def overdue(today: date) -> Q:
    """Planned, not established, and the date has passed."""
    return _STATUS[Status.PLANNED] & Q(due_on__lt=today)


def unevaluated(today: date) -> Q:
    """Established, and nobody has found an effect in time (`rules.evaluate_by`)."""
    latest = today - relativedelta(months=thresholds().effect_months)
    late = Q(evaluated_at__date__lt=latest) | Q(evaluated_at=None, established_at__date__lt=latest)
    return (_STATUS[Status.ESTABLISHED] | _STATUS[Status.WITHOUT_EFFECT]) & late


def measures_of_origins(origin_kind: str, origin_ids: Collection[UUID]) -> dict[UUID, list[Measure]]:
    """The measures that come from each of these, oldest first, with their owners; one query."""
    found: dict[UUID, list[Measure]] = {origin_id: [] for origin_id in origin_ids}
    rows = (
        Measure.objects.filter(origin_kind=origin_kind, origin_id__in=found)
        .select_related("owner")
        .order_by("created_at", "id")
    )
    for measure in rows:
        if measure.origin_id is not None:
            found[measure.origin_id].append(measure)
    return found


def measures_by_id(ids: Collection[UUID]) -> dict[UUID, Measure]:
    """These measures with their owners, by id; one query."""
    return Measure.objects.select_related("owner").in_bulk(list(ids))


def latest_evaluations(measure_ids: Collection[UUID]) -> list[Evaluation]:
    """The latest evaluation of each of these measures that has one, with the measure; one query."""
    latest = Evaluation.objects.filter(measure_id__in=measure_ids).order_by("measure_id", "-at", "-id")
    return list(latest.distinct("measure_id").select_related("measure"))


def established_for(unit_ids: Collection[int], form: str) -> list[Measure]:
    """What is in use for a meeting form, the best protection first: advice before a meeting (2.2)."""
    found = measures(form=form).filter(
        unit_id__in=unit_ids, established_at__isnull=False, cancelled_at__isnull=True
    )
    return sorted(found, key=lambda measure: (measure.rung.height, measure.title))


@dataclass(frozen=True)
class ListPage:
    """One screen of the list. `older`: the cursor of the next screen, "" at the end."""

    measures: list[Measure]
    older: str


def list_page(found: QuerySet[Measure], cursor: str = "") -> ListPage:
    """The page that begins after `cursor`; three queries. A cursor nobody made counts as none."""
    found = found.filter(after(cursor, moment_field="created_at"))
    # Fetched apart: joined, all that a leader above many units may see would be joined before it is cut.
    rows = list(found.defer("what").prefetch_related("owner", "unit")[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return ListPage(shown, cursor_of(last.created_at, last.id) if last else "")


def counts(found: QuerySet[Measure]) -> dict[str, int]:
    """How many of the latest thousand there are in all, of each status, and late; one query."""
    today = timezone.localdate()
    filters = {status.value: Count("id", filter=condition) for status, condition in _STATUS.items()}
    late = {
        OVERDUE: Count("id", filter=overdue(today)),
        UNEVALUATED: Count("id", filter=unevaluated(today)),
    }
    return found[:COUNT_UP_TO].aggregate(total=Count("id"), **filters, **late)


Happening = Establishment | Evaluation | Postponement | Handover | Cancellation | Escalated


def measure_in_full(measure_id: UUID) -> QuerySet[Measure]:
    """The one measure with unit and people named, and whether its owner still belongs to the unit."""
    return (
        Measure.objects.filter(id=measure_id)
        .select_related("owner", "unit", "created_by")
        .annotate(owner_belongs=owner_belongs())
    )


def owner_belongs() -> Func:
    """Whether the owner of a measure works in its unit or holds a role for it today."""
    return Func(F("owner_id"), F("unit_id"), function="app.belongs_to", output_field=BooleanField())


def story_of(measure: Measure) -> list[Happening]:
    """Everything done about a measure, oldest first; six queries, one for each kind of act."""
    acts: list[QuerySet] = [
        kind._default_manager.filter(measure=measure).select_related("by", *more)
        for kind, more in (
            (Establishment, ()),
            (Evaluation, ()),
            (Postponement, ()),
            (Handover, ("from_owner", "to_owner")),
            (Cancellation, ()),
        )
    ]
    acts.append(Escalated.objects.filter(measure=measure).select_related("to_person"))
    return sorted(chain(*acts), key=lambda act: act.at)


def belongs_to(person_id: int, unit_id: int) -> bool:
    """Whether somebody works in the unit or below it, or holds a role for it, today."""
    with connection.cursor() as cursor:
        cursor.execute("select app.belongs_to(%s, %s)", [person_id, unit_id])
        return bool(cursor.fetchone()[0])


def possible_owners(units: QuerySet[Unit] | Collection[int]) -> QuerySet[Person]:
    """Those who can be given a measure: who work in one of the units or below an office, or hold a role."""
    today = timezone.localdate()
    below = (
        UnitClosure.objects.filter(ancestor__in=units)
        .exclude(ancestor__kind__in=_ABOVE_OFFICES, depth__gt=0)
        .values("descendant_id")
    )
    placed = Placement.objects.filter(current(today), workforce__unit_id__in=below).values("person_id")
    holders = (
        RoleAssignment.objects.filter(current(today), unit__in=units)
        .exclude(role__in=[Role.ADMINISTRATOR, Role.GUARD])
        .values("person_id")
    )
    return Person.objects.filter(Q(id__in=placed) | Q(id__in=holders), ended_on=None).order_by("sort_key")
