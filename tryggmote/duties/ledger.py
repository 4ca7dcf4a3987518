"""Keeping the ledger: who owes what is worked out anew, and those it concerns are told.

All of it can be run at any time and any number of times: the database does nothing the second time. What is
noted and what is told are one transaction, so a run that is killed has done neither.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.duties.kinds import Receiver, kinds
from tryggmote.duties.telling import LateBelow, Reminder, Returned, TakenOver, Told, tell
from tryggmote.ui.dates import OSLO

REMINDS_FROM = 6  # o'clock in Oslo


def bring_up_to_date(now: datetime | None = None) -> list[Told]:
    """Work out who owes what, hand over what people leave behind, remind, and take what is late further.

    What was handed to somebody who can no longer do it goes back to whoever owes it.

    `now`: with a time zone. Returns what people have been told. Deadlines are told of from six o'clock.
    """
    moment = now or timezone.now()
    with acting_as_job():
        told = [*_keep(moment), *_return(moment)]
        if moment.astimezone(OSLO).hour >= REMINDS_FROM:
            told += [*_remind(moment), *_escalate(moment)]
        tell(told, moment)
    return told


def _keep(moment: datetime) -> Iterable[Told]:
    taken_over: Counter[int] = Counter()
    handed = [kind.code for kind in kinds().values() if kind.goes_to is not Receiver.NOBODY]
    for person_id, number in _rows("select * from app.keep_ledger(%s, %s)", moment, handed):
        taken_over[person_id] += number
    return (TakenOver(person_id, number) for person_id, number in taken_over.items())


def _return(moment: datetime) -> Iterable[Told]:
    to_leaders = [kind.code for kind in kinds().values() if kind.goes_to is Receiver.LEADER]
    return (Returned(*row) for row in _rows("select * from app.return_handings(%s, %s)", moment, to_leaders))


def _remind(moment: datetime) -> Iterable[Told]:
    return (Reminder(*row) for row in _rows("select * from app.remind_of_duties(%s)", moment))


def _escalate(moment: datetime) -> Iterable[Told]:
    escalating = [kind.code for kind in kinds().values() if kind.escalates]
    return (LateBelow(*row) for row in _rows("select * from app.escalate_duties(%s, %s)", moment, escalating))


def _rows(sql: str, *values: datetime | list[str]) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
