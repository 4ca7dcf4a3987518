"""What the demo's lessons say: general words, and nobody who could be recognised."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class LessonWords:
    """A lesson of a unit. `by`: its leader, by key in the plan of the county."""

    unit: str
    by: str
    days_ago: int
    scope: str
    title: str
    happened: str
    learned: str
    changed: str
    forms: tuple[str, ...]
    circumstances: tuple[int, ...]


SHARED = (
    LessonWords(
        "fjordvik-sosial", "fjordvik-sosial-leder", 23, "unit",
        "Gi tunge beskjeder tidlig på dagen",
        "Et avslag ble gitt i dagens siste samtale, da de fleste hadde gått. Samtalen ble truende.",
        "Etter klokka 14 er vi for få til å hjelpe hverandre. Beskjeden kan vente til neste morgen.",
        "Avslag og stans blir lagt til før klokka 13, og to kolleger vet om samtalen.",
        ("planned", "telephone"), (1, 4, 5),
    ),
    LessonWords(
        "kontaktsenter-telefon", "kontaktsenter-telefon-leder", 51, "county",
        "Si fra én gang, og legg på",
        "Samtaler med trusler ble lange fordi den som svarte, prøvde å roe ned igjen og igjen.",
        "Én tydelig beskjed er nok. Den som legger på etter den, gjør det riktige.",
        "Setningen vi sier, henger ved skjermen. Lederen ringer tilbake samme dag.",
        ("telephone",), (1, 6),
    ),
    LessonWords(
        "granlia-arbeid", "granlia-arbeid-leder", 88, "all",
        "Park alltid bilen med fronten ut",
        "Et hjemmebesøk måtte avbrytes. Det tok lang tid å komme seg unna fordi bilen sto innestengt.",
        "Veien ut er en del av forberedelsen. Den som kjører, ser etter den før motoren slås av.",
        "Punktet står i rutinen for hjemmebesøk, og vi øver på det to ganger i året.",
        ("home_visit", "driving"), (2, 7),
    ),
)  # fmt: skip
ASKED_ABOUT: dict[str, Any] = {
    "title": "Steng veien bak skranken",
    "happened": "En person kom bak skranken. Luka sto åpen fordi vi gikk ut og inn hele dagen.",
    "learned": "En sperre som står åpen, er ingen sperre. Det er lett å glemme når det er travelt.",
    "changed": "Luka lukker seg selv, og vekteren står slik at han ser den.",
    "forms": ("reception",),
    "circumstances": (5, 7),
}
