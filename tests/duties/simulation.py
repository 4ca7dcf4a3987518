"""Days of the test's choosing: the database is told what day it is, and the ledger is run each morning."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection

from tryggmote.ui.dates import OSLO

_TODAY = """
create or replace function app.today() returns date language sql stable parallel safe
return coalesce(
  nullif(current_setting('simulated.today', true), '')::date, (now() at time zone 'Europe/Oslo')::date)
"""


@contextmanager
def simulated_days() -> Iterator[None]:
    """The database asks each connection what day it is, and the clock where `be_on` has not said it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_get_functiondef('app.today()'::regprocedure)")
        (real,) = cursor.fetchone()
        cursor.execute(_TODAY)
    yield
    with connection.cursor() as cursor:
        cursor.execute("select set_config('simulated.today', '', false)")
        cursor.execute(real)


def be_on(day: date) -> None:
    """Let it be this day for our connection."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('simulated.today', %s, false)", [day.isoformat()])


def morning_of(day: date) -> datetime:
    """Let it be this day, and answer seven o'clock on it in Oslo."""
    be_on(day)
    return datetime(day.year, day.month, day.day, 7, tzinfo=OSLO)
