"""What is found: candidates from the index, each looked up again as the one who asks (ADR 0049)."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from django.db import connection

from tryggmote.access.context import SignedInPerson
from tryggmote.catalogue.matching import fold
from tryggmote.search.asked import Asked
from tryggmote.search.registry import Findable, Hit, Text, places

SHOWN = 5
LOOKED_UP = 30
"""Of each kind on the page of all kinds: more than are shown, since some turn out to be for others."""
MOST = 200
"""Of one kind: who looks further needs another word, not another page."""
_ALIKE = 0.6  # of 1: about one letter wrong in five


@dataclass(frozen=True)
class Group:
    """What was found of one kind. `has_more`: there are others than those shown."""

    kind: str
    name: Text
    icon: str
    hits: list[Hit]
    has_more: bool = False


@dataclass(frozen=True)
class Found:
    """`stems`: what to mark. `guess`: what may have been meant, when nothing is spelled as typed; else ""."""

    groups: list[Group]
    stems: tuple[str, ...] = ()
    guess: str = ""

    @property
    def number(self) -> int:
        """How many hits are shown."""
        return sum(len(group.hits) for group in self.groups)


def find(person: SignedInPerson, asked: Asked, only: str = "") -> Found:
    """What the person may see that has all the words, else what has words that are spelled much like them.

    `only`: one kind, then up to `MOST` of it. One query for the candidates, one for each kind that has some.
    """
    if not asked.is_enough:
        return Found([])
    groups = _groups(person, asked, only)
    if groups:
        return Found(groups, _stems(asked.synonyms))
    guess = _guess(asked, only)
    meant = Asked.of(guess)
    if meant.words in ((), asked.words):
        return Found([])
    return Found(_groups(person, meant, only), _stems(meant.synonyms), guess)


def _groups(person: SignedInPerson, asked: Asked, only: str) -> list[Group]:
    candidates = _candidates(asked, only)
    most = MOST if only else SHOWN
    groups = []
    for place in places():
        if only not in ("", place.kind):
            continue
        if isinstance(place, Findable):
            hits = _looked_up(place, candidates[place.kind], most + 1)
        else:
            hits = list(place.find(person, asked))
        if hits:
            groups.append(Group(place.kind, place.name, place.icon, hits[:most], len(hits) > most))
    return groups


def _guess(asked: Asked, only: str) -> str:
    """The words asked for, each as it is spelled in a title one may see: never a word of others'."""
    candidates = _candidates(asked, only, tolerant=True)
    titles = [
        str(hit.title)
        for place in places()
        if isinstance(place, Findable)
        for hit in _looked_up(place, candidates[place.kind], SHOWN)
    ]
    spelled = {fold(word): word.lower() for title in titles for word in re.findall(r"[^\W_]+", title)}
    close = (get_close_matches(fold(word), spelled, 1, _ALIKE) for word in asked.words)
    return " ".join(
        spelled[found[0]] if found else word for word, found in zip(asked.words, close, strict=True)
    )


def _looked_up(place: Findable, ids: list[str], wanted: int) -> list[Hit]:
    """As many rows as are wanted of those that may be seen, in the order of the candidates.

    Mostly the first ones will do; the others are asked for when some of those turn out to be for others.
    """
    hits = _rows(place, ids[:wanted])
    if len(hits) < wanted:
        hits += _rows(place, ids[wanted:])
    return hits[:wanted]


def _rows(place: Findable, ids: list[str]) -> list[Hit]:
    if not ids:
        return []
    rows = {str(row.pk): row for row in place.rows().filter(pk__in=ids)}
    return [place.hit(rows[key]) for key in ids if key in rows]


def _candidates(asked: Asked, only: str, *, tolerant: bool = False) -> defaultdict[str, list[str]]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            "select kind, subject_id from app.found(%s, %s, %s, %s, %s)",
            [[*asked.words], asked.queries, tolerant, only or None, MOST + 1 if only else LOOKED_UP],
        )
        for kind, subject_id in cursor.fetchall():
            ids[kind].append(subject_id)
    return ids


def _stems(words: Iterable[str]) -> tuple[str, ...]:
    """What the words have in common with their other forms; a word that is only grammar stands for itself."""
    said = [*words]
    with connection.cursor() as cursor:
        cursor.execute("select tsvector_to_array(to_tsvector('norwegian', %s))", [" ".join(said)])
        (stems,) = cursor.fetchone() or ([],)
    return tuple(fold(word) for word in stems or said)
