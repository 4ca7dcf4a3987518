"""Meetings that were stopped and risks that were reported through the year, nearly all of them answered."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tryggmote.demo.history.cast import Actor
from tryggmote.demo.history.clock import HISTORY_DAYS, id_at, in_office_hours, later, workdays
from tryggmote.demo.history.episodes import RISK_ANSWERS, RISKS, STOPS
from tryggmote.demo.history.meetings import PLACES
from tryggmote.demo.history.situations import draw_form
from tryggmote.encounters.models import RiskReport

HOW_MANY = 48  # in the county in a year: about four a month
_ARE_STOPS = 0.3


def write_risks(cast: Sequence[Actor], *, seed: int, anchor: date, until: datetime) -> list[RiskReport]:
    """Write stops and reported risks of the year before `anchor`, answered by the leader before `until`."""
    chance = random.Random(f"{seed} risks")
    days = workdays(anchor - timedelta(days=HISTORY_DAYS), anchor - timedelta(days=1))
    chosen = sorted([*chance.choices(days, k=HOW_MANY), days[-1], days[-2]])
    reports = [_report(chance.choice(cast), day, until, chance) for day in chosen]
    return RiskReport.objects.bulk_create(reports)


def _report(actor: Actor, day: date, until: datetime, chance: random.Random) -> RiskReport:
    is_stop = chance.random() < _ARE_STOPS
    created_at = in_office_hours(day, chance)
    form = draw_form(actor.forms, chance)
    report = RiskReport(
        id=id_at(created_at, chance),
        stopped_work=is_stop,
        reporter_id=actor.id,
        workforce_id=actor.workforce_id,
        safety_area_id=actor.area_id,
        form=form if is_stop else "",
        place=chance.choice(PLACES.get(form, ("",))) if is_stop else "",
        what=chance.choice(STOPS if is_stop else RISKS).in_language(actor.language),
        created_at=created_at,
    )
    answered_at = later(created_at, 0 if is_stop else chance.randint(0, 4), chance)
    if answered_at < until and chance.random() < 0.96:
        report.answer = chance.choice(RISK_ANSWERS).in_language(actor.language)
        report.answered_by_id = actor.daily_leader_id
        report.answered_at = answered_at
    return report
