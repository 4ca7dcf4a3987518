"""What there is to learn, in the search: it is the same for everybody (ADR 0049)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.search.asked import Asked
from tryggmote.search.registry import Hit, Shelf
from tryggmote.training import elements


def _elements(person: SignedInPerson, asked: Asked) -> Iterator[Hit]:
    for element in elements.current().elements:
        if asked.is_in(str(element.title), str(element.about)):
            yield Hit(str(element.title), str(element.about), reverse("training:own"))


ELEMENTS = Shelf("opplaering", _("Opplæring"), "HatSchoolIcon", 65, _elements)
