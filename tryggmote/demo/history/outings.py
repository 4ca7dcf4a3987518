"""Who has been out alone: 30 days without whereabouts, the rest of the year as counts, one out now."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from tryggmote.demo.county import FJORDVIK
from tryggmote.demo.history.cast import Actor
from tryggmote.demo.history.clock import CHECKS_KEPT_DAYS, HISTORY_DAYS, at, id_at, workdays
from tryggmote.demo.history.meetings import AT_WORK, TURNOUT, Diary
from tryggmote.encounters.models import Check, Outing, OutingCount
from tryggmote.encounters.outing_rules import OUTING_FORMS, Step

CHECKS_OUT = 0.85  # of those who hold a meeting outside the house
IS_MISSED = 0.03  # forget to say that they are back until the contact rings
A_DAY = 0.12  # how often somebody who goes out goes out
CONTACT = "fjordvik-mottak-stat-1"  # shown first among those to sign in as


def write_outings(
    cast: Sequence[Actor], ids: Mapping[str, int], diary: Diary, *, seed: int, anchor: date
) -> None:
    """Write what followed from the checks of 30 days, the counts of the year, and one who is out now."""
    chance = random.Random(f"{seed} outings")
    held = [(check, starts_at) for check in diary.checks if (starts_at := _goes_out(check))]
    gone = [
        _outing(check, starts_at, chance)
        for check, starts_at in held
        if starts_at.date() < anchor and chance.random() < CHECKS_OUT
    ]
    Outing.objects.bulk_create([*gone, _out_now(cast, ids, anchor, chance)])
    last = anchor - timedelta(days=CHECKS_KEPT_DAYS)
    _write_counts(cast, chance, first=anchor - timedelta(days=HISTORY_DAYS), last=last)


def _goes_out(check: Check) -> datetime | None:
    """When the meeting outside the house begins; None for other checks."""
    return check.starts_at if check.is_to_be_held and check.form in OUTING_FORMS else None


def _outing(check: Check, starts_at: datetime, chance: random.Random) -> Outing:
    started_at = starts_at - timedelta(minutes=chance.randint(10, 30))
    expected_at = starts_at + timedelta(minutes=chance.choice((60, 75, 90)))
    is_missed = chance.random() < IS_MISSED
    late = chance.randint(11, 18) if is_missed else chance.randint(-30, 4)
    returned_at = expected_at + timedelta(minutes=late)
    return Outing(
        id=id_at(started_at, chance),
        employee_id=check.employee_id,
        workforce_id=check.workforce_id,
        form=check.form,
        started_at=started_at,
        expected_at=expected_at,
        last_heard_at=returned_at,
        returned_at=returned_at,
        told_step=Step.CONTACT if is_missed else Step.NONE,
        was_missed=is_missed,
    )


def _out_now(cast: Sequence[Actor], ids: Mapping[str, int], anchor: date, chance: random.Random) -> Outing:
    """Somebody to see under "Ute nå". No step is due: the demo may run for days, and calls nobody out."""
    driver = [actor for actor in cast if actor.office == FJORDVIK and "driving" in actor.forms][-1]
    started_at = at(anchor, 8 * 60 + 20)
    return Outing(
        id=id_at(started_at, chance),
        employee_id=driver.id,
        contact_id=ids[CONTACT],
        workforce_id=driver.workforce_id,
        form="driving",
        place="Tjenestebil, runde til skolene på nordsiden",
        started_at=started_at,
        expected_at=at(anchor, 15 * 60),
        last_heard_at=started_at,
    )


def _write_counts(cast: Sequence[Actor], chance: random.Random, *, first: date, last: date) -> None:
    counted: Counter[tuple[date, int, str]] = Counter()
    missed: Counter[tuple[date, int, str]] = Counter()
    for day in workdays(first, last):
        for actor in cast:
            forms = [form for form in actor.forms if form in OUTING_FORMS]
            often = A_DAY * AT_WORK * TURNOUT.get(day.month, 1) * actor.habits.checks
            if forms and chance.random() < often:
                what = (day, actor.workforce_id, chance.choice(forms))
                counted[what] += 1
                missed[what] += chance.random() < IS_MISSED
    OutingCount.objects.bulk_create(
        OutingCount(
            day=day, workforce_id=workforce_id, form=form, n=n, missed=missed[day, workforce_id, form],
            unanswered=0,
        )
        for (day, workforce_id, form), n in counted.items()
    )  # fmt: skip
