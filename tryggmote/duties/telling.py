"""What people are told of duties; the capability that tells them registers itself in `AppConfig.ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class TakenOver:
    """How much one person has taken over, because somebody left or has the role no more."""

    person_id: int
    number: int


@dataclass(frozen=True)
class HandedOn:
    """How much a colleague has asked this person to do for them."""

    person_id: int
    number: int


@dataclass(frozen=True)
class Returned:
    """How much a person has of their own again, because whoever they had asked can no longer do it."""

    person_id: int
    number: int


@dataclass(frozen=True)
class StandsIn:
    """In how many roles a person has been chosen to stand in for their leader."""

    person_id: int
    number: int


@dataclass(frozen=True)
class Reminder:
    """How much a person owes that newly has a deadline soon, has it today, or has passed it."""

    person_id: int
    soon: int
    today: int
    late: int


@dataclass(frozen=True)
class LateBelow:
    """How much that others owe has newly been taken further to a leader."""

    person_id: int
    number: int


Told = TakenOver | HandedOn | Returned | StandsIn | Reminder | LateBelow
Teller = Callable[[Iterable[Told], datetime], None]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """Who tells people: called in the transaction in which it is noted that they are told."""
    _tellers.append(teller)


def tell(told: Iterable[Told], moment: datetime) -> None:
    """Tell each of them."""
    for teller in _tellers:
        teller(told, moment)
