"""What is read of hazards. The database decides which ones; nothing here asks who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import UnitClosure
from tryggmote.risk import queries
from tryggmote.risk.content import scenarios_of
from tryggmote.risk.hazard_rules import State, state_of
from tryggmote.risk.models import Assessment, Hazard, HazardDecision, HazardEscalation, Scenario
from tryggmote.risk.vocabulary import Outcome, Source
from tryggmote.ui.cursors import after, cursor_of

PAGE_SIZE = 25
COUNT_UP_TO = 1000
MOST_TO_MERGE_WITH = 50


def hazards(
    *,
    state: str = "",
    source: str = "",
    form: str = "",
    unit_id: int | None = None,
    raised_by_id: int | None = None,
) -> QuerySet[Hazard]:
    """The hazards one sees, in no order. `unit_id`: those of the unit and below it."""
    found = Hazard.objects.all()
    if state:
        found = found.filter(_in_state(State(state), timezone.now()))
    if source:
        found = found.filter(source=source)
    if form:
        found = found.filter(forms__contains=[form])
    if unit_id:
        below = UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
        found = found.filter(unit_id__in=below)
    if raised_by_id:
        found = found.filter(raised_by_id=raised_by_id)
    return found


def _in_state(state: State, now: datetime) -> Q:
    """The hazards in a state. Those over the deadline wait too."""
    if state is State.WAITING:
        return Q(decided_at=None)
    if state is State.OVERDUE:
        return Q(decided_at=None, due_at__lte=now)
    return Q(decision__outcome=state.value)


def counts(found: QuerySet[Hazard]) -> dict[str, int]:
    """How many of the latest thousand there are in all and in each state; one query."""
    now = timezone.now()
    in_states = {state.value: Count("id", filter=_in_state(state, now)) for state in State}
    latest = found.order_by("-raised_at", "-id")[:COUNT_UP_TO]
    return Hazard.objects.filter(id__in=latest.values("id")).aggregate(total=Count("id"), **in_states)


@dataclass(frozen=True)
class Line:
    """A hazard as lists show it."""

    hazard: Hazard
    state: State
    source_word: str
    form_words: list[str]


def _line(hazard: Hazard, outcome: str, now: datetime) -> Line:
    return Line(
        hazard=hazard,
        state=state_of(outcome=outcome, due_at=hazard.due_at, now=now),
        source_word=str(Source(hazard.source).label),
        form_words=form_words(hazard),
    )


def form_words(hazard: Hazard) -> list[str]:
    """The meeting forms in words."""
    return [str(MeetingForm(form).label) for form in hazard.forms if form in MeetingForm.values]


def lines_of(rows: list[Hazard]) -> list[Line]:
    """The hazards as lists show them; one query."""
    outcomes = dict(
        HazardDecision.objects.filter(hazard__in=[row for row in rows if row.decided_at]).values_list(
            "hazard_id", "outcome"
        )
    )
    now = timezone.now()
    return [_line(row, outcomes.get(row.id, ""), now) for row in rows]


@dataclass(frozen=True)
class ListPage:
    """One screen of the list. `older`: the cursor of the next screen, "" at the end."""

    lines: list[Line]
    older: str


_WAITING, _DECIDED = "v", "a"


def list_page(found: QuerySet[Hazard], cursor: str = "") -> ListPage:
    """Those that wait, the earliest deadline first, then those decided, the latest first; four queries.

    `cursor`: where the screen begins. One that nobody made counts as none.
    """
    part, _, place = cursor.partition(".")
    rows: list[Hazard] = []
    if part != _DECIDED:
        waiting = found.filter(after(place, moment_field="due_at", is_rising=True), decided_at=None)
        rows += waiting.order_by("due_at", "id").prefetch_related("unit")[: PAGE_SIZE + 1]
    if len(rows) <= PAGE_SIZE:
        begin = after(place, moment_field="decided_at") if part == _DECIDED else Q()
        decided = found.filter(begin, decided_at__isnull=False).order_by("-decided_at", "-id")
        rows += decided.prefetch_related("unit")[: PAGE_SIZE + 1 - len(rows)]
    shown = rows[:PAGE_SIZE]
    return ListPage(lines_of(shown), _cursor_after(shown[-1]) if len(rows) > PAGE_SIZE else "")


def _cursor_after(last: Hazard) -> str:
    if last.decided_at:
        return f"{_DECIDED}.{cursor_of(last.decided_at, last.id)}"
    return f"{_WAITING}.{cursor_of(last.due_at, last.id)}"


def hazard_in_full(hazard_id: UUID) -> QuerySet[Hazard]:
    """The one hazard with its unit and whoever raised it."""
    return Hazard.objects.filter(id=hazard_id).select_related("unit", "raised_by")


def hazard_from(source: Source, source_id: UUID) -> Hazard | None:
    """The hazard that something reported has brought, for those who may see it; one query."""
    return Hazard.objects.filter(source=source, source_id=source_id).first()


def hazards_from_all(source: Source, source_ids: Collection[UUID]) -> dict[UUID, Hazard]:
    """The hazard that each of these raised, by its id; those one does not see are left out."""
    found = Hazard.objects.filter(source=source, source_id__in=source_ids)
    return {hazard.source_id: hazard for hazard in found if hazard.source_id}


def address_of_hazard(hazard_id: UUID) -> str:
    """Where the hazard is found, "" for one who may not see it."""
    hazard = Hazard.objects.filter(id=hazard_id).only("id").first()
    return hazard.get_absolute_url() if hazard else ""


@dataclass(frozen=True)
class Story:
    """What became of a hazard. `merged_here`: those merged into it that one may see."""

    decision: HazardDecision | None
    escalations: list[HazardEscalation]
    merged_here: list[Hazard]
    scenario: Scenario | None


def story_of(hazard: Hazard) -> Story:
    """All that was done about a hazard; three or four queries."""
    decision = (
        HazardDecision.objects.filter(hazard=hazard).select_related("by", "assessment", "merged_into").first()
    )
    escalations = HazardEscalation.objects.filter(hazard=hazard).select_related("to_person")
    return Story(
        decision=decision,
        escalations=list(escalations.order_by("at", "to_person__sort_key")),
        merged_here=merged_into(hazard.id),
        scenario=_scenario_of(decision),
    )


def _scenario_of(decision: HazardDecision | None) -> Scenario | None:
    """The scenario as it is now; None when it is taken out, or not shown to the one who asks."""
    if decision is None or decision.assessment is None or decision.lineage is None:
        return None
    found = Scenario.objects.filter(lineage=decision.lineage, version__assessment=decision.assessment)
    latest = found.order_by("-version__number").first()
    return latest if latest and latest.removed_at is None else None


_MERGED_INTO = """
with recursive merged as (
  select hazard_id from risk_hazarddecision where merged_into_id = %s
  union
  select d.hazard_id from merged join risk_hazarddecision d on d.merged_into_id = merged.hazard_id
)
select h.* from risk_hazard h join merged on merged.hazard_id = h.id order by h.raised_at, h.id
"""
_END_OF_MERGES = """
with recursive onward as (
  select %(start)s::uuid as id
  union
  select d.merged_into_id from onward join risk_hazarddecision d on d.hazard_id = onward.id
  where d.merged_into_id is not null
)
select id from onward
where not exists (
  select 1 from risk_hazarddecision d where d.hazard_id = onward.id and d.merged_into_id is not null)
"""


def merged_into(hazard_id: UUID) -> list[Hazard]:
    """The hazards merged into this one, directly or by way of another, oldest first; one query."""
    return list(Hazard.objects.raw(_MERGED_INTO, [hazard_id]))


def end_of_merges(hazard_id: UUID) -> UUID:
    """The hazard in which this one ended: itself, when it was not merged with another; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_END_OF_MERGES, {"start": hazard_id})
        row: tuple[UUID] = cursor.fetchone()
        return row[0]


def to_merge_with(hazard: Hazard) -> list[Line]:
    """Hazards of the unit that this one may be the same as, those in a form of its own first; two queries."""
    others = (
        Hazard.objects.filter(unit_id=hazard.unit_id)
        .exclude(id=hazard.id)
        .exclude(decision__outcome=Outcome.MERGED)
        .order_by("-raised_at", "-id")[:MOST_TO_MERGE_WITH]
    )
    return lines_of(sorted(others, key=lambda other: not set(other.forms) & set(hazard.forms)))


def assessments_for(hazard: Hazard) -> list[Assessment]:
    """The assessments in which a hazard can belong, those of its meeting forms first; three queries."""
    covering = queries.units_covering(hazard.unit_id)
    of_unit = [found for found in queries.assessments_of(hazard.unit_id) if found.unit_id in covering]
    return sorted(of_unit, key=lambda found: not set(found.forms) & set(hazard.forms))


def assessment_for(hazard: Hazard, assessment_id: UUID) -> QuerySet[Assessment]:
    """One assessment in which a hazard can belong, with its unit."""
    covering = queries.units_covering(hazard.unit_id)
    return queries.assessment_in_full(assessment_id).filter(unit_id__in=covering)


def scenarios_now(assessment: Assessment) -> QuerySet[Scenario]:
    """The scenarios of the draft, for those who may see it, else of what is in force; one or two queries."""
    version = queries.draft_of(assessment)
    if version is None and assessment.approved_number:
        version = queries.version_of(assessment, assessment.approved_number)
    return scenarios_of(version) if version else Scenario.objects.none()


def scenarios_to_choose(hazard: Hazard, assessment: Assessment) -> list[Scenario]:
    """The scenarios as they are now, those in a form of the hazard first; two or three queries."""
    return sorted(scenarios_now(assessment), key=lambda scenario: not set(scenario.forms) & set(hazard.forms))
