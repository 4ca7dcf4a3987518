"""Forgetting what has served its time: injuries, evidence, files of certificates, concerns, incidents.

How long is rule data (`incidents/kept`); what is due, and what goes along, is said by the database
(`policies.sql`), which lets the job remove nothing else.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError, connection

from tryggmote.access.context import acting_as_job

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """What is forgotten by which functions of the database, and so many in one transaction."""

    words: str
    due: str
    forget: str
    at_a_time: int


KINDS = (
    # First: an incident is kept for as long as an injury stands in the register.
    Kind("injuries", "select app.injuries_due()", "select app.forget_injuries(%s)", 200),
    # A file has up to hundreds of rows of a megabyte.
    Kind("contents of evidence", "select app.exhibits_due()", "select app.forget_exhibits(%s)", 20),
    Kind(
        "files of certificates",
        "select app.certificate_files_due()",
        "select app.forget_certificate_files(%s)",
        50,
    ),
    Kind("concerns", "select app.concerns_due()", "select app.forget_concerns(%s)", 200),
    Kind("dossiers", "select app.dossiers_due()", "select app.forget_dossiers(%s)", 20),
    Kind("incidents", "select app.incidents_due()", "select app.forget_incidents(%s)", 100),
)


def forget_what_has_served() -> dict[str, int]:
    """Delete what is due, a batch a transaction. Returns and logs how many of each kind went.

    Killed at any moment it has deleted whole batches, and the next run takes the rest. What cannot be deleted
    is logged and hinders nothing else.
    """
    return {kind.words: _forget_kind(kind) for kind in KINDS}


def _forget_kind(kind: Kind) -> int:
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(kind.due)
        due = [row[0] for row in cursor.fetchall()]
    batches = (due[first : first + kind.at_a_time] for first in range(0, len(due), kind.at_a_time))
    gone = sum(_forget(kind, batch) for batch in batches)
    if gone:
        log.info("Deleted %d %s that had served their time.", gone, kind.words)
    return gone


def _forget(kind: Kind, ids: Sequence[UUID]) -> int:
    try:
        with acting_as_job(), connection.cursor() as cursor:
            cursor.execute(kind.forget, [list(ids)])
            return int(cursor.fetchone()[0])
    except DatabaseError:
        if len(ids) == 1:
            log.exception("Of the %s, %s could not be deleted.", kind.words, ids[0])
            return 0
    # Something in the batch stands in the way: one by one, so that it stands in the way of itself alone.
    return sum(_forget(kind, [one]) for one in ids)
