"""The leader's scale, 0-5, with definitions and what each level asks for.

Proposal of the project, built on common Norwegian practice; the words are the code book of the level.
From level 4 leaders above may read the incident (`policies.sql`), without being told: the form says so.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Level:
    number: int
    word: str | Promise
    typical: str | Promise
    asks_for: str | Promise


LEVELS = (
    Level(
        0,
        _("Uro eller nestenhendelse"),
        _("En bekymring, eller noe som nesten skjedde."),
        _("Lederen leser innen fem arbeidsdager, og faren vurderes."),
    ),
    Level(
        1,
        _("Lav"),
        _("Utskjelling, én gang."),
        _("Den som meldte, får svar innen fem arbeidsdager."),
    ),
    Level(
        2,
        _("Moderat"),
        _("Gjentatt sjikane, uklar trussel eller skadeverk."),
        _("Lederen snakker med den utsatte innen to arbeidsdager. Tiltak vurderes."),
    ),
    Level(
        3,
        _("Alvorlig"),
        _("Konkret trussel, våpen vist, fysisk kontakt uten skade, familie truet eller noen fulgt etter."),
        _("Samtale samme dag. Anmeldelse og bedriftshelsetjeneste vurderes. Risikovurderingen åpnes igjen."),
    ),
    Level(
        4,
        _("Svært alvorlig"),
        _("Skade som trenger behandling, sterk psykisk reaksjon, sykefravær eller våpen brukt."),
        _(
            "Alt på nivå 3. I tillegg: vurder varsel til Arbeidstilsynet og politiet etter arbeidsmiljøloven "
            "§ 5-2, og yrkesskademelding. Ledere over kan lese hendelsen."
        ),
    ),
    Level(
        5,
        _("Kritisk"),
        _("Livstruende skade eller dødsfall."),
        _("Alt på nivå 4. Varsle Arbeidstilsynet og nærmeste politi straks. Sikre stedet. Sett krisestab."),
    ),
)


def level(number: int) -> Level:
    return LEVELS[number]
