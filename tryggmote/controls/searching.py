"""Procedures, measures and action cards in the search (ADR 0049)."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls import action_card_texts
from tryggmote.controls.models import Measure, Procedure, ProcedureVersion
from tryggmote.search.asked import Asked
from tryggmote.search.registry import Findable, Hit, Shelf


def _procedures() -> QuerySet[Any]:
    in_force = ProcedureVersion.objects.filter(procedure=OuterRef("pk"), number=OuterRef("in_force_number"))
    return Procedure.objects.filter(ended_at=None).annotate(
        unit_name=F("unit__name"), says=in_force.values("text")[:1]
    )


def _procedure(row: Any) -> Hit:
    text = row.unit_name if row.is_in_force else f"{_('Utkast')}, {row.unit_name}"
    return Hit(row.title, text, row.get_absolute_url(), row.says or "")


def _measures() -> QuerySet[Measure]:
    return Measure.objects.filter(cancelled_at=None).select_related("unit")


def _measure(row: Measure) -> Hit:
    return Hit(row.title, f"{row.status.label}, {row.unit.name}", row.get_absolute_url(), row.what)


def _action_cards(person: SignedInPerson, asked: Asked) -> Iterator[Hit]:
    """Action cards with the words in the title or in when they are for."""
    for card in action_card_texts.cards():
        if asked.is_in(str(card.title), str(card.when)):
            yield Hit(str(card.title), str(card.when), reverse("controls:card", args=[card.code]))


PLACES = (
    Shelf("tiltakskort", _("Tiltakskort"), "LifebuoyIcon", 20, _action_cards),
    Findable("procedure", _("Rutiner"), "FileTextIcon", 30, _procedures, _procedure),
    Findable("measure", _("Tiltak"), "TasklistIcon", 35, _measures, _measure),
)
