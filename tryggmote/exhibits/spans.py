"""Which bytes of a recording a player asks for (RFC 9110, section 14). No database, no request."""

import re
from dataclasses import dataclass

MOST = 2 * 1024 * 1024
"""Bytes in one answer: what a process holds of a recording. The player asks for the rest."""
_ONE_RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})")


class NotThere(Exception):
    """What is asked for lies outside the file."""


@dataclass(frozen=True)
class Span:
    """The bytes from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def span_of(header: str, size: int) -> Span | None:
    """The beginning of what the header "Range" asks for of a file of `size` bytes, at most `MOST`.

    None when the whole is to be sent: no header, or one we need not understand. Raises: NotThere.
    """
    asked = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if asked is None or not (asked["first"] or asked["last"]):
        return None
    if asked["first"]:
        first, last = int(asked["first"]), int(asked["last"] or size - 1)
        if asked["last"] and last < first:
            return None  # not a range at all
    else:
        first, last = max(size - int(asked["last"]), 0), size - 1
    if first >= size:
        raise NotThere
    return Span(first, min(last, size - 1, first + MOST - 1))
