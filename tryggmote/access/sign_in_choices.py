"""Whom one may sign in as where there is no identity provider: the demo says, and nothing else does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A fictional person to sign in as.

    `sees`: for those shown first, a line on what they meet there; `rank`: their place among these, from 1.
    """

    person_id: int
    name: str
    role: str
    unit: str
    sees: str = ""
    rank: int = 0

    def matches(self, words: str) -> bool:
        """True when every word is found in the name, the role or the unit."""
        text = f"{self.name} {self.role} {self.unit}".casefold()
        return all(word in text for word in words.casefold().split())


Provider = Callable[[], Sequence[Choice]]
_providers: list[Provider] = []


def offer(provider: Provider) -> None:
    """Say who may be chosen. Called once, when the program starts in demo mode."""
    _providers[:] = [provider]


def choices() -> list[Choice]:
    """Everybody who may be chosen, in the order they were offered; nobody outside the demo."""
    return [choice for provider in _providers for choice in provider()]
