"""Which of the five levels people mean: a number, the words of the matrix, or the words usual elsewhere."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.cells import Unreadable
from tryggmote.organisation.importing.columns import plain
from tryggmote.risk.matrix import LEVELS, Consequence, Likelihood, Matrix

# Words that other organisations use for five levels. Where a word of our matrix is the same, ours counts.
_USUAL = {
    1: (
        "svært lav", "veldig lav", "meget lav", "svært låg", "veldig låg", "svært liten", "veldig liten",
        "ubetydelig", "ubetydeleg", "usannsynlig", "usannsynleg", "svært lite sannsynlig",
        "svært lite sannsynleg", "meget lite sannsynlig", "very low", "very small", "negligible",
        "improbable", "very unlikely", "rare",
    ),
    2: (
        "lav", "låg", "liten", "lite sannsynlig", "lite sannsynleg", "mindre sannsynlig", "mindre alvorlig",
        "mindre alvorleg", "low", "small", "minor", "unlikely",
    ),
    3: (
        "middels", "moderat", "mulig", "mogleg", "noe sannsynlig", "noko sannsynleg", "medium", "moderate",
        "possible",
    ),
    4: ("høy", "høg", "stor", "sannsynlig", "sannsynleg", "high", "large", "likely", "major"),
    5: (
        "svært høy", "svært høg", "veldig høy", "veldig høg", "meget høy", "svært stor", "veldig stor",
        "kritisk", "katastrofal", "svært sannsynlig", "svært sannsynleg", "meget sannsynlig", "very high",
        "very large", "critical", "catastrophic", "very likely", "almost certain",
    ),
}  # fmt: skip
_NOTHING = {plain(word) for word in ("", "-", "?", "n/a", "ikke vurdert", "ikkje vurdert", "not assessed")}
# "3", "3,0", "3 Av og til", "3 - av og til", "3 (av og til)"; not "3-4", "2.5" or a date.
_NUMBERED = re.compile(r"(\d{1,2})(?:[.,]0+)?\s*[-–—.:(/)]?\s*(?:[^\W\d]|$)")

Levels = Mapping[str, int]


def words_of(matrix: Matrix) -> dict[str, Levels]:
    """By scale ("likelihood", "consequence"), what people may write and the level it means."""
    usual = {plain(word): level for level, words in _USUAL.items() for word in words}
    return {
        "likelihood": usual | _own(matrix.likelihoods),
        "consequence": usual | _own(matrix.consequences),
    }


def _own(levels: tuple[Likelihood, ...] | tuple[Consequence, ...]) -> dict[str, int]:
    return {plain(word): level.number for level in levels for word in level.word.model_dump().values()}


def level_of(text: str, levels: Levels) -> int | None:
    """The level; None for what says that nothing is judged. Raises Unreadable."""
    if plain(text) in _NOTHING:
        return None
    numbered = _NUMBERED.match(text)
    level = int(numbered[1]) if numbered else levels.get(plain(text))
    if level not in LEVELS:
        raise Unreadable(_("«%(value)s» er ikke et nivå. Skriv et tall fra 1 til 5.") % {"value": text[:60]})
    return level


def is_level(text: str, levels: Levels) -> bool:
    """Whether it can be read as one."""
    try:
        return level_of(text, levels) is not None
    except Unreadable:
        return False
