"""People and units in the search of the header."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.models import Person, Placement, Unit
from tryggmote.organisation.queries import current
from tryggmote.organisation.sorting import sort_key
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.search import Hit

MOST_HITS = 8
AFTER_EVERYTHING = "\U0010ffff"


def people(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """Those who work here and whose name begins with `query`, then those with a later name that does."""
    today = oslo_today()
    working = Person.objects.filter(Q(ended_on=None) | Q(ended_on__gte=today))
    found = _by_name(working, query)
    placed = Placement.objects.filter(current(today), person__in=found).order_by("is_primary")
    places = {
        row["person_id"]: (row["title"], row["workforce__unit__name"])
        for row in placed.values("person_id", "title", "workforce__unit__name")
    }
    for row in found:
        text = ", ".join(part for part in places.get(row.id, ()) if part)
        yield Hit(row.name, text, reverse("organisation:person", args=[row.id]), _("Personer"))


def units(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """Units whose name begins with `query`, then those with a later word that does."""
    for row in _by_name(Unit.objects.filter(ended_on=None), query):
        yield Hit(row.name, row.get_kind_display(), reverse("organisation:unit", args=[row.id]), _("Enheter"))


def _by_name(rows: QuerySet[Any], query: str) -> list[Any]:
    """The index finds beginnings; only when they are few are later words looked through.

    A range and not LIKE: policies let the index help only with comparisons that leak nothing.
    """
    key = sort_key(query)
    beginning = rows.filter(sort_key__gte=key, sort_key__lt=key + AFTER_EVERYTHING).order_by("sort_key")
    found = list(beginning[:MOST_HITS])
    if len(found) < MOST_HITS:
        later = rows.filter(sort_key__contains=f" {key}").exclude(id__in=[row.id for row in found])
        found += later.order_by("sort_key")[: MOST_HITS - len(found)]
    return found
