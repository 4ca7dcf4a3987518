"""What is read of procedures. The database decides which ones; nothing here asks who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.safestring import SafeString

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.markdown import Shown, to_html
from tryggmote.controls.models import (
    Procedure,
    ProcedurePicture,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.organisation.models import Person, Unit, UnitClosure
from tryggmote.organisation.queries import colleagues
from tryggmote.organisation.standing import units_led

PAGE_SIZE = 50
IN_FORCE = "in_force"
DRAFT = "draft"
LATE = "late"
ENDED = "ended"


def procedures(
    *, here: Collection[int] = (), kind: str = "", form: str = "", show: str = ""
) -> QuerySet[Procedure]:
    """The procedures one sees, by title. `here`: those that hold in these units, their own and from above.

    `show`: in force, with a draft, past the day of review, or ended; else all that have not ended.
    """
    found = Procedure.objects.order_by("title", "id")
    if here:
        above = UnitClosure.objects.filter(descendant_id__in=here).values("ancestor_id")
        found = found.filter(unit_id__in=above)
    if kind:
        found = found.filter(kind=kind)
    if form:
        found = found.filter(Q(forms__contains=[form]) | Q(forms=[]))
    return found.filter(_shown(show))


def _shown(show: str) -> Q:
    in_force = Q(in_force_number__isnull=False, ended_at=None)
    return {
        IN_FORCE: in_force,
        DRAFT: Q(Exists(ProcedureVersion.objects.filter(procedure=OuterRef("pk"), approved_at=None))),
        LATE: in_force & Q(review_on__lt=timezone.localdate()),
        ENDED: Q(ended_at__isnull=False),
    }.get(show, Q(ended_at=None))


def with_unread_by(found: QuerySet[Procedure], person: SignedInPerson) -> QuerySet[Procedure]:
    """The same procedures, each with `is_unread`: it must be read by this person, and they have not."""
    units = [placement.unit_id for placement in person.placements]
    if not units:
        return found.annotate(is_unread=Value(False, output_field=BooleanField()))
    here = UnitClosure.objects.filter(descendant_id__in=units).values("ancestor_id")
    read = ProcedureReading.objects.filter(
        procedure=OuterRef("pk"), person_id=person.id, number__gte=OuterRef("must_read_number")
    )
    must_read = Q(must_read_number__isnull=False, ended_at=None, unit_id__in=here)
    return found.annotate(is_unread=must_read & ~Q(Exists(read)))


def procedure_in_full(procedure_id: UUID, person: SignedInPerson) -> QuerySet[Procedure]:
    """The one procedure with its unit named, and whether this person has it to read."""
    return with_unread_by(Procedure.objects.filter(id=procedure_id), person).select_related("unit", "parent")


def draft_of(procedure: Procedure) -> ProcedureVersion | None:
    """The version that is written on, when there is one that one may see."""
    return (
        ProcedureVersion.objects.filter(procedure_id=procedure.id, approved_at=None)
        .select_related("procedure__unit", "by")
        .first()
    )


def version_in_force(procedure: Procedure) -> ProcedureVersion | None:
    """The version that holds, with who approved it."""
    return (
        ProcedureVersion.objects.filter(procedure_id=procedure.id, number=F("procedure__in_force_number"))
        .select_related("approval__by", "by")
        .first()
    )


def versions_of(procedure: Procedure) -> list[ProcedureVersion]:
    """All versions one may see, the latest first, with who wrote and approved them; one query."""
    return list(
        ProcedureVersion.objects.filter(procedure_id=procedure.id)
        .select_related("approval__by", "by")
        .order_by("-number")
    )


_CHAIN = """
with recursive up(id, parent_id, depth) as (
  select id, parent_id, 0 from controls_procedure where id = %s
  union all
  select p.id, p.parent_id, up.depth + 1 from up join controls_procedure p on p.id = up.parent_id
  where up.depth < 10
)
select p.* from up join controls_procedure p on p.id = up.id order by up.depth desc
"""


def chain_of(procedure_id: UUID) -> list[Procedure]:
    """The procedure and all it adds to, from the top; two queries."""
    return list(Procedure.objects.raw(_CHAIN, [procedure_id]).prefetch_related("unit"))


@dataclass(frozen=True)
class Part:
    """What one unit says in a procedure: its text as HTML, and from when."""

    procedure: Procedure
    version: ProcedureVersion
    html: SafeString


def parts_in_force(procedure: Procedure) -> list[Part]:
    """The text that holds, first what comes from above, then the unit's own; four queries."""
    chain = [part for part in chain_of(procedure.id) if part.is_in_force or part.id == procedure.id]
    ids = [part.id for part in chain]
    texts, pictures = versions_in_force(ids), pictures_of(ids)
    return [
        Part(part, texts[part.id], to_html(texts[part.id].text, pictures))
        for part in chain
        if part.id in texts
    ]


def versions_in_force(procedure_ids: Collection[UUID]) -> dict[UUID, ProcedureVersion]:
    """The version that holds of each of these procedures that has one; one query."""
    found = ProcedureVersion.objects.filter(
        procedure_id__in=procedure_ids, number=F("procedure__in_force_number")
    )
    return {version.procedure_id: version for version in found}


def draft_as_html(draft: ProcedureVersion) -> SafeString:
    """The draft as it will be read."""
    return to_html(draft.text, pictures_of([draft.procedure_id]))


def pictures_of(procedure_ids: Collection[UUID]) -> dict[UUID, Shown]:
    """The pictures that the texts of these procedures may show; one query."""
    found = ProcedurePicture.objects.filter(procedure_id__in=procedure_ids).only(
        "id", "alt", "width", "height"
    )
    return {
        picture.id: Shown(picture.get_absolute_url(), picture.alt, picture.width, picture.height)
        for picture in found
    }


def possible_parents(unit_ids: Collection[int]) -> QuerySet[Procedure]:
    """What a procedure of one of these units can add to: those in force in units above."""
    above = UnitClosure.objects.filter(descendant_id__in=unit_ids, depth__gt=0).values("ancestor_id")
    return procedures(show=IN_FORCE).filter(unit_id__in=above).select_related("unit")


def holds_in(procedure: Procedure, unit_id: int) -> bool:
    """Whether the procedure is for this unit too: its own, or of a unit above it."""
    return UnitClosure.objects.filter(ancestor_id=procedure.unit_id, descendant_id=unit_id).exists()


@dataclass(frozen=True)
class ReadCount:
    """How many of those who work in a unit have read what they must."""

    read: int
    audience: int

    @property
    def missing(self) -> int:
        return self.audience - self.read


_READ_COUNT = """
select count(*) filter (where exists (
         select 1 from controls_procedurereading r
         where r.procedure_id = %(procedure)s and r.person_id = audience.person_id
           and r.number >= %(number)s)),
       count(*)
from (
  select distinct pl.person_id
  from organisation_unitclosure c
  join organisation_workforce w on w.unit_id = c.descendant_id
  join organisation_placement pl on pl.workforce_id = w.id
    and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  join organisation_person p on p.id = pl.person_id and coalesce(p.ended_on >= app.today(), true)
  where c.ancestor_id = %(unit)s
) audience
"""


def read_count(procedure: Procedure, unit_id: int) -> ReadCount:
    """Of those who work in the unit or below it, how many have read what must be read; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            _READ_COUNT,
            {"procedure": procedure.id, "unit": unit_id, "number": procedure.must_read_number},
        )
        return ReadCount(*cursor.fetchone())


def not_read_by(procedure: Procedure, unit_id: int) -> QuerySet[Person]:
    """Those who work in the unit or below it and have not read the version that must be read, by name."""
    read = ProcedureReading.objects.filter(
        procedure=procedure, person=OuterRef("pk"), number__gte=procedure.must_read_number
    )
    return colleagues(unit_id, timezone.localdate()).exclude(Exists(read))


def units_to_write_for(person: SignedInPerson) -> QuerySet[Unit]:
    """Units one may write a procedure for: those one works in, represents or leads, in Norwegian order."""
    return Unit.objects.filter(
        Q(id__in=[unit.id for unit in person.units]) | Q(id__in=units_led().values("id")), ended_on=None
    ).order_by("sort_key")
