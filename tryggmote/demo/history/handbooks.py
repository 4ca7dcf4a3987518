"""Who has opened the handbook of the place they work, and when last (3.6)."""

import random
from collections import defaultdict
from datetime import date

from tryggmote.demo.history.clock import in_office_hours, workday_before
from tryggmote.demo.history.readership import Readership
from tryggmote.handbook.models import Opening
from tryggmote.organisation.models import Placement

OPENED_DAYS_AGO = (1, 300)
"""Some looked yesterday; for some it will soon be a year."""


def write_openings(readership: Readership, *, seed: int, anchor: date) -> None:
    """As many of each unit as usually read what it tells them."""
    chance = random.Random(f"{seed} handbooks")
    placed = Placement.objects.filter(is_primary=True, ends_on=None, starts_on__lte=anchor).order_by("id")
    people: dict[int, list[int]] = defaultdict(list)
    for unit_id, person_id in placed.values_list("workforce__unit_id", "person_id"):
        people[unit_id].append(person_id)
    Opening.objects.bulk_create(
        Opening(
            unit_id=unit_id,
            person_id=person_id,
            opened_at=in_office_hours(workday_before(anchor, chance.randint(*OPENED_DAYS_AGO)), chance),
        )
        for unit_id, placed_there in people.items()
        for person_id in readership.pick(placed_there, chance)
    )
