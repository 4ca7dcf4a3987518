"""Safety equipment in the search: by name, serial number, place, or the code on its label (ADR 0049)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.equipment.models import Item
from tryggmote.equipment.queries import items
from tryggmote.search.registry import Findable, Hit


def _item(row: Item) -> Hit:
    text = ", ".join(filter(None, (str(row.look.word), row.where, row.unit.name)))
    return Hit(row.name, text, row.get_absolute_url())


EQUIPMENT = Findable("equipment", _("Utstyr"), "WrenchIcon", 55, items, _item)
