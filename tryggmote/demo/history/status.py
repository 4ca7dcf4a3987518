"""How the offices came to stand as they do: what the rules answer now, and how it was in the year before.

What is kept of how units stand is what a job saw, and no job was there. So the first run is made now, and
dated back; before it lies what another office of the county answers today, with less in place.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from random import Random

from tryggmote.compliance.keeping import bring_up_to_date
from tryggmote.compliance.models import Standing
from tryggmote.compliance.states import State
from tryggmote.ui.dates import oslo_midnight

SINCE_DAYS = 350
"""Days before `anchor` from when there is a history."""
CHANGED = 0.45
"""How many of what is in place came in place in the time since."""
STRENGTH = {State.MISSING: 0, State.PARTLY: 1, State.MET: 2}


def write_status(*, seed: int, anchor: date) -> None:
    """Keep how all units stand, with a year of changes behind it. Everything else has been written by now."""
    random = Random(f"status {seed}")
    bring_up_to_date()
    began = oslo_midnight(anchor - timedelta(days=SINCE_DAYS))
    now = list(Standing.objects.filter(until_at=None).order_by("unit__code", "rule"))
    weaker = _weaker_answers(now)
    for standing in now:
        standing.from_at = standing.since = began
    earlier: list[Standing] = []
    for standing in now:
        choices = [each for each in weaker[standing.rule] if _is_weaker(each, standing)]
        if choices and random.random() < CHANGED:
            earlier.append(_before(standing, random.choice(choices), _moment(anchor, random)))
    Standing.objects.bulk_create(earlier)
    Standing.objects.bulk_update(now, ["from_at", "since", "before", "is_change"], batch_size=500)


def _weaker_answers(now: list[Standing]) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in now:
        if standing.state in (State.MISSING, State.PARTLY):
            found[standing.rule].append(standing)
    return found


def _is_weaker(other: Standing, standing: Standing) -> bool:
    mine = STRENGTH.get(State(standing.state))
    return mine is not None and STRENGTH[State(other.state)] < mine


def _before(standing: Standing, answer: Standing, moment: datetime) -> Standing:
    """The row that ended when this one began. Changes `standing` to follow it."""
    row = Standing(
        unit_id=standing.unit_id,
        rule=standing.rule,
        state=answer.state,
        reason=answer.reason,
        figures=answer.figures,
        rule_version=standing.rule_version,
        thresholds_version=standing.thresholds_version,
        since=standing.since,
        from_at=standing.from_at,
        until_at=moment,
    )
    standing.before, standing.from_at, standing.since, standing.is_change = row, moment, moment, True
    return row


def _moment(anchor: date, random: Random) -> datetime:
    """A quarter of an hour in the daytime, up to two days before `anchor`."""
    day = oslo_midnight(anchor - timedelta(days=random.randint(2, SINCE_DAYS - 1)))
    return day + timedelta(minutes=15 * random.randint(32, 64))
