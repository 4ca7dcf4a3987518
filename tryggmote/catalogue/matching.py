"""Finds words in Norwegian text however they are typed: "Ærlig" is found by aerlig, "verneombud" by OMBUD."""

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Letters that Unicode does not take apart into a letter and an accent, in Norwegian and Sámi.
_SPELLED_OUT = {"æ": "ae", "ø": "o", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ł": "l"}
_AROUND = 80  # characters of text shown on each side of what was found


def words_of(query: str) -> tuple[str, ...]:
    """The words asked for, folded, each once."""
    return tuple(dict.fromkeys(word for word in fold(query).split() if word))


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The text without case and accents, for comparing only."""
    return "".join(map(_folded, unicodedata.normalize("NFC", text)))


def contains_all(texts: Iterable[str], words: Iterable[str]) -> bool:
    """Whether every word stands in at least one of the texts."""
    folded = [fold(text) for text in texts]
    return all(any(word in text for text in folded) for word in words)


def contains_any(text: str, words: Iterable[str]) -> bool:
    """Whether at least one of the words stands in the text."""
    folded = fold(text)
    return any(word in folded for word in words)


def marked(text: str, words: Collection[str]) -> SafeString:
    """The text escaped for HTML, with every word asked for inside <mark>."""
    text = unicodedata.normalize("NFC", text)
    parts, at = [], 0
    for start, end in _spans(text, words):
        parts += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join([*parts, escape(text[at:])]))  # noqa: S308  every piece of text is escaped


def excerpt(text: str, words: Collection[str]) -> str:
    """The part of the text around the first word found, cut between words."""
    text = unicodedata.normalize("NFC", text)
    start, end = next(iter(_spans(text, words)), (0, 0))
    begin = text.find(" ", start - _AROUND) + 1 if start > _AROUND else 0
    stop = text.rfind(" ", end, end + _AROUND) if end + _AROUND < len(text) else len(text)
    stop = max(stop, end)
    return f"{'… ' if begin else ''}{text[begin:stop].strip()}{' …' if stop < len(text) else ''}"


@lru_cache(maxsize=1024)
def _folded(character: str) -> str:
    lowered = character.casefold()
    spelled = "".join(_SPELLED_OUT.get(letter, letter) for letter in lowered)
    return "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))


def _spans(text: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Where the words stand in `text`, in order, those that touch joined."""
    if not words:
        return []
    folded, origin = _folded_with_origin(text)
    found = sorted(
        (origin[at], origin[at + len(word) - 1] + 1) for word in words for at in _occurrences(folded, word)
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _folded_with_origin(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters which one of `text` it came from."""
    pieces = [_folded(character) for character in text]
    origin = [index for index, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origin


def _occurrences(text: str, word: str) -> list[int]:
    found, at = [], text.find(word) if word else -1
    while at >= 0:
        found.append(at)
        at = text.find(word, at + 1)
    return found
