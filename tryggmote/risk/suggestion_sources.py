"""Who suggests what could go into an assessment, from what the unit has met itself (1.1, 2.1).

Whoever knows of incidents, checks or stops registers in `AppConfig.ready()`. The database shows each source
what the one who asks may see, so a participant who sees no incidents gets no figures from them.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Suggestion:
    """Something that has happened `count` times since the day asked for.

    `text`: what it was, without where. `hazard`: what a scenario about it begins with; "" when the thing
    counted is only a sign that something is the matter. `url`: where the things counted are found.
    """

    code: str
    text: Text
    forms: tuple[str, ...]
    count: int
    last_on: datetime
    hazard: Text = ""
    url: str = ""


Provider = Callable[[Collection[int], Collection[str], datetime], Iterable[Suggestion]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask `provider` too. It is given the units, the meeting forms and the moment to count from."""
    _providers.append(provider)


def suggestions(unit_ids: Collection[int], forms: Collection[str], since: datetime) -> list[Suggestion]:
    """What all of them suggest, the most frequent first."""
    found = [s for provider in _providers for s in provider(unit_ids, forms, since)]
    return sorted(found, key=lambda s: (-s.count, -s.last_on.timestamp(), s.code))
