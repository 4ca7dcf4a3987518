"""Where a hazard stands, who decides about it, and when it goes up (1.1, 2.1). No database, no request."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from tryggmote.organisation.standing import Standing
from tryggmote.risk.rules import is_left_undecided
from tryggmote.risk.vocabulary import Outcome, Source


class State(TextChoices):
    """Where a hazard stands. Derived from the decision and the clock, never set by hand."""

    WAITING = "waiting", _("Venter")
    OVERDUE = "overdue", _("Over fristen")
    ASSESSED = Outcome.ASSESSED.value, Outcome.ASSESSED.label
    MERGED = Outcome.MERGED.value, Outcome.MERGED.label
    DECLINED = Outcome.DECLINED.value, Outcome.DECLINED.label

    @property
    def variant(self) -> str:
        """The colour and shape of `ui`'s tag."""
        return _VARIANTS[self]


_VARIANTS = {
    State.WAITING: "info",
    State.OVERDUE: "error",
    State.ASSESSED: "success",
    State.MERGED: "neutral",
    State.DECLINED: "neutral",
}


def state_of(*, outcome: str, due_at: datetime, now: datetime) -> State:
    """`outcome`: what was decided, "" while nothing is."""
    if outcome:
        return State(outcome)
    return State.OVERDUE if now >= due_at else State.WAITING


def may_decide(standing: Standing, *, is_passed_on: bool) -> bool:
    """A leader of the unit decides; once a hazard was passed on, so do the leaders above.

    The same rule stands behind it in the database (`leader_decides` in `policies_hazards.sql`).
    """
    return standing.leads or (is_passed_on and standing.oversees)


def may_know_who_raised(source: Source, standing: Standing) -> bool:
    """Who said it is told to those who handle it. Of a report, its own page says so to its readers."""
    handles = standing.leads or standing.represents or standing.oversees
    return source in (Source.CONCERN, Source.REVIEW) and handles


def goes_up(*, raised_at: datetime, escalated_at: datetime | None, now: datetime) -> bool:
    """Whether the next leader must be told: each who was told has had the whole of the time."""
    return is_left_undecided(escalated_at or raised_at, now)
