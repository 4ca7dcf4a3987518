"""Three rounds of the survey that are over, and one in which whoever tries the demo can answer (ADR 0061)."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import islice

from tryggmote.organisation.models import Placement
from tryggmote.statistics import surveying
from tryggmote.statistics.models import SurveyBox, SurveyRound
from tryggmote.statistics.survey import Span, round_on, rounds_before, survey

SHARE_WHO_ANSWER = 0.7
REPORTED = {"reported_yes": 4, "reported_no": 4, "reported_none": 6}
SAFE = {"safe_1": 1, "safe_2": 2, "safe_3": 3, "safe_4": 5, "safe_5": 4}
"""How often each answer is given in the first round; those of `BETTER` become more from round to round."""
BETTER_EACH_ROUND = 1.5
BETTER = ("reported_yes", "safe_4", "safe_5")


def write_surveys(*, seed: int, anchor: date) -> None:
    """Write the rounds, let people answer, and count up as the job would; the newest is held on `anchor`."""
    chance = random.Random(f"{seed} surveys")
    *over, last = list(islice(rounds_before(anchor), 4))[::-1]
    for number, span in enumerate(over):
        held = _hold(span)
        _answer(held, chance, better=BETTER_EACH_ROUND**number)
        surveying.close(held)
        SurveyRound.objects.filter(id=held.id).update(closed_on=span.last + timedelta(days=1))
    # In most weeks no round is held: then the last one goes on, so that there is something to try.
    _hold(round_on(anchor) or Span(last.season, last.first, anchor + timedelta(days=17)))


def _hold(span: Span) -> SurveyRound:
    return SurveyRound.objects.create(
        season=span.season, starts_on=span.first, ends_on=span.last, version=survey().version
    )


def _answer(held: SurveyRound, chance: random.Random, *, better: float) -> None:
    at_work = Placement.objects.filter(meets_clients=True, is_primary=True, ends_on=None)
    by_unit = Counter(at_work.order_by("workforce__unit").values_list("workforce__unit", flat=True))
    for unit_id, people in by_unit.items():
        counts: Counter[str] = Counter()
        for answers in (REPORTED, SAFE):
            weights = [weight * better if code in BETTER else weight for code, weight in answers.items()]
            counts.update(dict.fromkeys(answers, 0))
            counts.update(chance.choices(list(answers), weights, k=round(people * SHARE_WHO_ANSWER)))
        SurveyBox.objects.create(round=held, unit_id=unit_id, **counts)
