"""What is read of assessments. The database decides which ones; nothing here asks who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.meeting_forms import MEETINGS, MeetingForm
from tryggmote.organisation.models import Person, RoleAssignment, Unit, UnitClosure, UnitKind
from tryggmote.organisation.queries import colleagues, current
from tryggmote.risk.models import Activity, Assessment, FactorJudgement, Hazard, Scenario, Version
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import oslo_today

NOT_OF_AN_OFFICE = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


class Coverage(StrEnum):
    """Whether a meeting form, or an activity in it, is assessed today."""

    ASSESSED = "assessed"
    EXPIRED = "expired"
    DRAFT = "draft"
    NONE = "none"

    @property
    def word(self) -> Any:
        """In words."""
        return _COVERAGE[self][0]

    @property
    def variant(self) -> str:
        """The colour and shape of `ui`'s tag."""
        return _COVERAGE[self][1]


_COVERAGE = {
    Coverage.ASSESSED: (_("Vurdert"), "success"),
    Coverage.EXPIRED: (_("Utløpt"), "warning"),
    Coverage.DRAFT: (_("Under arbeid"), "info"),
    Coverage.NONE: (_("Ikke vurdert"), "error"),
}


def units_around(unit_id: int) -> list[int]:
    """The unit and all units above it: whose approved assessments hold for what is done in the unit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select ancestor_id from organisation_unitclosure where descendant_id = %s order by depth",
            [unit_id],
        )
        return [row[0] for row in cursor.fetchall()]


def units_covering(unit_id: int) -> list[int]:
    """The unit and those above it up to the office, nearest first: whose assessments hold for its work (2.1).

    What is assessed for a whole county is no assessment of the rooms and people of one office.
    """
    found = UnitClosure.objects.filter(descendant_id=unit_id).exclude(
        depth__gt=0, ancestor__kind__in=NOT_OF_AN_OFFICE
    )
    return list(found.order_by("depth").values_list("ancestor_id", flat=True))


_HAS_DRAFT = Exists(Version.objects.filter(assessment=OuterRef("id"), approved_at=None))


def assessments_of(unit_id: int) -> list[Assessment]:
    """The assessments of the unit and of those above it, the unit's own first; two queries.

    Each carries `has_draft`.
    """
    around = units_around(unit_id)
    found = (
        Assessment.objects.filter(unit_id__in=around).select_related("unit").annotate(has_draft=_HAS_DRAFT)
    )
    return sorted(found, key=lambda a: (around.index(a.unit_id), a.title.casefold()))


@dataclass(frozen=True)
class FormCoverage:
    """A meeting form the unit uses, and the assessment that covers it best."""

    form: MeetingForm
    coverage: Coverage
    assessment: Assessment | None


def covering(unit: Unit, assessments: Collection[Assessment]) -> list[Assessment]:
    """Those of the assessments that hold for the work of this unit; one query."""
    units = set(units_covering(unit.id))
    return [assessment for assessment in assessments if assessment.unit_id in units]


def coverage_by_form(unit: Unit, assessments: Collection[Assessment]) -> list[FormCoverage]:
    """Each meeting form in the unit's profile, in the usual order, by those that hold for it (2.1)."""
    today = oslo_today()
    used = [form for form in MEETINGS if form.value in unit.meeting_forms]
    return [
        FormCoverage(form, *_best([a for a in assessments if a.covers(form.value)], today)) for form in used
    ]


def _best(candidates: Collection[Assessment], today: date) -> tuple[Coverage, Assessment | None]:
    ranked = sorted(
        ((_coverage_of(assessment, today), assessment) for assessment in candidates),
        key=lambda pair: list(Coverage).index(pair[0]),
    )
    return ranked[0] if ranked else (Coverage.NONE, None)


def _coverage_of(assessment: Assessment, today: date) -> Coverage:
    if assessment.is_in_force(today):
        return Coverage.ASSESSED
    return Coverage.EXPIRED if assessment.approved_number else Coverage.DRAFT


@dataclass(frozen=True)
class Cell:
    """An activity in one of its meeting forms, and how far that is assessed."""

    form: MeetingForm
    coverage: Coverage
    assessment: Assessment | None


@dataclass(frozen=True)
class Row:
    """An activity with one cell for each meeting form it takes."""

    activity: Activity
    cells: list[Cell]

    def by_coverage(self) -> list[tuple[Coverage, list[Cell]]]:
        """The cells under what they say: assessed first, not assessed last."""
        return [(coverage, [c for c in self.cells if c.coverage is coverage]) for coverage in Coverage]


def activities_of(unit_id: int) -> list[Activity]:
    """What the unit does; one query."""
    return list(Activity.objects.filter(unit_id=unit_id, ended_at=None).order_by("added_at", "id"))


def rows_of(activities: Collection[Activity], assessments: Collection[Assessment]) -> list[Row]:
    """The mapping as a table: activities by meeting forms (1.1, 2.1)."""
    today = oslo_today()
    return [
        Row(
            activity,
            [
                Cell(form, *_best(_covering(activity, form, assessments), today))
                for form in MeetingForm
                if form.value in activity.forms
            ],
        )
        for activity in activities
    ]


def _covering(activity: Activity, form: MeetingForm, assessments: Collection[Assessment]) -> list[Assessment]:
    return [assessment for assessment in assessments if assessment.covers(form.value, activity.id)]


def assessment_in_full(assessment_id: UUID) -> QuerySet[Assessment]:
    """One assessment with its unit."""
    return Assessment.objects.filter(id=assessment_id).select_related("unit")


def draft_of(assessment: Assessment) -> Version | None:
    """The version that is worked on, for those who may see it."""
    return _version(assessment, approved_at=None)


def version_of(assessment: Assessment, number: int) -> Version | None:
    """The version with this number, for those who may see it."""
    return _version(assessment, number=number)


def _version(assessment: Assessment, **which: Any) -> Version | None:
    version = Version.objects.filter(assessment=assessment, **which).first()
    if version:
        version.assessment = assessment
    return version


def versions_of(assessment: Assessment) -> list[Version]:
    """All versions that one may see, the latest first, each with why it was opened; two queries."""
    found = Version.objects.filter(assessment=assessment).order_by("-number")
    return list(found.prefetch_related("reopenings__by", "approvals__by"))


def factors_of(version: Version) -> list[FactorJudgement]:
    """The eight factors, and last the judgement of them together."""
    found = list(
        FactorJudgement.objects.filter(version=version).select_related("saved_by").order_by("factor")
    )
    return [*(f for f in found if f.factor), *(f for f in found if not f.factor)]


def people_to_invite(unit_id: int) -> QuerySet[Person]:
    """Those who work in the unit, and those who represent it or serve it from above."""
    today = oslo_today()
    placed = colleagues(unit_id, today)
    serving = RoleAssignment.objects.filter(
        current(today),
        person__ended_on=None,
        unit_id__in=units_around(unit_id),
        role__in=(
            "safety_representative",
            "chief_safety_representative",
            "union_representative",
            "committee_member",
            "occupational_health",
            "county_security_coordinator",
        ),
    )
    return Person.objects.filter(
        Q(id__in=placed.values("id")) | Q(id__in=serving.values("person_id"))
    ).order_by("sort_key")


@dataclass(frozen=True)
class Change:
    """Somebody saved a part of a draft."""

    name: str
    at: datetime
    what: str
    is_taken_out: bool
    scenario_id: UUID | None
    factor: int | None


def changes_since(version: Version, *, since: datetime, passed: int) -> list[Change]:
    """What others have saved in a draft, the latest first; two queries."""
    factors = FactorJudgement.objects.filter(version=version, saved_at__gt=since)
    scenarios = Scenario.objects.filter(version=version, saved_at__gt=since)
    changes = [
        Change(row.saved_by.name, row.saved_at, "", False, None, row.factor)
        for row in factors.exclude(saved_by_id=passed).select_related("saved_by")
        if row.saved_by
    ]
    changes += [
        Change(row.saved_by.name, row.saved_at, row.hazard, row.removed_at is not None, row.id, None)
        for row in scenarios.exclude(saved_by_id=passed).select_related("saved_by")
        if row.saved_by
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)


@dataclass(frozen=True)
class OpenedAgain:
    """What kind of thing has opened an assessment again, in words, and since when."""

    cause: str
    at: datetime


def opened_again(assessment: Assessment) -> list[OpenedAgain]:
    """Why what is in force is being looked at again, for everybody who reads it; one query."""
    with connection.cursor() as cursor:
        cursor.execute("select cause, at from app.opened_again(%s)", [assessment.id])
        return [OpenedAgain(str(Cause(cause).label), at) for cause, at in cursor.fetchall()]


def opened_for(cause: str, cause_id: UUID) -> list[Assessment]:
    """The assessments that something has opened again, those one sees, with `has_draft`; one query."""
    found = Assessment.objects.filter(reopenings__cause=cause, reopenings__cause_id=cause_id)
    return list(found.annotate(has_draft=_HAS_DRAFT).distinct().order_by("title", "id"))


def hazards_waiting(unit_id: int) -> int:
    """How many hazards of the unit and below it nobody has judged; one query."""
    below = UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
    return Hazard.objects.filter(decided_at=None, unit_id__in=below).count()


def in_force_for(unit_id: int, form: str) -> Assessment | None:
    """The nearest approved, unexpired assessment that covers a meeting form in a unit; two queries."""
    covering = units_covering(unit_id)
    found = Assessment.objects.filter(
        unit_id__in=covering, approved_forms__contains=[form], review_on__gte=oslo_today()
    ).select_related("unit")
    return min(found, key=lambda assessment: covering.index(assessment.unit_id), default=None)


def counts_of_scenarios(assessments: Collection[Assessment]) -> dict[UUID, int]:
    """How many scenarios the latest visible version of each has; one query."""
    rows = (
        Scenario.objects.filter(version__assessment__in=assessments, removed_at=None)
        .values("version__assessment_id", "version__number")
        .annotate(n=Count("id"))
        .order_by("version__number")
    )
    return {row["version__assessment_id"]: row["n"] for row in rows}
