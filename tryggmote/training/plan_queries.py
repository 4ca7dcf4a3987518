"""What is read of units' plans for the year (4.1). The database decides whose; nothing here asks who."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Min, QuerySet

from tryggmote.organisation.standing import representatives_of
from tryggmote.residual.rules import Voice
from tryggmote.training.models import Plan, PlanHearing, PlanItem
from tryggmote.training.names import names_of
from tryggmote.training.plan_vocabulary import Cause, Progress
from tryggmote.training.planning import Item, Need, obstacles, progress_in, why
from tryggmote.training.vocabulary import Kind
from tryggmote.ui.dates import OSLO, oslo_today

_NEEDS = """
select n.element, n.kind, n.until, n.is_renewal, sum(n.n)
from evidence_training_needs n
join organisation_unitclosure c on c.descendant_id = n.unit_id and c.ancestor_id = %s
group by n.element, n.place, n.kind, n.until, n.is_renewal
order by n.place, n.element, n.until nulls first
"""


def needs_of(unit_id: int) -> list[Need]:
    """How those in the unit and below it stand, in the order of the elements; for those who lead it."""
    with connection.cursor() as cursor:
        cursor.execute(_NEEDS, [unit_id])
        rows = cursor.fetchall()
    return [
        Need(element, Kind(kind), until, is_renewal, people)
        for element, kind, until, is_renewal, people in rows
    ]


def editions_of(unit_id: int, year: int) -> list[Plan]:
    """All editions one may see, the latest first, with who wrote and approved each."""
    found = Plan.objects.filter(unit_id=unit_id, year=year).select_related("unit", "by", "approval__by")
    return list(found.order_by("-number"))


def plan_in_full(plan_id: UUID) -> QuerySet[Plan]:
    """The one edition with its unit."""
    return Plan.objects.filter(id=plan_id).select_related("unit", "by", "approval__by")


@dataclass(frozen=True)
class Line:
    """Something in a plan as it is shown. `progress` is None for a draft, and for those who see no counts."""

    item: PlanItem
    name: str
    why: str
    progress: Progress | None


def lines_of(plan: Plan, *, with_progress: bool) -> list[Line]:
    """What stands in the plan, by month; at most four queries."""
    items = list(PlanItem.objects.filter(plan=plan, removed_at=None).order_by("month", "at", "id"))
    names = names_of(item.element for item in items)
    states = _progress_of(plan, items) if with_progress else {}
    return [
        Line(item, names[item.element], why(Cause(item.cause), item.people), states.get(item.id))
        for item in items
    ]


def _progress_of(plan: Plan, items: list[PlanItem]) -> Mapping[object, Progress]:
    first = Plan.objects.filter(unit_id=plan.unit_id, year=plan.year).aggregate(at=Min("at"))["at"]
    return _progress_since(first, plan, items, _done_in([plan.unit_id])[plan.unit_id])


def _progress_since(
    begun: datetime, plan: Plan, items: list[PlanItem], done: list[tuple[str, date, int]]
) -> Mapping[object, Progress]:
    """How far the plan has come, counted from when its first edition was begun."""
    since = max(date(plan.year, 1, 1), begun.astimezone(OSLO).date())
    counted: dict[str, int] = defaultdict(int)
    for element, on, number in done:
        if since <= on <= date(plan.year, 12, 31):
            counted[element] += number
    return progress_in(
        [Item(item.id, item.element, item.month, item.people) for item in items],
        counted,
        year=plan.year,
        today=oslo_today(),
    )


_DONE = """
select asked.id, d.element, d.done_on, sum(d.n)
from unnest(%(units)s::integer[]) asked(id)
left join organisation_unitclosure c on c.ancestor_id = asked.id
left join evidence_training_done d on d.unit_id = c.descendant_id
where asked.id = any (app.units_led() || app.units_represented() || app.units_overseen())
group by asked.id, d.element, d.done_on
"""


def _done_in(unit_ids: Collection[int]) -> dict[int, list[tuple[str, date, int]]]:
    """How many went through what on which day, of the units whose counts one sees, each with all below it."""
    found: dict[int, list[tuple[str, date, int]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_DONE, {"units": list(unit_ids)})
        for unit_id, element, on, number in cursor.fetchall():
            found[unit_id] += [(element, on, int(number))] if element else []
    return found


def removed_from(plan: Plan) -> list[tuple[PlanItem, str]]:
    """What the gaps asked for and a leader took out, each with its name."""
    items = list(PlanItem.objects.filter(plan=plan).exclude(removed_why="").order_by("month", "at", "id"))
    names = names_of(item.element for item in items)
    return [(item, names[item.element]) for item in items]


@dataclass(frozen=True)
class Planned:
    """Something that is planned for a unit. `progress`: None for those who see no counts, and in a draft."""

    plan: Plan
    item: PlanItem
    name: str
    progress: Progress | None


def planned_in(unit_ids: Collection[int], years: Iterable[int]) -> list[Planned]:
    """What stands in the plans in force of these years, in drafts where there is no other; four queries.

    Drafts are seen by those who write them, as the policies say.
    """
    editions = Plan.objects.filter(unit_id__in=unit_ids, year__in=list(years)).order_by("number")
    shown: dict[tuple[int, int], Plan] = {}
    begun: dict[tuple[int, int], datetime] = {}
    for plan in editions:
        begun.setdefault((plan.unit_id, plan.year), plan.at)
        if plan.approved_at or (plan.unit_id, plan.year) not in shown:
            shown[plan.unit_id, plan.year] = plan
    items: dict[UUID, list[PlanItem]] = defaultdict(list)
    for item in PlanItem.objects.filter(plan__in=shown.values(), removed_at=None).order_by("month", "at"):
        items[item.plan_id].append(item)
    names = names_of(item.element for each in items.values() for item in each)
    done = _done_in(unit_ids) if items else {}
    found = []
    for key, plan in shown.items():
        is_counted = plan.approved_at is not None and plan.unit_id in done
        progress = _progress_since(begun[key], plan, items[plan.id], done[plan.unit_id]) if is_counted else {}
        found += [Planned(plan, item, names[item.element], progress.get(item.id)) for item in items[plan.id]]
    return found


@dataclass(frozen=True)
class Said:
    """What a safety representative said, or why they did not; `hearing` None while nobody knows."""

    person_id: int | None
    name: str
    hearing: PlanHearing | None


def heard_on(plan: Plan) -> list[Said]:
    """Each safety representative of the unit with what they said last; and those who said something before.

    What somebody says themselves is not covered by what a leader records of them. Two queries.
    """
    latest: dict[int | None, PlanHearing] = {}
    for hearing in PlanHearing.objects.filter(plan=plan).select_related("person", "by").order_by("at", "id"):
        before = latest.get(hearing.person_id)
        if hearing.is_own or before is None or not before.is_own:
            latest[hearing.person_id] = hearing
    said = [
        Said(each.person_id, each.name, latest.pop(each.person_id, None))
        for each in representatives_of(plan.unit_id)
    ]
    left = [
        Said(person_id, hearing.person.name if hearing.person else "", hearing)
        for person_id, hearing in latest.items()
    ]
    return said + left


def obstacles_to(plan: Plan) -> list[str]:
    """What stands in the way of approval now; three queries."""
    said = heard_on(plan)
    return obstacles(
        [Voice(each.name, each.hearing is not None) for each in said if each.person_id],
        nobody_recorded=any(each.person_id is None for each in said),
        items=PlanItem.objects.filter(plan=plan, removed_at=None).count(),
    )
