"""What a year is made of. A source reads what its capability already knows; nobody types a cycle (ADR 0052).

A capability above `cycle` registers its own source in `AppConfig.ready()`; for those below, `cycle` does
(`apps.py`, `sources/`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tryggmote.access.context import SignedInPerson
from tryggmote.cycle.vocabulary import Kind, State
from tryggmote.ui.dates import oslo_midnight


@dataclass(frozen=True)
class Span:
    """What is asked about: these units, from the first day to the last, as it looks today."""

    unit_ids: tuple[int, ...]
    first: date
    last: date
    today: date

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """The first moment in Oslo, and the last one."""
        return oslo_midnight(self.first), oslo_midnight(self.last + timedelta(days=1)) - timedelta.resolution

    def holds(self, day: date) -> bool:
        """Whether the day is asked about."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Event:
    """One thing in the year. Its date is owned and moved where `url` leads.

    `key`: what it is about, the same from one reading to the next. `unit_id`: whose it is. `at`: the moment,
    for what has one; else it is to be done by the end of the day `on`, or was done then. `moved_as`: the
    source that moves it (`Mover`), "" for what is not moved here.
    """

    kind: Kind
    key: str
    unit_id: int
    on: date
    title: str
    url: str
    requirement: str
    is_done: bool = False
    at: datetime | None = None
    moved_as: str = ""

    def state(self, today: date) -> State:
        """How it stands: what is not done is missed from the day after."""
        if self.is_done:
            return State.DONE
        return State.MISSED if self.on < today else State.COMING


@dataclass(frozen=True)
class Movable:
    """Something that the one who asks may move. `last_on`: the last day a rule lets it be, None for no rule.

    `why`: what that rule says, in a sentence.
    """

    title: str
    unit_id: int
    starts_at: datetime
    last_on: date | None
    why: str


@dataclass(frozen=True)
class Mover:
    """How events of a source are moved: by the act of the capability that owns their time.

    `find`: by an event's key; None for what one does not see. Raises NotAllowed for those who may not move
    it, NotPossible when it is over. `move` raises the same.
    """

    find: Callable[[SignedInPerson, UUID], Movable | None]
    move: Callable[[SignedInPerson, UUID, datetime], None]


@dataclass(frozen=True)
class Source:
    """Where events of a kind come from.

    `read` asks the database as the person who looks, so that they see no event of what they do not see;
    in a number of queries that does not depend on how much there is. Titles name no person.
    `mover`: for those whose events have a time of their own.
    """

    name: str
    kind: Kind
    read: Callable[[Span], Iterable[Event]]
    mover: Mover | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the source be part of every year; the same name again replaces it."""
    _sources[source.name] = source


def mover_of(name: str) -> Mover | None:
    """How events of the source with this name are moved; None when they are not, or there is none such."""
    source = _sources.get(name)
    return source.mover if source else None


def sources(kind: str = "") -> list[Source]:
    """All sources in the order they were registered, or those of one kind."""
    return [source for source in _sources.values() if kind in ("", source.kind)]
