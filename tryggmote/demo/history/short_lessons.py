"""Four short lessons that the office of Fjordvik has held in its meetings over the year (4.1)."""

import random
from datetime import date

from tryggmote.demo.county import FJORDVIK
from tryggmote.demo.history.clock import at, id_at, workday_before
from tryggmote.lessons.models import Attendance, Gathering
from tryggmote.organisation.models import Unit
from tryggmote.organisation.queries import colleagues
from tryggmote.organisation.standing import leaders_of

HELD = ((290, "only_words"), (205, "a_refusal"), (118, "the_alarm"), (34, "leaving_the_room"))
"""How many days ago, and which."""
SHARE_THERE = 0.7
MORNING = 9 * 60 + 15


def write_short_lessons(*, seed: int, anchor: date) -> None:
    """Write the meetings, each with most of those who work there."""
    chance = random.Random(f"{seed} short lessons")
    unit = Unit.objects.get(code=FJORDVIK)
    leader_id = leaders_of(unit.id)[0].person_id
    for days_ago, lesson in HELD:
        day = workday_before(anchor, days_ago)
        moment = at(day, MORNING)
        held = Gathering.objects.create(
            id=id_at(moment, chance), unit=unit, lesson=lesson, held_on=day, by_id=leader_id, at=moment
        )
        people = list(colleagues(unit.id, day).values_list("id", flat=True))
        there = chance.sample(people, round(len(people) * SHARE_THERE))
        Attendance.objects.bulk_create(
            Attendance(
                id=id_at(moment, chance), gathering=held, person_id=person_id, by_id=leader_id, at=moment
            )
            for person_id in there
        )
