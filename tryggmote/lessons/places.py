"""Where people find short lessons: on the menu, on the unit's page, and what they did on "Min side"."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.lessons import queries
from tryggmote.lessons.library import title_of
from tryggmote.organisation.unit_places import UnitPlace
from tryggmote.ui.my_page import Section
from tryggmote.ui.navigation import NavItem

AT_MOST = 5
_LABEL = _("Korte økter")
_SAYS = _("Ti minutter om én ting, alene eller sammen i et møte")


def _my_refreshers(person: SignedInPerson) -> dict[str, Any]:
    """The latest lessons one read alone or was there for."""
    read = sorted(queries.my_readings(person.id).items(), key=lambda pair: pair[1], reverse=True)
    return {
        "read_lessons": [{"title": title_of(code), "on": day} for code, day in read[:AT_MOST]],
        "held_lessons": list(queries.my_gatherings(person.id)[:AT_MOST]),
    }


PLACES = (UnitPlace(_LABEL, "lessons:unit", "LightBulbIcon", _SAYS),)
ITEMS = (NavItem(_LABEL, "lessons:home", "LightBulbIcon", order=62, text=_SAYS),)
OWN = Section("lessons/own_page.html", _my_refreshers)
