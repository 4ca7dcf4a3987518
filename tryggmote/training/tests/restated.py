"""How somebody stands in one element, said a second time and slowly: what the database's rule is held to.

The product's rule is `app.training_standing` (`policies_standing.sql`); `test_rules.py` compares the two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from tryggmote.training.vocabulary import Standing

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Terms:
    """How long an element counts. `months`: None for ever. See `elements/` for the rest."""

    months: int | None
    is_gate: bool
    start_days: int
    grace_days: int


@dataclass(frozen=True)
class Ask:
    """An assessment has changed: what was learnt before `since` counts until `by` and no longer."""

    since: date
    by: date


@dataclass(frozen=True)
class Leave:
    """First and last day; `ends_on` is None when nobody knows."""

    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the person is away that day."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True)
class Counted:
    """`until`: last day in order; `lasts_until`: last day it counts at all. None for ever."""

    until: date | None
    lasts_until: date | None
    renew_by: date | None


def counted(done_on: date, terms: Terms, asks: Collection[Ask]) -> Counted:
    """How long what was done on `done_on` counts.

    Source: standard 4.1; forskrift om utførelse av arbeid § 23A-2 second paragraph (renewal).
    """
    renew_by = min((ask.by for ask in asks if ask.since > done_on), default=None)
    usual = done_on + relativedelta(months=terms.months) if terms.months else None
    grace = usual + timedelta(days=terms.grace_days) if usual else None
    return Counted(_least(usual, renew_by), _least(grace, renew_by), renew_by)


def standing_on(
    day: date,
    *,
    terms: Terms,
    since: date,
    done_on: date | None,
    asks: Collection[Ask] = (),
    leaves: Collection[Leave] = (),
) -> Standing:
    """How somebody stands in an element on a day, having owed it since `since`.

    `done_on`: the last time; None for never. The database says the same (`evidence.sql`).
    """
    if any(leave.holds_on(day) for leave in leaves):
        return Standing.AWAY
    if done_on is None:
        back = [
            leave.ends_on + timedelta(days=1) for leave in leaves if leave.ends_on and leave.ends_on < day
        ]
        begun = max([since, *back])
        is_new = not terms.is_gate and day <= begun + timedelta(days=terms.start_days)
        return Standing.NEW if is_new else Standing.MISSING
    found = counted(done_on, terms, asks)
    if found.lasts_until and found.lasts_until < day:
        return Standing.MISSING
    if found.renew_by or (found.until and found.until < day):
        return Standing.LATE
    if found.until and found.until <= day + SOON:
        return Standing.RUNNING_OUT
    return Standing.HELD


def _least(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
