"""Who may do what with a lesson, and what in a text could give somebody away. No database, no request."""

import re
from collections.abc import Iterable
from datetime import datetime

from tryggmote.learning.vocabulary import Scope
from tryggmote.organisation.workdays import add_workdays

# Eleven digits, as a national identity number is written, with or without a space after the birthday.
_NATIONAL_ID = re.compile(r"(?<!\d)\d{6}[ .]?\d{5}(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SHORTEST_NAME = 3
MOST_WAYS = 6


def may_write(*, leads: bool, represents: bool) -> bool:
    """Leaders and safety representatives of the unit write its lessons."""
    return leads or represents


def may_share(scope: str, *, leads: bool, represents: bool) -> bool:
    """Within the unit whoever writes may share; beyond it a leader of the unit must have approved."""
    return leads or (represents and scope == Scope.UNIT)


def answer_by(asked_at: datetime, workdays: int) -> datetime:
    """Until when the exposed may answer before silence is no hindrance."""
    return add_workdays(asked_at, workdays)


def has_national_id(text: str) -> bool:
    """Whether the text holds what looks like a national identity number."""
    return _NATIONAL_ID.search(text) is not None


def ways_to_ask(query: str) -> list[str]:
    """The query, and the same with a word in the number that the database's stemmer does not connect it with.

    "Trussel" and "trusler", "varsel" and "varsler" are one word to people, and two to PostgreSQL's Norwegian.
    """
    others = [
        query[: found.start()] + form + query[found.end() :]
        for found in _WORD.finditer(query)
        for form in _other_number(found.group().lower())
    ]
    return [query, *others[:MOST_WAYS]]


def _other_number(word: str) -> list[str]:
    if singular := re.fullmatch(r"(\w+?)(\w)\2?el(?:en)?", word):
        return [f"{singular[1]}{singular[2]}ler"]
    if plural := re.fullmatch(r"(\w+)(\w)l(?:er|ene)", word):
        return [f"{plural[1]}{plural[2]}el", f"{plural[1]}{plural[2] * 2}el"]
    return []


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """Words of the text that are also first names or surnames of these people, in the order of the text.

    A hint to whoever shares, who decides: many names are ordinary words as well. Only words with a capital
    letter count.
    """
    known = {part for name in names for part in _WORD.findall(name) if len(part) >= SHORTEST_NAME}
    found = [word for word in _WORD.findall(text) if word[0].isupper() and word in known]
    return list(dict.fromkeys(found))
