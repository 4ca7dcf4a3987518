"""Procedures, measures and action cards in the search of the header, by their titles."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls import action_card_texts
from tryggmote.controls.models import Measure, Procedure
from tryggmote.ui.search import Hit

MOST_HITS = 8


def procedures(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """Procedures that hold, and drafts one may see, with `query` in the title."""
    found = Procedure.objects.filter(title__icontains=query, ended_at=None).select_related("unit")
    for row in found.order_by("title", "id")[:MOST_HITS]:
        yield Hit(row.title, row.unit.name, row.get_absolute_url(), _("Rutiner"))


def measures(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """Measures that have not been cancelled with `query` in the title, the latest first."""
    found = Measure.objects.filter(title__icontains=query, cancelled_at=None).select_related("unit")
    for row in found.defer("what").order_by("-created_at")[:MOST_HITS]:
        text = f"{row.status.label}, {row.unit.name}"
        yield Hit(row.title, text, row.get_absolute_url(), _("Tiltak"))


def action_cards(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """Action cards with `query` in the title or in when they are for."""
    for card in action_card_texts.cards():
        if query.lower() in f"{card.title} {card.when}".lower():
            yield Hit(
                str(card.title), str(card.when), reverse("controls:card", args=[card.code]), _("Tiltakskort")
            )
