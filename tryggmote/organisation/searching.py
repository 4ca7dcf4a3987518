"""People and units in the search: those who work here, by name (ADR 0049)."""

from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.models import Person, Placement, Unit
from tryggmote.organisation.queries import current
from tryggmote.search.registry import Findable, Hit
from tryggmote.ui.dates import oslo_today


def _working() -> QuerySet[Any]:
    """Those who work here, with what they do and where, of several places the first."""
    today = oslo_today()
    placed = Placement.objects.filter(current(today), person=OuterRef("pk")).order_by("-is_primary", "id")
    return Person.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today)).annotate(
        work=placed.values("title")[:1], workplace=placed.values(name=F("workforce__unit__name"))[:1]
    )


def _person(row: Any) -> Hit:
    text = ", ".join(filter(None, (row.work, row.workplace)))
    return Hit(row.name, text, reverse("organisation:person", args=[row.id]))


def _units() -> QuerySet[Unit]:
    return Unit.objects.filter(ended_on=None)


def _unit(row: Unit) -> Hit:
    return Hit(row.name, row.get_kind_display(), reverse("organisation:unit", args=[row.id]))


FINDABLES = (
    Findable("person", _("Personer"), "PersonIcon", 80, _working, _person),
    Findable("unit", _("Enheter"), "Buildings3Icon", 85, _units, _unit),
)
