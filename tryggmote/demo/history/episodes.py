"""What happens, and what is said about it: short texts without anything that could identify a client."""

from dataclasses import dataclass

from tryggmote.incidents.vocabulary import Nature


@dataclass(frozen=True)
class Words:
    """The same text in both forms of Norwegian."""

    nb: str
    nn: str

    def in_language(self, language: str) -> str:
        """The text as a person with this language would have written it; all others write bokmål."""
        return self.nn if language == "nn" else self.nb


@dataclass(frozen=True)
class Episode:
    """One kind of event, and how common it is.

    `severities`: how it may have felt, 1-5; `level`: what the leader makes of it, 0-5.
    """

    forms: tuple[str, ...]
    natures: tuple[Nature, ...]
    severities: tuple[int, ...]
    level: int
    how_common: int
    words: Words
    words_only: bool = False


EPISODES = (
    Episode(
        ("telephone",), (Nature.VERBAL_ABUSE,), (1, 2), 1, 22,
        Words(
            "Skjelte meg ut fordi utbetalingen var forsinket. Jeg sa fra én gang og avsluttet samtalen.",
            "Skjelte meg ut fordi utbetalinga var forseinka. Eg sa frå éin gong og avslutta samtalen.",
        ), True,
    ),
    Episode(
        ("telephone",), (Nature.THREAT_TO_EMPLOYEE,), (2, 3, 4), 3, 12,
        Words(
            "Sa at vi skulle få svi, og at det var kjent når jeg slutter på jobb.",
            "Sa at vi skulle få svi, og at det var kjent når eg sluttar på jobb.",
        ), True,
    ),
    Episode(
        ("telephone", "written"), (Nature.THREAT_OF_SELF_HARM,), (3, 4), 2, 11,
        Words(
            "Sa at det ikke var noe igjen å leve for etter avslaget. En kollega ringte 113.",
            "Sa at det ikkje var noko att å leve for etter avslaget. Ein kollega ringde 113.",
        ), True,
    ),
    Episode(
        ("telephone",), (Nature.VERBAL_ABUSE, Nature.HARASSMENT), (2, 3), 2, 9,
        Words(
            "Ringer for fjerde gang denne uka. Roper og bruker krenkende ord om meg og kollegene.",
            "Ringjer for fjerde gong denne veka. Ropar og bruker krenkjande ord om meg og kollegaene.",
        ), True,
    ),
    Episode(
        ("written",), (Nature.HARASSMENT, Nature.HATE_SPEECH), (2, 3), 2, 7,
        Words(
            "Melding med hatefulle ord om navnet mitt og hvor jeg kommer fra. Jeg tok vare på den.",
            "Melding med hatefulle ord om namnet mitt og kvar eg kjem frå. Eg tok vare på ho.",
        ), True,
    ),
    Episode(
        ("written",), (Nature.THREAT_TO_OTHERS,), (2, 3), 3, 4,
        Words(
            "Skrev at noen burde rydde opp på kontoret. Uklart hva som menes, men tonen var truende.",
            "Skreiv at nokon burde rydde opp på kontoret. Uklart kva som er meint, men tonen var truande.",
        ), True,
    ),
    Episode(
        ("reception",), (Nature.VERBAL_ABUSE, Nature.THREATENING_CONDUCT), (2, 3), 2, 10,
        Words(
            "Lang kø. Slo i skranken og ropte. Vekteren kom, og det roet seg etter noen minutter.",
            "Lang kø. Slo i skranken og ropte. Vektaren kom, og det roa seg etter nokre minutt.",
        ),
    ),
    Episode(
        ("reception",), (Nature.VANDALISM,), (2,), 2, 4,
        Words(
            "Kastet brosjyrestativet i gulvet og gikk. Ingen ble truffet.",
            "Kasta brosjyrestativet i golvet og gjekk. Ingen vart trefte.",
        ),
    ),
    Episode(
        ("reception",), (Nature.SPITTING,), (3,), 3, 2,
        Words(
            "Spyttet mot meg over skranken da jeg ba om å få vente med svaret.",
            "Spytta mot meg over skranken då eg bad om å få vente med svaret.",
        ),
    ),
    Episode(
        ("planned",), (Nature.THREATENING_CONDUCT,), (3, 4), 3, 7,
        Words(
            "Reiste seg og stilte seg mellom meg og døra da jeg fortalte om avslaget. Jeg slo alarm.",
            "Reiste seg og stilte seg mellom meg og døra då eg fortalde om avslaget. Eg slo alarm.",
        ),
    ),
    Episode(
        ("planned",), (Nature.VERBAL_ABUSE,), (1, 2), 1, 8,
        Words(
            "Hevet stemmen og kalte meg udugelig. Vi avsluttet møtet og avtalte telefon.",
            "Heva stemma og kalla meg udugeleg. Vi avslutta møtet og avtalte telefon.",
        ), True,
    ),
    Episode(
        ("planned",), (Nature.GRIP_OR_PUSH,), (4,), 3, 2,
        Words(
            "Tok hardt tak i armen min da jeg skulle følge ut. Kollegaen i møtet fikk avbrutt.",
            "Tok hardt tak i armen min då eg skulle følgje ut. Kollegaen i møtet fekk avbrote.",
        ),
    ),
    Episode(
        ("planned",), (Nature.WEAPON_SHOWN, Nature.THREATENING_CONDUCT), (5,), 4, 1,
        Words(
            "La en kniv på bordet midt i samtalen. Vi gikk ut, og politiet kom etter noen minutter.",
            "La ein kniv på bordet midt i samtalen. Vi gjekk ut, og politiet kom etter nokre minutt.",
        ),
    ),
    Episode(
        ("video",), (Nature.ONLINE_EXPOSURE,), (2, 3), 2, 2,
        Words(
            "Gjorde opptak av videosamtalen og sa at det skulle legges ut.",
            "Gjorde opptak av videosamtalen og sa at det skulle leggjast ut.",
        ),
    ),
    Episode(
        ("home_visit",), (Nature.THREATENING_CONDUCT,), (3,), 2, 2,
        Words(
            "En tredje person i boligen ble sint og ba oss komme oss ut. Vi dro med en gang.",
            "Ein tredje person i bustaden vart sint og bad oss kome oss ut. Vi drog med ein gong.",
        ),
    ),
    Episode(
        ("others_premises",), (Nature.VERBAL_ABUSE,), (2,), 1, 2,
        Words(
            "Ble ropt til på vei ut av møtet. Verten fulgte meg til bilen.",
            "Vart ropt til på veg ut av møtet. Verten følgde meg til bilen.",
        ), True,
    ),
    Episode(
        ("outside_work",), (Nature.SOUGHT_OUT,), (3, 4), 3, 3,
        Words(
            "Ble fulgt gjennom butikken på fritiden og bedt om å ordne saken.",
            "Vart følgd gjennom butikken på fritida og beden om å ordne saka.",
        ),
    ),
    Episode(
        ("reception", "planned"), (Nature.WORRY,), (1, 2), 0, 6,
        Words(
            "Ingenting skjedde, men jeg kjente uro. Møterommet innerst har bare én vei ut.",
            "Ingenting skjedde, men eg kjende uro. Møterommet inst har berre éin veg ut.",
        ),
    ),
)  # fmt: skip
REPLIES = (
    Words(
        "Takk for at du meldte fra. Jeg har snakket med teamet, og vi er to i neste samtale.",
        "Takk for at du melde frå. Eg har snakka med teamet, og vi er to i neste samtale.",
    ),
    Words(
        "Takk. Dette skal du ikke tåle. Vi tar neste samtale på telefon, og jeg er med.",
        "Takk. Dette skal du ikkje tole. Vi tek neste samtale på telefon, og eg er med.",
    ),
    Words(
        "Jeg har lest meldingen og ringer deg i dag, så snakker vi om hva du trenger.",
        "Eg har lese meldinga og ringjer deg i dag, så snakkar vi om kva du treng.",
    ),
    Words(
        "Godt gjort å avslutte. Saken er tatt opp i møtet om sikkerhet, og rutinen gjennomgås.",
        "Godt gjort å avslutte. Saka er teken opp i møtet om tryggleik, og rutinen blir gått gjennom.",
    ),
    Words(
        "Takk for meldingen. Vi sender et brev om at slikt ikke er greit, og vurderer anmeldelse.",
        "Takk for meldinga. Vi sender eit brev om at slikt ikkje er greitt, og vurderer å melde det.",
    ),
)
REASONS = (
    Words(
        "Skjedde én gang, og ble avsluttet etter rutinen.",
        "Skjedde éin gong, og vart avslutta etter rutinen.",
    ),
    Words("Gjentatt, og rettet mot en navngitt ansatt.", "Gjenteke, og retta mot ein namngitt tilsett."),
    Words("Vurdert sammen med verneombudet.", "Vurdert saman med verneombodet."),
)
RISKS = (
    Words(
        "Alarmen i møterom 2 virker ikke når døra er lukket.",
        "Alarmen i møterom 2 verkar ikkje når døra er lukka.",
    ),
    Words(
        "Døra mellom mottaket og kontorene blir stående åpen.",
        "Døra mellom mottaket og kontora blir ståande open.",
    ),
    Words("Vi er for få i mottaket i lunsjen.", "Vi er for få i mottaket i lunsjen."),
    Words(
        "Det er ikke dekning i kjelleren der vi har kurs.",
        "Det er ikkje dekning i kjellaren der vi har kurs.",
    ),
    Words(
        "Stolene i møterom 4 står slik at den ansatte sitter innerst.",
        "Stolane i møterom 4 står slik at den tilsette sit inst.",
    ),
    Words("Privatnummeret mitt vises når jeg ringer ut.", "Privatnummeret mitt blir vist når eg ringjer ut."),
)
STOPS = (
    Words(
        "Samtalen ble for høylytt, og jeg satt alene. Jeg avsluttet og gikk ut.",
        "Samtalen vart for høglydt, og eg sat åleine. Eg avslutta og gjekk ut.",
    ),
    Words(
        "Jeg kjente at det ikke var trygt å bli med inn.", "Eg kjende at det ikkje var trygt å bli med inn."
    ),
    Words("", ""),
)
RISK_ANSWERS = (
    Words(
        "Takk. Det er meldt til drift og blir rettet denne uka.",
        "Takk. Det er meldt til drift og blir retta denne veka.",
    ),
    Words(
        "Riktig vurdert. Vi ser på bemanningen i teammøtet.",
        "Rett vurdert. Vi ser på bemanninga i teammøtet.",
    ),
    Words(
        "Takk for at du sa fra. Rommet brukes ikke før det er ordnet.",
        "Takk for at du sa frå. Rommet blir ikkje brukt før det er ordna.",
    ),
)
