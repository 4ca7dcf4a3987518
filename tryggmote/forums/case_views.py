"""The owners of an office answer whether the partnership is to treat what was serious (1.3)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.forums import cases as asked
from tryggmote.forums.forms import CaseForm


@require_GET
def cases(request: PersonRequest) -> HttpResponse:
    """The serious incidents of the offices one owns or leads, and what each owner has said."""
    return _show(request)


@require_POST
def answer(request: PersonRequest, forum_case_id: UUID) -> HttpResponse:
    """Say it for one's own side."""
    case = next((each for each in asked.cases_of() if each.event_id == forum_case_id), None)
    if case is None:
        raise Http404
    form = CaseForm(request.POST)
    if not form.is_valid():
        return _show(request, case.event_id, form)
    said = form.cleaned_data
    asked.answer(
        by=request.person, case=case, answer_id=said["id"], treats=said["treats"], reason=said["reason"]
    )
    messages.success(
        request,
        _("Den står på sakslisten for neste partnerskapsmøte.")
        if said["treats"]
        else _("Svaret ditt er lagret."),
    )
    return redirect("forums:cases")


def _show(request: PersonRequest, sent_for: UUID | None = None, sent: CaseForm | None = None) -> HttpResponse:
    found = [
        (case, sent if sent and case.event_id == sent_for else CaseForm(auto_id=f"id_%s_{case.event_id}"))
        for case in asked.cases_of()
    ]
    return render(request, "forums/cases.html", {"cases": found, "sent": sent}, status=422 if sent else 200)
