"""What a heading in somebody else's workbook probably means, in bokmål, nynorsk and English."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tryggmote.risk.spreadsheet.cells import PROPOSED, is_empty, text_of
from tryggmote.risk.spreadsheet.levels import Levels, is_level

_AFTER = re.compile(r"\b(etter|rest\w*|residual|netto|after)\b")
_WITHOUT = re.compile(r"\b(uten|utan|iboende|ibuande|brutto|inherent|without)\b")
_LIKELIHOOD = re.compile(r"^(s|p)\b|sannsyn|frekvens|hyppig|(hv|k)or ofte|likelihood|probability|how often")
_CONSEQUENCE = re.compile(r"^(k|c)\b|konsekvens|alvorl[ie]g|(hv|k)or ille|consequence|severity|how bad")

# In this order: "eksisterende tiltak" is looked for before "tiltak", "årsak til hendelsen" before "hendelse".
_TEXTS: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (field, re.compile(pattern))
    for field, pattern in (
        (
            "",
            r"\b(ansvar\w*|frist\w*|status|dato|nr|nummer|id|kommentar\w*|owner|due|deadline|responsible|date)\b",
        ),
        ("forms", r"møteform|kontaktform|meeting form|type møte|kanal\b|channel"),
        ("causes", r"årsak|utløs|grunn til|hvorfor|kvifor|cause|trigger|why"),
        ("consequences", r"konsekvens|følgj?e|virkning|verknad|føre til|consequence|impact|effect"),
        (
            "existing",
            r"eksister|etabler|iverks|gjennomfør|dagens|nåvær|noverande|aller(ed|ei)e|existing|current",
        ),
        (PROPOSED, r"tiltak|forslag|measure|action|control|mitigat"),
        ("hazard", r"kan (skje|hende)|uønsk|hendelse|hending|\bfare\w*|trussel|trugsmål|hazard|event|threat"),
        (
            "situation",
            r"situasjon|situation|hvor|når|sted|beskriv|skildr|oppg[aå]ve|aktivitet|where|descri|task",
        ),
        ("hazard", r"risiko|scenario|risk"),
    )
)


def guess_field(heading: str, values: Sequence[Any], levels: Mapping[str, Levels]) -> str:
    """The field a column probably is, "" when nobody can tell.

    What stands in it decides between "Konsekvens" in words and in numbers.
    """
    words = " ".join(heading.casefold().split())
    for scale, pattern in (("likelihood", _LIKELIHOOD), ("consequence", _CONSEQUENCE)):
        if pattern.search(words) and _are_levels(values, levels[scale]):
            if _AFTER.search(words):
                return ""
            return f"inherent_{scale}" if _WITHOUT.search(words) else f"current_{scale}"
    if values and all(isinstance(value, int | float) for value in values):
        return ""
    return next((field for field, pattern in _TEXTS if pattern.search(words)), "")


def _are_levels(values: Sequence[Any], levels: Levels) -> bool:
    """Whether most of them can be read as levels; an empty column may become anything."""
    return 2 * sum(is_level(text_of(value), levels) for value in values) >= len(values)


def looks_like_headings(cells: Sequence[Any]) -> int:
    """How many cells of a line sound like headings of a risk assessment."""
    words = [" ".join(str(cell).casefold().split()) for cell in cells if not is_empty(cell)]
    known = (_LIKELIHOOD, _CONSEQUENCE, *(pattern for field, pattern in _TEXTS if field))
    return sum(len(word) <= 60 and any(pattern.search(word) for pattern in known) for word in words)
