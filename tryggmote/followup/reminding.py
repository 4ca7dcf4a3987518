"""Reminding of what is agreed: on the day, when it is late, and then the next leader (§ 23A-5).

What somebody is told once for a deadline is a row (`Reminder`), so that two runs tell nobody twice. The next
leader learns where and who follows up, never whose plan it is or what is in it.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.followup.models import Plan, Reminder
from tryggmote.followup.rules import tell_above_at
from tryggmote.followup.steps import step_rules
from tryggmote.followup.vocabulary import ReminderKind
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.queries import leader_above, names
from tryggmote.organisation.workdays import OSLO

# What the job may read of a plan: who and when.
_COLUMNS = ("id", "person_id", "follower_id", "workforce_id", "unit_id", "next_due_at")
AT_MOST = 1000
"""Plans in one run; the next run, ten minutes later, takes the rest."""


def remind(*, now: datetime | None = None) -> int:
    """Tell those who are to be told now, each plan in its own transaction. Says how many were told of.

    Running it twice, or twice at once, tells nobody twice.
    """
    now = now or timezone.now()
    with acting_as_job():
        waiting = list(_waiting(now))
    return sum(_tell_of(plan, kind) for plan, kind in waiting)


def _waiting(now: datetime) -> Iterator[tuple[Plan, ReminderKind]]:
    end_of_day = datetime.combine(now.astimezone(OSLO).date() + timedelta(days=1), time(0), OSLO)
    plans = Plan.objects.filter(
        Q(paused_until=None) | Q(paused_until__lte=now), closed_at=None, next_due_at__lt=end_of_day
    )
    # Those who have been told all there is to tell would stand before the others for ever.
    passed_up = Reminder.objects.filter(
        plan_id=OuterRef("id"), due_at=OuterRef("next_due_at"), kind=ReminderKind.PASSED_UP
    )
    due = list(plans.exclude(Exists(passed_up)).only(*_COLUMNS).order_by("next_due_at")[:AT_MOST])
    told = set(Reminder.objects.filter(plan__in=due).values_list("plan_id", "kind", "due_at"))
    for plan in due:
        kind = _kind(plan, now)
        if (plan.id, kind, plan.next_due_at) not in told:
            yield plan, kind


def _due_at(plan: Plan) -> datetime:
    assert plan.next_due_at is not None  # asked for in `_waiting`
    return plan.next_due_at


def _kind(plan: Plan, now: datetime) -> ReminderKind:
    due_at = _due_at(plan)
    if due_at >= now:
        return ReminderKind.DUE
    return ReminderKind.PASSED_UP if tell_above_at(due_at, step_rules()) <= now else ReminderKind.OVERDUE


def _tell_of(plan: Plan, kind: ReminderKind) -> bool:
    with acting_as_job():
        to_person_id = plan.follower_id
        if kind == ReminderKind.PASSED_UP:
            above = leader_above(workforce_id=plan.workforce_id, passed={plan.person_id, plan.follower_id})
            if above is None:
                return False
            to_person_id = above
        reminder = Reminder(
            plan_id=plan.id, kind=kind, due_at=_due_at(plan), to_person_id=to_person_id,
            follower_id=plan.follower_id, unit_id=plan.unit_id,
        )  # fmt: skip
        Reminder.objects.bulk_create([reminder], ignore_conflicts=True)
        if not Reminder.objects.filter(id=reminder.id).exists():
            return False  # another worker told of it at the same moment
        if kind == ReminderKind.PASSED_UP:
            _tell_above(reminder)
        else:
            both = kind == ReminderKind.DUE
            tell(
                person_ids=[plan.follower_id, *([plan.person_id] if both else [])],
                kind="followup_due" if both else "followup_overdue",
                subject_id=plan.id,
                url=reverse("followup:plan", args=[plan.id]),
                context={},
            )
    return True


def _tell_above(reminder: Reminder) -> None:
    tell(
        person_ids=[reminder.to_person_id],
        kind="followup_passed_up",
        subject_id=reminder.id,
        url=reverse("followup:home"),
        context={
            "unit": Unit.objects.get(id=reminder.unit_id).name,
            "name": names([reminder.follower_id])[reminder.follower_id],
        },
    )
