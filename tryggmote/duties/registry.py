"""What "Now" shows beside the kinds of duty that the database knows (`kinds.py`): what providers tell.

That is what goes on now, where they are to be today, and duties nobody else is to follow up. Capabilities
register in `AppConfig.ready()`; each provider makes at most two queries.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.owed import Owed
from tryggmote.duties.owed import Urgency as Urgency

Text = str | Promise


@dataclass(frozen=True)
class Duty:
    """One thing one person must do.

    `title`: what, as an act ("Svar på meldingen fra Storgata"). `why`: one sentence. `action`: the verb on
    the button that leads to `url`. `requirement`: the number in the standard it serves, "" for none.
    `kind`: a code of the capability, the same for duties of the same sort. `owed`: as the database says it,
    for the kinds it knows (`kinds.py`).
    """

    title: str
    why: str
    url: str
    action: str
    due: datetime | None
    urgency: int
    requirement: str
    kind: str
    owed: Owed | None = None


@dataclass(frozen=True)
class MeetingToday:
    """A meeting the person has today.

    `form`: the meeting form in words. `url` leads to the meeting. `state` says where it stands in a few
    words ("Ikke sjekket"), `variant` how to colour it (as `ui`'s tag). `action` and `action_url`: the next
    step, "" for none.
    """

    starts_at: datetime
    ends_at: datetime | None
    form: str
    place: str
    url: str
    state: str
    variant: str = "neutral"
    action: str = ""
    action_url: str = ""


@dataclass(frozen=True)
class Ongoing:
    """Something the person is in the middle of; it stands above everything else on "Now".

    `template` draws it, with `context` as `shown`.
    """

    template: str
    context: dict[str, Any]


DutyProvider = Callable[[SignedInPerson], Iterable[Duty | Ongoing]]
TodayProvider = Callable[[SignedInPerson], Iterable[MeetingToday]]

_duty_providers: list[DutyProvider] = []
_today_providers: list[TodayProvider] = []
_today_pages: list[str] = []


def register(provider: DutyProvider) -> None:
    """Ask `provider` for duties, and for what goes on, whenever somebody opens "Now"."""
    _duty_providers.append(provider)


def register_today(provider: TodayProvider, *, url_name: str = "") -> None:
    """Ask `provider` for today's meetings whenever somebody opens "Now"; they are kept at `url_name`."""
    _today_providers.append(provider)
    _today_pages[:] = [url_name] if url_name else _today_pages


def told_of(person: SignedInPerson) -> tuple[list[Duty], list[Ongoing]]:
    """What providers say this person must do, in no order, and what they are in the middle of."""
    found = [each for provider in _duty_providers for each in provider(person)]
    duties = [each for each in found if isinstance(each, Duty)]
    return duties, [each for each in found if isinstance(each, Ongoing)]


def meetings_today(person: SignedInPerson) -> Iterator[MeetingToday]:
    """The person's meetings today, in no order."""
    for provider in _today_providers:
        yield from provider(person)


def today_page() -> str:
    """The name of the address where today's meetings are kept; "" when nobody keeps any."""
    return next(iter(_today_pages), "")
