"""What "Now" reads: what the one who asks owes, and what it needs to know of the catalogue."""

import json
from typing import Any

from django.db import connection

from tryggmote.catalogue.loader import load_standards
from tryggmote.catalogue.queries import address
from tryggmote.duties.kinds import Owed
from tryggmote.duties.registry import Urgency

_MINE = "select kind, subject, unit_id, due_at, urgency, words from app.duties_of_me()"


def owed_by_me() -> list[Owed]:
    """All that the one who asks owes, of the kinds that have a view; one query, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(_MINE)
        return [_owed(*row) for row in cursor.fetchall()]


def _owed(kind: str, subject: str, unit_id: int | None, due: Any, urgency: int, words: str) -> Owed:
    return Owed(kind, subject, unit_id, due, Urgency(urgency), json.loads(words))


def requirement_url(number: str) -> str:
    """The page of the requirement with this number, in whichever set has it first; "" when none has."""
    for standard in load_standards():
        for requirement in standard.requirements:
            if requirement.number == number:
                return address(standard, requirement)
    return ""
