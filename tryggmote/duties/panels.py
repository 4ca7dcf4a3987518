"""What people come to "Now" for beside what they must do, by role: a few lines that lead on (ADR 0060).

Capabilities register their panels in `AppConfig.ready()`. Everybody is shown the first few that are for them;
together they make at most three queries.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Text

MOST_PANELS = 3
MOST_LINES = 4


@dataclass(frozen=True)
class Line:
    """One thing: what it is, where it is, and in a few words how it stands (`variant`: as `ui`'s tag)."""

    text: str
    url: str
    below: str = ""
    state: str = ""
    variant: str = "neutral"


@dataclass(frozen=True)
class Panel:
    """What is shown. `nothing`: said without lines. `url`: where all of it is, in the words of `more`."""

    title: Text
    lines: Sequence[Line]
    nothing: Text
    more: Text
    url: str


@dataclass(frozen=True)
class PanelKind:
    """Something that people of these roles come for. The lowest `order` comes first.

    `read` asks the database as the person, with one query where that will do, for at most `MOST_LINES` lines.
    """

    code: str
    roles: frozenset[str]
    order: int
    read: Callable[[SignedInPerson], Panel]


_kinds: dict[str, PanelKind] = {}


def register(kind: PanelKind) -> None:
    """Show it to those it is for; the same code again replaces it."""
    _kinds[kind.code] = kind


def panels_of(person: SignedInPerson) -> list[Panel]:
    """What this person comes for, the most important first."""
    mine = sorted((each for each in _kinds.values() if person.has_role(*each.roles)), key=lambda k: k.order)
    return [kind.read(person) for kind in mine[:MOST_PANELS]]
