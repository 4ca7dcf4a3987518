"""The leader's scale, 0-5, with definitions.

Proposal of the project, built on common Norwegian practice; the words are the code book of the level. What a
level asks for, and by when, is rule data (`consequence_rules`).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Level:
    number: int
    word: str | Promise
    typical: str | Promise


LEVELS = (
    Level(0, _("Uro eller nestenhendelse"), _("En bekymring, eller noe som nesten skjedde.")),
    Level(1, _("Lav"), _("Utskjelling, én gang.")),
    Level(2, _("Moderat"), _("Gjentatt sjikane, uklar trussel eller skadeverk.")),
    Level(
        3,
        _("Alvorlig"),
        _("Konkret trussel, våpen vist, fysisk kontakt uten skade, familie truet eller noen fulgt etter."),
    ),
    Level(
        4,
        _("Svært alvorlig"),
        _("Skade som trenger behandling, sterk psykisk reaksjon, sykefravær eller våpen brukt."),
    ),
    Level(5, _("Kritisk"), _("Livstruende skade eller dødsfall.")),
)


def level(number: int) -> Level:
    return LEVELS[number]
