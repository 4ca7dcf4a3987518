"""My training: what I must have learnt and exercised, how far I have come, and what comes next (4.1)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about_any
from tryggmote.organisation.clearance import clearance
from tryggmote.training import queries
from tryggmote.training.certificates import certificates_of
from tryggmote.training.names import names_of
from tryggmote.training.pages import own_unit_id
from tryggmote.training.progress import progress_of
from tryggmote.training.session_queries import next_sessions

A_HISTORY = 30
CERTIFICATES_SHOWN = 10


@require_GET
def own(request: PersonRequest) -> HttpResponse:
    """From day one to cleared, and what must be renewed later."""
    lines = queries.lines_of(request.person.id)
    exceptions, leave = queries.exceptions_of(request.person.id)
    history = list(queries.completions_of(request.person.id)[:A_HISTORY])
    certificates = certificates_of(request.person.id, most=CERTIFICATES_SHOWN)
    mark_seen_about_any(subject_ids=[*(each.id for each in exceptions), *(each.id for each in history)])
    progress = progress_of(lines)
    context = {
        "progress": progress,
        "next_sessions": next_sessions(line.element for line in (*progress.stops, *progress.waits)),
        "clearance": clearance(request.person.id),
        "exceptions": exceptions,
        "leave": leave,
        "history": history,
        "certificates": certificates,
        "names": names_of([each.element for each in history] + [each.element for each in certificates]),
        "unit_id": own_unit_id(request),
    }
    return render(request, "training/own.html", context)
