"""Procedures in force: the unit's own and those of all units above, which hold there too (2.3, 2.4, 3.6)."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left
from django.utils.functional import lazy
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.markdown import first_words
from tryggmote.controls.models import Procedure, ProcedureVersion
from tryggmote.controls.procedure_queries import pictures_of, versions_in_force
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.handbook.registry import Book, Chapter, Entry, FullText, Words

SHOWN = 160
_SECTIONS: dict[str, Words] = {
    ProcedureKind.REPORTING: gettext_lazy("Å melde fra"),
    ProcedureKind.WRITTEN_INSTRUCTION: gettext_lazy("Særlig farlig arbeid"),
    ProcedureKind.PROCEDURE: gettext_lazy("Slik gjør vi det"),
}
_ORDER = list(_SECTIONS)


def in_force(book: Book) -> QuerySet[Procedure]:
    """Those that everybody in the unit is to know."""
    return Procedure.objects.filter(
        unit_id__in=book.all_ids, in_force_number__isnull=False, ended_at=None
    ).select_related("unit")


def entries(book: Book) -> list[Entry]:
    """Each procedure with its first words; one query."""
    begins = ProcedureVersion.objects.filter(
        procedure=OuterRef("pk"), number=OuterRef("in_force_number")
    ).values(words=Left("text", 3 * SHOWN))
    found = in_force(book).annotate(begins=Subquery(begins)).order_by("title", "id")
    return [_entry(procedure, book) for procedure in sorted(found, key=lambda each: _ORDER.index(each.kind))]


def _entry(procedure: Procedure, book: Book) -> Entry:
    is_first = procedure.in_force_number == 1
    return Entry(
        procedure.id,
        procedure.title,
        _shortened(procedure.begins),  # type: ignore[attr-defined] # annotated
        url=procedure.get_absolute_url(),
        facts=_facts(procedure, book),
        sections=(_SECTIONS[procedure.kind],),
        has_more=True,
        since=procedure.in_force_at if is_first else procedure.created_at,
        changed_at=procedure.in_force_at,
    )


def _beginning(text: str) -> str:
    return Truncator(first_words(text)).chars(SHOWN)


_shortened = lazy(_beginning, str)


def _facts(procedure: Procedure, book: Book) -> tuple[tuple[Words, Words], ...]:
    facts: list[tuple[Words, Words]] = []
    if procedure.forms:
        facts.append((_("Gjelder for"), ", ".join(procedure.form_words)))
    if procedure.unit_id not in book.unit_ids:
        facts.append((_("Fra"), procedure.unit.name))
    return tuple(facts)


def texts(book: Book, only: UUID | None) -> list[FullText]:
    """What holds, in full; three queries. What a procedure adds to stands in the same chapter."""
    wanted = in_force(book).select_related("parent").order_by("title", "id")
    found = list(wanted.filter(id=only) if only else wanted)
    ids = [procedure.id for procedure in found]
    versions, pictures = versions_in_force(ids), pictures_of(ids)
    return [
        FullText(
            procedure.id,
            procedure.title,
            versions[procedure.id].text,
            url=procedure.get_absolute_url(),
            is_markdown=True,
            facts=(*_facts(procedure, book), *_added_to(procedure)),
            pictures=pictures,
        )
        for procedure in sorted(found, key=lambda each: _ORDER.index(each.kind))
    ]


def _added_to(procedure: Procedure) -> tuple[tuple[Words, Words], ...]:
    return ((_("Kommer i tillegg til"), procedure.parent.title),) if procedure.parent else ()


def withdrawn(book: Book, since: datetime) -> list[Entry]:
    """Those that have ended; one query."""
    found = Procedure.objects.filter(
        unit_id__in=book.all_ids, in_force_number__isnull=False, ended_at__gt=since
    ).order_by(F("ended_at").desc())
    return [
        Entry(procedure.id, procedure.title, url=procedure.get_absolute_url(), changed_at=procedure.ended_at)
        for procedure in found
    ]


CHAPTER = Chapter(
    "rutiner",
    gettext_lazy("Rutiner"),
    order=30,
    entries=entries,
    intro=gettext_lazy("Slik gjør vi det, og slik melder vi fra."),
    empty=gettext_lazy("Ingen rutine gjelder her ennå. Når lederen har godkjent en, står den her."),
    texts=texts,
    withdrawn=withdrawn,
)
