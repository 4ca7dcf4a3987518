"""Which law stands behind a requirement on a day: where it stands, where it stood, where it will stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tryggmote.catalogue.schema import Act, Place, Provision, Requirement, Standard

_ORDINALS: tuple[str | Promise, ...] = (
    pgettext_lazy("ledd", "første"),
    pgettext_lazy("ledd", "andre"),
    pgettext_lazy("ledd", "tredje"),
    pgettext_lazy("ledd", "fjerde"),
    pgettext_lazy("ledd", "femte"),
    pgettext_lazy("ledd", "sjette"),
    pgettext_lazy("ledd", "sjuende"),
    pgettext_lazy("ledd", "åttende"),
    pgettext_lazy("ledd", "niende"),
    pgettext_lazy("ledd", "tiende"),
    pgettext_lazy("ledd", "ellevte"),
    pgettext_lazy("ledd", "tolvte"),
)


@dataclass(frozen=True)
class Reference:
    """One place in the law, with what it is about."""

    act: Act
    provision: Provision
    place: Place

    def __str__(self) -> str:
        return f"{self.act.short} {self.spot}".strip()

    @property
    def host(self) -> str:
        """Whose page the source is, for the text of the link."""
        return (urlsplit(self.place.source).hostname or "").removeprefix("www.")

    @property
    def spot(self) -> str:
        """Section, paragraph and letters: "§ 4-3 sjette ledd", "§ 3-1 andre ledd bokstav c og d"."""
        parts = [f"§ {self.place.section}" if self.place.section else ""]
        if self.place.paragraphs:
            ordinals = [str(_ORDINALS[number - 1]) for number in self.place.paragraphs]
            parts.append(_("%(ordinals)s ledd") % {"ordinals": _listed(ordinals)})
        if self.place.letters:
            parts.append(_("bokstav %(letters)s") % {"letters": _listed(self.place.letters)})
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class Law:
    """The references of one requirement, sorted by time as seen from one day."""

    in_force: tuple[Reference, ...]
    earlier: tuple[Reference, ...]
    later: tuple[Reference, ...]


def law_behind(standard: Standard, requirement: Requirement, on: date) -> Law:
    """The references of `requirement` as they stand on the day `on`.

    AML § 4-3 shows why this is asked with a day: the paragraph on violence was the fourth to the end of
    2025 and is the sixth from 1 January 2026.
    """
    references = [
        Reference(standard.acts[provision.act], provision, place)
        for provision in standard.provisions_of(requirement)
        for place in provision.places
    ]
    return Law(
        in_force=tuple(r for r in references if r.place.is_in_force(on)),
        earlier=tuple(r for r in references if r.place.is_earlier(on)),
        later=tuple(r for r in references if r.place.is_later(on)),
    )


def _listed(items: Iterable[str]) -> str:
    *first, last = items
    return _("%(first)s og %(last)s") % {"first": ", ".join(first), "last": last} if first else last
