"""What is read of lessons and patterns. The database decides which ones; nothing here asks who is looking."""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.models import Incident
from tryggmote.learning.models import Lesson, LessonAsking, LessonSource, LessonVersion, Pattern
from tryggmote.learning.rules import names_in, ways_to_ask
from tryggmote.learning.vocabulary import PatternKind
from tryggmote.organisation.models import Unit, UnitKind
from tryggmote.organisation.queries import colleagues
from tryggmote.risk.libraries import ALL_TOGETHER, factors

PAGE_SIZE = 20
MOST_DRAFTS = 20
MOST_PATTERNS = 100
SHOWN_DAYS = 90
SOURCES_WITHIN = timedelta(days=365)
MOST_SOURCES = 50
_ABOVE_OFFICES = (UnitKind.DIRECTORATE, UnitKind.COUNTY, UnitKind.MUNICIPALITY)


def shared_lessons(
    *, q: str = "", form: str = "", circumstance: int | None = None, unit_id: int | None = None
) -> QuerySet[LessonVersion]:
    """The lessons one may read, as they are shared: best match first if words are sought, else latest first.

    `q`: words as people type them, in Norwegian forms of any kind ("trusler" finds "trussel"); `form` and
    `circumstance` (a factor of § 23A-1) find lessons about everything too.
    """
    found = LessonVersion.objects.filter(
        number=F("lesson__shared_number"), lesson__withdrawn_at=None
    ).select_related("lesson__unit")
    if form:
        found = found.filter(Q(forms__contains=[form]) | Q(forms=[]))
    if circumstance:
        found = found.filter(circumstances__contains=[circumstance])
    if unit_id:
        found = found.filter(lesson__unit_id=unit_id)
    if not q:
        return found.order_by("-lesson__shared_at", "-id")
    words = reduce(
        or_, (SearchQuery(way, config="norwegian", search_type="websearch") for way in ways_to_ask(q))
    )
    return found.filter(search=words).order_by(
        SearchRank(F("search"), words).desc(), "-lesson__shared_at", "-id"
    )


def drafts(person: SignedInPerson) -> list[LessonVersion]:
    """Drafts of the units one leads or represents, the latest first; one query."""
    found = LessonVersion.objects.filter(_written_by_me("lesson__unit_id"), shared_at=None)
    return list(
        found.filter(lesson__withdrawn_at=None)
        .select_related("lesson__unit", "by")
        .order_by("-at")[:MOST_DRAFTS]
    )


def asked_of(person: SignedInPerson) -> list[LessonAsking]:
    """What this person has been asked about and not answered, of drafts as they are now; one query."""
    return list(
        LessonAsking.objects.filter(
            person_id=person.id, answer="", version__shared_at=None, revision=F("version__revision"),
            version__lesson__withdrawn_at=None,
        ).select_related("version__lesson__unit").order_by("at")
    )  # fmt: skip


def units_to_write_for() -> QuerySet[Unit]:
    """Workplaces that the one who asks leads or represents, in Norwegian order."""
    return (
        Unit.objects.filter(_written_by_me("id"), ended_on=None)
        .exclude(kind__in=_ABOVE_OFFICES)
        .order_by("sort_key")
    )


def _written_by_me(column: str) -> Q:
    units = RawSQL("select unnest(app.units_led() || app.units_represented())", [])
    return Q(**{f"{column}__in": units})


@dataclass(frozen=True)
class Reading:
    """A lesson as one person finds it. `shown`: the version on the screen; `draft`: the one in writing.

    `asking`: what this person was asked last; `askings`: those the person may see of the draft as it is.
    """

    lesson: Lesson
    shown: LessonVersion
    draft: LessonVersion | None
    asking: LessonAsking | None
    askings: list[LessonAsking]
    sources: list[LessonSource]


def reading_of(lesson: Lesson, person: SignedInPerson) -> Reading | None:
    """The lesson with its versions, sources and answers, as far as this person sees them; three queries."""
    versions = list(LessonVersion.objects.filter(lesson=lesson).select_related("by").order_by("-number"))
    for version in versions:
        version.lesson = lesson
    askings = list(
        LessonAsking.objects.filter(version__lesson=lesson)
        .select_related("version", "person")
        .order_by("-at")
    )
    draft = next((version for version in versions if version.shared_at is None), None)
    shared = next((version for version in versions if version.number == lesson.shared_number), None)
    mine = next((asking for asking in askings if asking.person_id == person.id), None)
    asked_about = next((version for version in versions if mine and version.id == mine.version_id), None)
    is_asked = mine is not None and not mine.answer
    shown = (
        (asked_about if is_asked else None) or shared or asked_about or draft or next(iter(versions), None)
    )
    if shown is None:
        return None
    current = [
        asking
        for asking in askings
        if draft and asking.version_id == draft.id and asking.revision == draft.revision
    ]
    sources = list(LessonSource.objects.filter(lesson=lesson).select_related("incident").order_by("at"))
    return Reading(lesson, shown, draft, mine, current, sources)


def possible_sources(lesson: Lesson) -> QuerySet[Incident]:
    """Incidents of the unit and below it from the last year that one sees, not named yet."""
    below = RawSQL(
        "select descendant_id from organisation_unitclosure where ancestor_id = %s", [lesson.unit_id]
    )
    return (
        Incident.objects.filter(workforce__unit_id__in=below, created_at__gte=timezone.now() - SOURCES_WITHIN)
        .exclude(id__in=LessonSource.objects.filter(lesson=lesson).values("incident_id"))
        .defer("what_happened")
        .order_by("-created_at")
    )


def names_to_look_for(unit_id: int, version: LessonVersion) -> list[str]:
    """Words of the version that are also names of people in the unit; one query."""
    text = "\n".join([version.title, version.happened, version.learned, version.changed])
    return names_in(text, colleagues(unit_id, timezone.localdate()).values_list("name", flat=True))


def circumstance_words(numbers: list[int]) -> list[str]:
    """Factors of § 23A-1 in words."""
    return [str(factor.title) for factor in factors() if factor.number in numbers]


def circumstance_choices() -> list[tuple[int, str]]:
    """The eight factors of § 23A-1, by number."""
    return [(factor.number, str(factor.title)) for factor in factors() if factor.number != ALL_TOGETHER]


def patterns() -> list[Pattern]:
    """What was seen in the last three months that one may see, the latest first; one query."""
    since = timezone.localdate() - timedelta(days=SHOWN_DAYS)
    return list(
        Pattern.objects.filter(until_on__gte=since)
        .select_related("unit", "person")
        .order_by("-until_on", "-n", "id")[:MOST_PATTERNS]
    )


def units_where_all_is_shown(found: list[Pattern]) -> set[int]:
    """Of the units of these patterns, those that the one who asks leads or represents; one query."""
    ids = {pattern.unit_id for pattern in found if pattern.kind == PatternKind.SETTING and pattern.unit_id}
    near = Unit.objects.filter(_written_by_me("id"), id__in=ids)
    return set(near.values_list("id", flat=True))


def version_of(lesson_id: UUID) -> QuerySet[LessonVersion]:
    """The draft of a lesson with its unit named."""
    return LessonVersion.objects.filter(lesson_id=lesson_id, shared_at=None).select_related(
        "lesson__unit", "by"
    )
