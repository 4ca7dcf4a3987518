"""Who carries notices out of the house: one carrier for each channel, made known when the program starts."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tryggmote.notices.models import Delivery


@dataclass(frozen=True)
class Outcome:
    """How it went with one delivery. `trouble`: what was said when it was not taken, "" when it was.

    `is_final`: trying again is no use. `is_bounce`: it is the address that is wrong.
    """

    delivery: "Delivery"
    trouble: str = ""
    is_final: bool = False
    is_bounce: bool = False


class Carrier(Protocol):
    """One way out. Runs in the worker; nothing it meets may stop the next delivery."""

    def is_set_up(self) -> bool:
        """Whether those who run the installation have opened this way. Until then everything waits."""

    def reaches(self, ids: Collection[int]) -> set[int]:
        """Those of the people (of the units, for a unit's channel) that this way leads to. One query."""

    def carry(self, batch: Sequence["Delivery"]) -> Iterator[Outcome]:
        """Send them; says of each how it went as soon as that is known."""


_carriers: dict[str, Carrier] = {}


def register(channel: str, carrier: Carrier) -> None:
    """Open a way out."""
    _carriers[channel] = carrier


def carrier_of(channel: str) -> Carrier:
    """Who carries by this channel. Raises KeyError when nobody does."""
    return _carriers[channel]


def channels() -> list[str]:
    """All ways there are."""
    return list(_carriers)
