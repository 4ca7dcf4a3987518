"""Taking completions in: keep the file, show what it would do, do exactly that, forget the file (4.1)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.once import made_once
from tryggmote.organisation.importing.columns import plain
from tryggmote.organisation.models import Person, Unit, UnitClosure
from tryggmote.training.importing.files import read_file
from tryggmote.training.importing.matching import People, Plan, Row, Someone, our_names, plan_of
from tryggmote.training.models import Completion, CourseName, LocalElement, TrainingFile
from tryggmote.training.models.imports import COURSE_LIMIT, NAME_LIMIT
from tryggmote.training.services import refuse_unless_leader
from tryggmote.ui.dates import oslo_today

KEEP_FILES = timedelta(hours=24)


@transaction.atomic
def keep_file(*, by: SignedInPerson, unit_id: int, file_id: UUID, name: str, content: bytes) -> TrainingFile:
    """Keep a file until its sender has seen what it would do. Nothing else is changed.

    The same `file_id` again returns the first; earlier files of the same person are forgotten.
    Raises: NotAllowed for others than leaders of the unit; BadFile for what cannot be read.
    """
    refuse_unless_leader(unit_id)
    read_file(content, name, oslo_today())
    kept, is_new = made_once(
        TrainingFile,
        id=file_id,
        owner={"by_id": by.id},
        fields={"unit_id": unit_id, "name": name[:NAME_LIMIT], "content": content},
    )
    if is_new:
        TrainingFile.objects.filter(by_id=by.id).exclude(id=file_id).delete()
    return kept


def plan_for_leader(file: TrainingFile) -> Plan:
    """What the file would do now, for those one leads; five queries. Raises BadFile."""
    led = Person.objects.filter(id__in=RawSQL("select unnest(app.people_led())", []))
    return _plan(bytes(file.content), file.name, led, _courses_in(file.unit_id))


def plan_for_all(content: bytes, name: str) -> Plan:
    """What the file would do now, for everybody who is here; for the job. Raises BadFile."""
    people = Person.objects.exclude(ended_on__lt=oslo_today())
    return _plan(content, name, people, our_names() | _names(CourseName.objects.filter(unit=None)))


def _plan(content: bytes, name: str, people: Iterable[Person], courses: Mapping[str, str]) -> Plan:
    found = People(Someone(each.id, each.external_id, each.email, each.name) for each in people)
    reading = read_file(content, name, oslo_today())
    columns = (_("person"), _("opplæring"))
    plan = plan_of(reading, people=found, courses=courses, title=name, columns=columns)
    there = _known(sorted({row.person.id for row in plan.new}))
    plan.known = [row for row in plan.new if row.key in there]
    plan.new = [row for row in plan.new if row.key not in there]
    return plan


def _known(people: Sequence[int]) -> set[tuple[int, str, object]]:
    """Everything these have done, also what a leader has withdrawn: that was wrong, and stays wrong."""
    found = Completion.objects.filter(person_id__in=people)
    return set(found.values_list("person_id", "element", "done_on"))


def _courses_in(unit_id: int) -> dict[str, str]:
    """What courses are called in a unit: by us, by units themselves, by everybody, and nearest last."""
    above = UnitClosure.objects.filter(descendant_id=unit_id).order_by("-depth")
    units = list(above.values_list("ancestor_id", flat=True))
    own = LocalElement.objects.filter(ended_at=None, unit_id__in=units)
    named = list(CourseName.objects.filter(unit_id__in=units))
    nearest_last = [each for unit in units for each in named if each.unit_id == unit]
    return (
        {plain(each.title): str(each.id) for each in own}
        | our_names()
        | _names(CourseName.objects.filter(unit=None))
        | _names(nearest_last)
    )


def _names(found: Iterable[CourseName]) -> dict[str, str]:
    return {each.name: each.element for each in found}


@transaction.atomic
def name_courses(*, by: SignedInPerson, unit_id: int, courses: Mapping[str, str]) -> None:
    """A leader says which element each course is, "" for none of ours. Remembered; the latest word counts.

    Raises: NotAllowed for others than leaders of the unit.
    """
    refuse_unless_leader(unit_id)
    _remember(courses, unit=Unit(id=unit_id), by_id=by.id)


def name_courses_for_all(courses: Mapping[str, str]) -> None:
    """The same for the whole organisation; for the job."""
    _remember(courses, unit=None, by_id=None)


def _remember(courses: Mapping[str, str], *, unit: Unit | None, by_id: int | None) -> None:
    for course, element in courses.items():
        CourseName.objects.update_or_create(
            unit=unit,
            name=plain(course)[:COURSE_LIMIT],
            defaults={"element": element, "by_id": by_id, "at": timezone.now()},
        )


@transaction.atomic
def take_in(*, by: SignedInPerson, file: TrainingFile) -> int:
    """Record what is new in the file, for those one leads, and forget the file. Returns how many.

    Raises: BadFile; NotPossible when the file has been taken in already.
    """
    plan = plan_for_leader(file)
    gone, _rows = TrainingFile.objects.filter(id=file.id).delete()
    if not gone:
        raise NotPossible(_("Denne filen er tatt inn allerede."))
    return _record("select app.import_training(%s::bigint[], %s::text[], %s::date[])", plan.new)


def record_for_all(rows: Sequence[Row]) -> int:
    """Record rows of a plan for everybody; for the job. Returns how many were new."""
    return _record("select app.record_imported(%s::bigint[], %s::text[], %s::date[], null)", rows)


def _record(sql: str, rows: Sequence[Row]) -> int:
    people, elements = [row.person.id for row in rows], [row.element for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(sql, [people, elements, [row.done_on for row in rows]])
        return int(cursor.fetchone()[0])


def forget_old_files() -> None:
    """Remove files that nobody decided on within a day."""
    TrainingFile.objects.filter(created_at__lt=timezone.now() - KEEP_FILES).delete()
