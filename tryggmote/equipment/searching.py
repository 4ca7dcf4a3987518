"""Safety equipment in the search of the header: by name, serial number, place, or the code on its label."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.equipment.queries import items
from tryggmote.ui.search import Hit

MOST_HITS = 8


def equipment(person: SignedInPerson, query: str) -> Iterator[Hit]:
    """The items in use that one sees, those that need somebody first."""
    for item in items(q=query)[:MOST_HITS]:
        text = ", ".join((str(item.look.word), item.where, item.unit.name))
        yield Hit(item.name, text, item.get_absolute_url(), _("Utstyr"))
