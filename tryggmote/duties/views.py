"""Now: everybody's first page."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.duties import greeting, registry, rules
from tryggmote.duties.owing import everything_of
from tryggmote.duties.queries import requirement_url
from tryggmote.duties.registry import Duty
from tryggmote.ui.dates import OSLO

SHOWN_AT_FIRST = 5


@dataclass(frozen=True)
class Row:
    """A duty as the page shows it. `key` stays the same while the duty does, so that focus stays too."""

    duty: Duty
    key: str
    is_overdue: bool
    somebody_waits: bool
    requirement_url: str


@require_GET
def now(request: PersonRequest) -> HttpResponse:
    """What the person must do, in order, and where they are to be today."""
    person, moment = request.person, timezone.now()
    found, ongoing = everything_of(person)
    duties = rules.in_order(found, moment)
    meetings = sorted(registry.meetings_today(person), key=lambda meeting: meeting.starts_at)
    shows_all = "alle" in request.GET
    shown = duties if shows_all else duties[:SHOWN_AT_FIRST]
    local = moment.astimezone(OSLO)
    overdue = sum(rules.is_overdue(duty, moment) for duty in duties)
    context = {
        "greeting": greeting.greeting(person.name, local),
        "day": greeting.day_of(local),
        "summary": greeting.summary(waiting=len(duties), overdue=overdue),
        "ongoing": ongoing,
        "rows": [_row(duty, moment) for duty in shown],
        "hidden": len(duties) - len(shown),
        "shows_all": shows_all and len(duties) > SHOWN_AT_FIRST,
        "meetings": meetings,
        # The page has one main button: what goes on now, else the first duty, else the next meeting's step.
        "next_meeting": None if duties or ongoing else rules.next_to_do(meetings, moment),
        "has_meetings": bool(meetings) or person.meets_clients,
        "today_page": registry.today_page(),
        "first_steps": registry.first_steps(person) if not duties else [],
    }
    return render(request, "duties/now.html", context)


def _row(duty: Duty, moment: datetime) -> Row:
    overdue = rules.is_overdue(duty, moment)
    return Row(
        duty=duty,
        key=sha256(f"{duty.kind} {duty.url}".encode()).hexdigest()[:12],
        is_overdue=overdue,
        somebody_waits=duty.urgency == registry.Urgency.NOW and not overdue,
        requirement_url=requirement_url(duty.requirement) if duty.requirement else "",
    )
