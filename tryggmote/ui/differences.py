"""What has changed between two texts, word by word, so that people can read it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby, takewhile

MOST_PAIRS = 250_000
"""Pairs of equal words that are looked through. A page of ordinary text has some thousands; past this (one
word again and again) the work would take minutes, and the whole is shown as exchanged."""
AROUND = 160
"""Characters kept on each side of a change; what lies further off is left out."""
GAP = " … "
FEW_WORDS = 2
Passage = tuple[str, int, int, int, int]
"""As difflib tells it: what became of it, from and to in the old words, from and to in the new."""
_WORDS = re.compile(r"\n|[^\S\n]*[^\s]+|[^\S\n]+")


class Kind(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Some words that share their fate."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Both texts in one, in reading order: what was removed stands before what came in its place."""
    old, new = _lines(before), _lines(after)
    return _joined(
        piece
        # With difflib's autojunk: lines that stand everywhere, such as empty ones, do not show the way.
        for what, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes()
        for piece in _passage(what, "".join(old[old_from:old_to]), "".join(new[new_from:new_to]))
    )


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """The same with what is far from any change left out."""
    last = len(pieces) - 1
    return [
        _abridged(piece, before=number > 0, after=number < last) if piece.kind is Kind.KEPT else piece
        for number, piece in enumerate(pieces)
    ]


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines(keepends=True)


def _passage(what: str, before: str, after: str) -> Iterator[Piece]:
    if what == "equal":
        yield Piece(Kind.KEPT, before)
        return
    old, new = _words(before), _words(after)
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    yield Piece(Kind.KEPT, "".join(old[:start]))
    yield from _pieces(old[start : len(old) - end], new[start : len(new) - end])
    yield Piece(Kind.KEPT, "".join(old[len(old) - end :]))


def _words(text: str) -> list[str]:
    """Words with the space before them, and line breaks; put together they are the text."""
    return _WORDS.findall(text)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words they begin with in common."""
    return sum(1 for _same in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _pieces(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    if _pairs(old, new) > MOST_PAIRS:
        yield Piece(Kind.REMOVED, "".join(old))
        yield Piece(Kind.ADDED, "".join(new))
        return
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for is_kept, passages in groupby(opcodes, key=lambda passage: _is_kept(passage, opcodes)):
        whole = list(passages)
        _what, old_from, _old_to, new_from, _new_to = whole[0]
        _what, _old_from, old_to, _new_from, new_to = whole[-1]
        before = "".join(old[old_from:old_to])
        if is_kept:
            yield Piece(Kind.KEPT, before)
        else:
            yield Piece(Kind.REMOVED, before)
            yield Piece(Kind.ADDED, "".join(new[new_from:new_to]))


def _is_kept(passage: Passage, all_of_them: Sequence[Passage]) -> bool:
    """A word or two that happen to be the same between two changes are told with them: it reads better."""
    what, start, end, *_new = passage
    is_between = passage not in (all_of_them[0], all_of_them[-1])
    return what == "equal" and not (is_between and end - start <= FEW_WORDS)


def _pairs(old: Iterable[str], new: Iterable[str]) -> int:
    counted = Counter(new)
    return sum(count * counted[word] for word, count in Counter(old).items())


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    told = (piece for piece in pieces if piece.text)
    return [
        Piece(kind, "".join(piece.text for piece in same))
        for kind, same in groupby(told, key=lambda piece: piece.kind)
    ]


def _abridged(piece: Piece, *, before: bool, after: bool) -> Piece:
    """`before`, `after`: whether there is a change on that side."""
    text = piece.text
    if len(text) <= 2 * AROUND or not (before or after):
        return piece
    beginning = text[:AROUND].rsplit(" ", 1)[0] if before else ""
    end = text[-AROUND:].split(" ", 1)[-1] if after else ""
    return replace(piece, text=f"{beginning}{GAP}{end}")
