"""What is read of duties: what the one who asks owes, what is late below them, and the catalogue's pages."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from tryggmote.catalogue.loader import load_standards
from tryggmote.catalogue.queries import address
from tryggmote.duties.kinds import kinds
from tryggmote.duties.models import Entry, Escalation
from tryggmote.duties.owed import Owed, Urgency
from tryggmote.organisation.models import Unit

_MINE = """
select kind, subject, unit_id, due_at, urgency, words, handed_to, handed_by, handing_id
from app.duties_of_me()
"""


def owed_by_me() -> list[Owed]:
    """All that the one who asks owes or has been handed, of kinds with a view; one query, in no order.

    While a newer version comes in, the database knows kinds this one has no words for: they are left out.
    """
    known = kinds()
    with connection.cursor() as cursor:
        cursor.execute(_MINE)
        return [_owed(*row) for row in cursor.fetchall() if row[0] in known]


def _owed(
    kind: str,
    subject: str,
    unit_id: int | None,
    due: datetime | None,
    urgency: int,
    words: Any,
    handed_to: str | None,
    handed_by: str | None,
    handing_id: UUID | None,
) -> Owed:
    return Owed(
        kind=kind,
        subject=subject,
        unit_id=unit_id,
        due=due,
        urgency=Urgency(urgency),
        words=json.loads(words),
        handed_to=handed_to or "",
        handed_by=handed_by or "",
        handing_id=handing_id,
    )


def late_below(now: datetime, unit_id: int | None = None) -> QuerySet[Entry]:
    """What has been taken further to the one who asks and is still not done, the oldest deadline first."""
    told = Escalation.objects.values("entry_id")  # one sees only what one has been told of oneself
    found = Entry.objects.filter(
        id__in=told, ended_at=None, due_at__lte=now, kind__in=kinds().keys()
    ).select_related("person", "unit")
    return (found.filter(unit_id=unit_id) if unit_id else found).order_by("due_at", "id")


def units_late_below(now: datetime) -> QuerySet[Unit]:
    """The units in which something of that is owed, in Norwegian order."""
    return Unit.objects.filter(id__in=late_below(now).order_by().values("unit_id")).order_by("sort_key")


def requirement_url(number: str) -> str:
    """The page of the requirement with this number, in whichever set has it first; "" when none has."""
    for standard in load_standards():
        for requirement in standard.requirements:
            if requirement.number == number:
                return address(standard, requirement)
    return ""
