"""Now: everybody's first page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.duties import greeting, registry, rules
from tryggmote.duties.owing import everything_of
from tryggmote.duties.panels import panels_of
from tryggmote.duties.rows import row_of
from tryggmote.duties.ways_on import ways_on
from tryggmote.guides.queries import to_show
from tryggmote.guides.rules import first_steps
from tryggmote.ui.dates import OSLO

SHOWN_AT_FIRST = 5


@require_GET
def now(request: PersonRequest) -> HttpResponse:
    """What the person must do, in order, where they are to be today, and what their role comes for."""
    person, moment = request.person, timezone.now()
    found, ongoing = everything_of(person)
    duties = rules.in_order((duty for duty in found if not rules.is_given(duty)), moment)
    meetings = sorted(registry.meetings_today(person), key=lambda meeting: meeting.starts_at)
    shows_all = "alle" in request.GET
    shown = duties if shows_all else duties[:SHOWN_AT_FIRST]
    local = moment.astimezone(OSLO)
    guides = to_show(person)
    panels, has_meetings = panels_of(person), bool(meetings) or person.meets_clients
    overdue = sum(rules.is_overdue(duty, moment) for duty in duties)
    context = {
        "greeting": greeting.greeting(person.name, local),
        "day": greeting.day_of(local),
        "summary": greeting.summary(waiting=len(duties), overdue=overdue),
        # What is late stands on the first screen of a phone: a guide would fill it.
        "has_overdue": overdue > 0,
        "ongoing": ongoing,
        "rows": [row_of(duty, moment) for duty in shown],
        "given": len(found) - len(duties),
        "hidden": len(duties) - len(shown),
        "shows_all": shows_all and len(duties) > SHOWN_AT_FIRST,
        "meetings": meetings,
        # The page has one main button: what goes on now, else the first duty, else the next meeting's step.
        "next_meeting": None if duties or ongoing else rules.next_to_do(meetings, moment),
        "has_meetings": has_meetings,
        "has_beside": has_meetings or bool(panels),
        "panels": panels,
        "ways_on": ways_on(person),
        "today_page": registry.today_page(),
        "guides": guides,
        "first_steps": () if duties or guides else first_steps(person),
    }
    return render(request, "duties/now.html", context)
