"""What checks, stops and reported risks suggest to a risk assessment, by meeting form (2.1, 2.2)."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.organisation.meeting_levels import Level
from tryggmote.risk.suggestion_sources import Suggestion

KEPT_FOR = timedelta(days=30)

# Under the policies: what the one who asks may not see is not counted. Checks are deleted after 30 days, and
# then only their number is left.
_COUNTS = """
with seen as (
  select 'check' as sign, c.form, c.workforce_id, 1 as n, c.created_at as at
  from encounters_check c where c.level = %(high)s
  union all
  select 'check', n.form, n.workforce_id, n.n, n.day::timestamptz
  from encounters_checkcount n where n.level = %(high)s
  union all
  select case when r.stopped_work then 'stop' else 'risk' end, r.form, r.workforce_id, 1, r.created_at
  from encounters_riskreport r
)
select s.sign, s.form, sum(s.n), max(s.at)
from seen s join organisation_workforce w on w.id = s.workforce_id
where w.unit_id = any (%(units)s) and s.form = any (%(forms)s) and s.at >= %(since)s
group by s.sign, s.form
"""


def suggest(unit_ids: Collection[int], forms: Collection[str], since: datetime) -> Iterable[Suggestion]:
    """Checks rated high, meetings that were stopped and risks that were reported, in each meeting form."""
    asked: dict[str, Any] = {
        "units": list(unit_ids),
        "forms": list(forms),
        "since": since,
        "high": Level.HIGH.rank,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        rows = cursor.fetchall()
    texts = {
        "check": _("Sjekk med høy risiko"),
        "stop": _("Stanset møte"),
        "risk": _("Meldt risiko"),
    }
    for sign, form, count, last_at in rows:
        yield Suggestion(
            code=f"{sign}:{form}",
            text=texts[sign],
            forms=(form,),
            count=int(count),
            last_on=last_at,
            url=_list_of(sign, form, last_at),
        )


def _list_of(sign: str, form: str, last_at: datetime) -> str:
    """Where they are listed; "" when all of them are only counted any more."""
    if sign == "check":
        narrowed = {"form": form, "level": Level.HIGH.rank}
        is_listed = last_at > timezone.now() - KEPT_FOR
        return f"{reverse('encounters:checks')}?{urlencode(narrowed)}" if is_listed else ""
    return f"{reverse('encounters:risks')}?{urlencode({'form': form, 'kind': sign})}"
