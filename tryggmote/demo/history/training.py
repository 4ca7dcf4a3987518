"""What everybody in the fictional county has learnt, practised and exercised (4.1-4.3, 1.2).

In Skjærgard nothing is missing; in Fjordvik some have not been to the exercises; in Granlia some meet clients
without having been trained. One in Fjordvik is new in the job, and has done nothing yet.
"""

import random
from collections.abc import Mapping
from datetime import date, timedelta

from django.db import connection

from tryggmote.training.models import Completion
from tryggmote.training.vocabulary import Source

SHARES = {"skjaergard": (1.0, 1.0), "fjordvik": (1.0, 0.85), "granlia": (0.9, 0.5)}
"""By office: the share of what must come before the first meeting that is done, and of the rest."""
ELSEWHERE = (1.0, 0.95)
NEWCOMER = "fjordvik-arbeid-stat-12"
DONE_DAYS_AGO = 20
FOR_EVER = 48
"""Months back in which what does not run out was done."""
_SOURCES = {"theory": Source.IMPORTED, "practice": Source.SESSION, "exercise": Source.EXERCISE}
_OWED = """
select distinct on (o.person_id, o.element) o.person_id, o.element, o.kind, o.months, o.is_gate, coalesce((
  select u.code from organisation_unitclosure c join organisation_unit u on u.id = c.ancestor_id
  where c.descendant_id = o.unit_id and u.kind in ('office', 'contact_centre') limit 1), '')
from evidence_part_owed o order by o.person_id, o.element, o.place
"""


def write_training(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write what each has done of what they owe, within the time it counts. `ids`: people by key."""
    chance = random.Random(f"{seed} training")
    with connection.cursor() as cursor:
        cursor.execute(_OWED)
        owed = cursor.fetchall()
    Completion.objects.bulk_create(
        Completion(
            person_id=person_id,
            element=element,
            done_on=anchor - timedelta(days=chance.randint(DONE_DAYS_AGO, 30 * (months or FOR_EVER) - 10)),
            source=_SOURCES[kind],
        )
        for person_id, element, kind, months, is_gate, office in owed
        if chance.random() < SHARES.get(office, ELSEWHERE)[not is_gate] and person_id != ids[NEWCOMER]
    )
