"""Where in a long list the next screen begins: a moment and an id, so that equal moments lose none.

It is in the address as `?eldre=`, beside what the list is narrowed to.
"""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

CURSOR = "eldre"


def cursor_of(moment: datetime, row_id: UUID) -> str:
    """The cursor of the rows after this one."""
    return f"{moment.isoformat()}_{row_id}"


def after(cursor: str, *, moment_field: str, is_rising: bool = False) -> Q:
    """The rows after the cursor in the order of `moment_field` and id; all, if nobody made it.

    Both fall, or with `is_rising` both rise.
    """
    text, _, key = cursor.partition("_")
    try:
        moment, row_id = parse_datetime(text), UUID(key)
    except ValueError:
        return Q()
    if moment is None or moment.tzinfo is None:
        return Q()
    beyond = "gt" if is_rising else "lt"
    further = Q(**{f"{moment_field}__{beyond}": moment}) | Q(**{f"id__{beyond}": row_id})
    return Q(**{f"{moment_field}__{beyond}e": moment}) & further


def narrowed(request: HttpRequest, **changes: str) -> str:
    """The same list from its beginning, narrowed with `changes` too: a query with its `?`."""
    kept = {name: value for name, value in request.GET.items() if name != CURSOR and value}
    return f"?{urlencode(kept | changes)}"


def older_url(request: HttpRequest, cursor: str) -> str:
    """The next screen of the list, which begins at `cursor`; empty when there is none."""
    return narrowed(request, **{CURSOR: cursor}) if cursor else ""
