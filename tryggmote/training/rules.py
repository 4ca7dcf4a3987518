"""Who may do and see what of training: pure rules (4.1). How somebody stands: `policies_standing.sql`."""

from datetime import datetime, timedelta

from tryggmote.organisation.standing import Standing as UnitStanding

REMINDED_AT = (60, 30, 7)
"""Days before something runs out at which the person is reminded, and nobody else."""
FEWEST = 5
"""Counts of fewer people than this say nothing to those outside the unit: they would say who."""


def hides_few(standing: UnitStanding) -> bool:
    """Whether one sees the unit only from above, and so no count of a few."""
    return not (standing.leads or standing.represents)


def may_lead_training(standing: UnitStanding) -> bool:
    """Whether one decides what the unit asks for, and sees how each stands: leaders of the unit."""
    return standing.leads


def may_see_counts(standing: UnitStanding) -> bool:
    """Whether one sees how many hold what: leaders, safety representatives and those above, never who."""
    return standing.leads or standing.represents or standing.oversees


EARLY = timedelta(hours=1)
"""So long before and after a session the code on its wall is taken."""


def may_hold(standing: UnitStanding, *, is_its_leader: bool) -> bool:
    """Whoever leads the session, and leaders of its unit, change it and say who was there."""
    return is_its_leader or standing.leads


def takes_sign_ups(starts_at: datetime, cancelled_at: datetime | None, *, now: datetime) -> bool:
    """Whether one can still sign up."""
    return cancelled_at is None and now < starts_at


def may_record(starts_at: datetime, ends_at: datetime, at: datetime) -> bool:
    """Whether somebody who types the code at this moment can have been there."""
    return starts_at - EARLY <= at <= ends_at + EARLY
