"""By when something must be read, and who may see who has (1.1, 2.3, § 23A-3). No database, no request."""

from datetime import date, datetime, timedelta

from tryggmote.organisation.standing import Standing
from tryggmote.organisation.workdays import OSLO, add_workdays

IMPORTANT_WITHIN_WORKDAYS = 5
REST_WITHIN = timedelta(days=7)
"""The weekly digest names all that has come; a week later it is to be read."""

IMPORTANT_COUNTS_FOR = timedelta(days=365)
REST_COUNTS_FOR = timedelta(days=90)
"""What is older than this is found in the feed, and asks nobody to be read any more."""


def read_important_by(published_at: datetime) -> datetime:
    """When an important item must have been read."""
    return add_workdays(published_at, IMPORTANT_WITHIN_WORKDAYS)


def confirm_by(published_at: datetime, concerned_since: date) -> datetime:
    """When something that stands must have been confirmed: newcomers have as long as everybody had."""
    came = datetime(concerned_since.year, concerned_since.month, concerned_since.day, tzinfo=OSLO)
    return read_important_by(max(published_at, came))


def read_rest_by(oldest_published_at: datetime) -> datetime:
    """When the ordinary items must have been read: counted from the oldest of them."""
    return oldest_published_at + REST_WITHIN


def may_see_readers(standing: Standing) -> bool:
    """Whether one may see by name who has read: those who lead the unit, and its safety representatives."""
    return standing.leads or standing.represents


def may_remind(standing: Standing) -> bool:
    """Whether one may remind those who have not read: those who lead the unit."""
    return standing.leads


def week_of(day: date) -> date:
    """The Monday of the week; each week has one digest."""
    return day - timedelta(days=day.weekday())
