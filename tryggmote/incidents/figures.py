"""Figures about a unit's incidents: how fast they are met, and what recurs (2.4). Two queries.

Every figure is read with the code book it was counted with, and says how many it is made of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.incidents.codebook import codebook
from tryggmote.incidents.levels import LEVELS
from tryggmote.ui.dates import oslo_today

Text = str | Promise

GROUPS: tuple[tuple[str, Text], ...] = (
    ("natures", gettext_lazy("Hva det var")),
    ("channels", gettext_lazy("Hvor det skjedde")),
    ("triggers", gettext_lazy("Hva som utløste det")),
    ("circumstances", gettext_lazy("Hva ved arbeidet som spilte inn")),
    ("levels", gettext_lazy("Hvor alvorlig det var")),
)


@dataclass(frozen=True)
class Rate:
    """How many of those that were due were done in time. Those who may not read every incident are told the
    share alone, in `tenths` rounded down, and not where few were due: then `due` is None, or 0 for none.
    """

    label: Text
    done: int | None
    due: int | None
    tenths: int | None = None

    @property
    def share(self) -> int | None:
        """In per cent, rounded down: all in time is the only hundred. None when there is nothing to show."""
        if self.done is not None:
            return self.done * 100 // self.due if self.due else None
        return None if self.tenths is None else self.tenths * 10

    @property
    def is_hidden(self) -> bool:
        return self.due is None and self.tenths is None


@dataclass(frozen=True)
class Rates:
    """How fast the incidents of some days were met. `is_lately`: up to today, else a half-year."""

    rates: list[Rate]
    since: date
    until: date
    is_lately: bool


@dataclass(frozen=True)
class Count:
    """How often something was so."""

    word: Text
    number: int
    share: int


@dataclass(frozen=True)
class Group:
    title: Text
    counts: list[Count]


@dataclass(frozen=True)
class Figures:
    """`total` is None for those who may not read every incident; 0 when nothing was reported."""

    total: int | None
    groups: list[Group]


_RATES = {
    "opened": gettext_lazy("Åpnet av leder i tide"),
    "insight": gettext_lazy("Åpnet av verneombudet i tide"),
    "answered": gettext_lazy("Besvart i tide"),
    "followed_up": gettext_lazy("Oppfølging tilbudt samme dag (nivå 3 og over)"),
}


def rates_of(unit_id: int) -> Rates | None:
    """How fast the unit's incidents were met; None for a unit one does not see."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select what, in_time, due, tenths, since, until from app.incident_rates(%s)", [unit_id]
        )
        rows = cursor.fetchall()
    if not rows:
        return None
    found = {what: counts for what, *counts, _since, _until in rows}
    *_counts, since, until = rows[0]
    rates = [Rate(label, *found[what]) for what, label in _RATES.items()]
    return Rates(rates, since, until, is_lately=until == oslo_today())


def figures_of(unit_id: int, *, days: int) -> Figures:
    """What was reported in the last `days` days in the unit and below it, with the newest code book."""
    since = timezone.now() - timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute("select what, code, n from app.incident_figures(%s, %s)", [unit_id, since])
        rows = cursor.fetchall()
    total = next((n for what, _code, n in rows if what == "all"), 0)
    groups = [
        Group(title, _counts(group, ((code, n) for what, code, n in rows if what == group), total))
        for group, title in GROUPS
    ]
    return Figures(total, [group for group in groups if group.counts])


def _counts(group: str, found: Iterable[tuple[str, int]], total: int | None) -> list[Count]:
    words = _words(group)
    counts = [Count(words.get(code, code), n, n * 100 // total if total else 0) for code, n in sorted(found)]
    if group == "levels":
        return counts
    return sorted(counts, key=lambda count: count.number, reverse=True)


def _words(group: str) -> dict[str, Text]:
    if group == "levels":
        judged = {str(level.number): f"{level.number} – {level.word}" for level in LEVELS}
        return {**judged, "-": _("Ikke vurdert")}
    return {code.code: str(code.word) for code in getattr(codebook(), group)}
