"""What a dossier may be about, and who may make one and let others in to it. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

LONGEST_YEARS = 5
INVITED_DAYS = 14
MOST_INVITED_DAYS = 90
INSIDE_FOR = timedelta(hours=1)
"""How long one code lets somebody in. After that it takes another."""
CODE_LIVES_FOR = timedelta(minutes=10)
NEXT_CODE_AFTER = timedelta(minutes=1)
TRIES = 5
TRIES_IN_ALL = 25
"""To guess a code of six digits in 25 tries is one chance in 40,000. Then it takes another link."""


@dataclass(frozen=True)
class Ties:
    """What somebody is to a unit today; the same as `policies.sql` says."""

    leads: bool = False
    represents: bool = False
    oversees: bool = False
    audits: bool = False


def may_make(ties: Ties) -> bool:
    """Those who answer for the unit, stand for those who work there, or look into it (AML §§ 3-1, 6-2)."""
    return ties.audits or may_invite(ties)


def may_invite(ties: Ties) -> bool:
    """Whoever looks into a unit from outside passes nothing on."""
    return ties.leads or ties.represents or ties.oversees


def is_period(since: date, until: date, *, today: date) -> bool:
    """Whether the days are a period that has begun and is not longer than anybody asks for."""
    return since <= until <= today and until < since + relativedelta(years=LONGEST_YEARS)


def may_send_code(last: datetime | None, wrong_in_all: int, *, now: datetime) -> bool:
    """Whether another code is sent: not more than one a minute, and not to one who only guesses."""
    return wrong_in_all < TRIES_IN_ALL and (last is None or last <= now - NEXT_CODE_AFTER)


def may_try_code(asked: datetime | None, wrong: int, wrong_in_all: int, *, now: datetime) -> bool:
    """Whether a code can be tried at all: sent, still good, and not guessed at."""
    return (
        asked is not None and asked > now - CODE_LIVES_FOR and wrong < TRIES and wrong_in_all < TRIES_IN_ALL
    )
