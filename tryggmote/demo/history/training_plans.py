"""The year's plan of one office, and sessions people can sign up for (4.1).

Skjærgard has planned its year, with the safety representative heard; the others have not. In Fjordvik a
session is held in six working days, with places left, and the newcomer has not signed up yet.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tryggmote.demo.history.clock import at, workday_before
from tryggmote.organisation.models import Unit
from tryggmote.organisation.workdays import add_workdays
from tryggmote.residual.vocabulary import Heard
from tryggmote.training.models import Plan, PlanApproval, PlanHearing, PlanItem, Session, SignUp
from tryggmote.training.plan_vocabulary import Cause, Way

SKJAERGARD, FJORDVIK = "skjaergard", "fjordvik"
LEADERS = {SKJAERGARD: "skjaergard-nav-leder", FJORDVIK: "fjordvik-nav-leder-stat"}
REPRESENTATIVE = "skjaergard-2"
_ITEMS = (
    ("risk_awareness", 2, 2, Cause.RUNS_OUT, Way.SESSION, ""),
    ("communication", 3, 4, Cause.RUNS_OUT, Way.LESSON, "To og to, med ei tung melding."),
    ("equipment", 4, 6, Cause.RUNS_OUT, Way.SESSION, ""),
    ("exercise_threat", 5, 6, Cause.RUNS_OUT, Way.EXERCISE, "Saman med vaktselskapet."),
    ("home_visits", 9, 3, Cause.OWN, Way.COURSE, "Fylket held kurset."),
    ("exercise_violence", 10, 6, Cause.RUNS_OUT, Way.EXERCISE, ""),
)
SIGNED_UP = ("fjordvik-arbeid-stat-3", "fjordvik-mottak-stat-2", "fjordvik-sosial-fjordvik-2")


def write_training_plans(ids: Mapping[str, int], *, anchor: date) -> None:
    """Write the plan and the sessions. `ids`: people by key."""
    approved_on = workday_before(min(date(anchor.year, 1, 15), anchor), 1)
    _plan(ids, anchor.year, at(approved_on, 10 * 60))
    _session(ids, anchor)


def _plan(ids: Mapping[str, int], year: int, approved: datetime) -> None:
    leader = ids[LEADERS[SKJAERGARD]]
    plan = Plan.objects.create(
        unit=Unit.objects.get(code=SKJAERGARD),
        year=year,
        number=1,
        asked_ids=[ids[REPRESENTATIVE]],
        by_id=leader,
        at=approved - timedelta(days=9),
    )
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan, element=element, month=month, people=people, cause=cause, way=way, words=words,
            by_id=leader, at=plan.at,
        )
        for element, month, people, cause, way, words in _ITEMS
    )  # fmt: skip
    PlanHearing.objects.create(
        plan=plan,
        person_id=ids[REPRESENTATIVE],
        answer=Heard.REMARK,
        words="Øvinga i mai bør vere når vi har flest på jobb.",
        revision=1,
        by_id=ids[REPRESENTATIVE],
        at=approved - timedelta(days=3),
    )
    PlanApproval.objects.create(plan=plan, revision=1, by_id=leader, at=approved)


def _session(ids: Mapping[str, int], anchor: date) -> None:
    office, leader = Unit.objects.get(code=FJORDVIK), ids[LEADERS[FJORDVIK]]
    day = add_workdays(at(anchor, 9 * 60), 6).date()
    session = Session.objects.create(
        unit=office,
        open_to=office,
        elements=["risk_awareness", "communication"],
        starts_at=at(day, 9 * 60),
        ends_at=at(day, 11 * 60),
        place="Kantina",
        text="Vi går gjennom sjekken, og trener to og to. Ta med egne eksempler, uten navn.",
        capacity=12,
        led_by_id=leader,
        by_id=leader,
        at=at(workday_before(anchor, 5), 11 * 60),
    )
    SignUp.objects.bulk_create(
        SignUp(session=session, person_id=ids[key], by_id=ids[key], at=session.at + timedelta(hours=hours))
        for hours, key in enumerate(SIGNED_UP, start=1)
    )
