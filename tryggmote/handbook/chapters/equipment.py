"""The safety equipment there is, by type, and how each type is tested (3.5, 3.6).

By type and not by item: an office may have thousands, and its register names each.
"""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.equipment.queries import counted_by_type
from tryggmote.equipment.rule_sets import type_of
from tryggmote.handbook.registry import Badge, Book, Chapter, Entry


def entries(book: Book) -> list[Entry]:
    """One entry a type in use; one query."""
    found = []
    for counted in counted_by_type(book.unit_ids, timezone.localdate()):
        if kind := type_of(counted.type):
            found.append(
                Entry(
                    counted.type,
                    str(kind.name),
                    " ".join(str(step) for step in kind.steps),
                    url=f"{reverse('equipment:items')}?type={counted.type}",
                    facts=((_("Antall"), str(counted.n)),),
                    badge=_failing(counted.failing),
                    since=counted.first,
                )
            )
    return sorted(found, key=lambda entry: entry.title)


def _failing(n: int) -> Badge | None:
    return Badge(_("%(n)s virker ikke") % {"n": n}, "error") if n else None


CHAPTER = Chapter(
    "utstyr",
    gettext_lazy("Sikkerhetsutstyr"),
    order=70,
    entries=entries,
    intro=gettext_lazy("Hva dere har, og hvordan det testes. Registeret viser hver enkelt ting."),
    empty=gettext_lazy("Ikke noe sikkerhetsutstyr er registrert ennå."),
)
