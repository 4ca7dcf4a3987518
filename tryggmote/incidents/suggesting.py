"""What incidents suggest to a risk assessment: how often each kind has happened, by meeting form (2.1)."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse

from tryggmote.incidents.vocabulary import Nature
from tryggmote.risk.suggestion_sources import Suggestion

# Under the policies: an incident that the one who asks may not see is not counted. Several reports of one
# event count once.
_COUNTS = """
select nature, i.form, count(distinct app.event_of(i.id)), max(i.happened_at)
from incidents_incident i
join organisation_workforce w on w.id = i.workforce_id
cross join unnest(i.natures) as nature
where w.unit_id = any (%(units)s) and i.form = any (%(forms)s) and i.happened_at >= %(since)s
  and nature <> %(worry)s
group by nature, i.form
"""


def suggest(unit_ids: Collection[int], forms: Collection[str], since: datetime) -> Iterable[Suggestion]:
    """Each kind of incident in each meeting form. Not mere worries, which say nothing of what can happen."""
    asked: dict[str, Any] = {
        "units": list(unit_ids),
        "forms": list(forms),
        "since": since,
        "worry": Nature.WORRY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, asked)
        rows = cursor.fetchall()
    for nature, form, count, last_at in rows:
        if nature in Nature.values:
            words = Nature(nature).label
            yield Suggestion(
                code=f"incident:{nature}:{form}",
                text=words,
                forms=(form,),
                count=count,
                last_on=last_at,
                hazard=words,
                url=f"{reverse('incidents:list')}?{urlencode({'form': form})}",
            )
