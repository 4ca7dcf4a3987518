"""What somebody looks for, taken apart into words. It is neither kept nor logged: it may hold a name."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Self

from tryggmote.catalogue.matching import contains_all, fold

SHORTEST = 2  # characters; one letter finds everything and helps nobody
LONGEST = 200
MOST_WORDS = 8
_WORD = re.compile(r"[^\W_]+")

# Beginnings of words that say the same, in bokmål and nynorsk or in forms that stemming leaves apart.
TWINS = (
    ("vold", "vald"),
    ("truss", "trusl", "trugsmål"),
    ("hendels", "hending"),
    ("øvels", "øving"),
    ("hjemmebesøk", "heimebesøk"),
    ("leder", "leiar"),
    ("bruker", "brukar"),
    ("ansatt", "tilsett"),
    ("arbeidsgiver", "arbeidsgivar"),
    ("verneombud", "verneombod"),
    ("veileder", "rettleiar"),
    ("sikkerhet", "tryggleik"),
    ("trygghet", "tryggleik"),
    ("forebygg", "førebygg"),
    ("tjenest", "tenest"),
)
_LONGEST_ENDING = 4  # letters: "hendels-ene"


@dataclass(frozen=True)
class Asked:
    """`text`: as it was typed, cut to what can be a question. `words`: in small letters, each once."""

    text: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> Self:
        """Whatever was typed; what no text can hold is left out."""
        text = unicodedata.normalize("NFC", typed.replace("\x00", "")).strip()[:LONGEST]
        return cls(text, tuple(dict.fromkeys(_WORD.findall(text.lower())))[:MOST_WORDS])

    @property
    def is_enough(self) -> bool:
        """Whether there is something to look for."""
        return len("".join(self.words)) >= SHORTEST

    @property
    def queries(self) -> list[str]:
        """For each word a text query of PostgreSQL: it or a twin begins a word. Letters and digits only."""
        return [f"({' | '.join(f'{each}:*' for each in (word, *_twins(word)))})" for word in self.words]

    @property
    def synonyms(self) -> tuple[str, ...]:
        """The words and their twins."""
        return tuple(each for word in self.words for each in (word, *_twins(word)))

    def is_in(self, *texts: str) -> bool:
        """Whether each word stands in one of the texts, as it is typed."""
        return bool(self.words) and contains_all(texts, [fold(word) for word in self.words])


def _twins(word: str) -> list[str]:
    return [
        twin
        for group in TWINS
        if any(word.startswith(own) and len(word) - len(own) <= _LONGEST_ENDING for own in group)
        for twin in group
        if not word.startswith(twin)
    ]
