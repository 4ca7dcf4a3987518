"""The check and the lists: parse, call, answer (requirement 2.2)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.encounters import outing_queries, queries, question_sets, services
from tryggmote.encounters.filters import CheckFilter
from tryggmote.encounters.forms import (
    CheckForm,
    DecisionForm,
    LeaderAnswerForm,
    OutcomeForm,
    OverrideForm,
    uuid_or_none,
)
from tryggmote.encounters.local_advice import local_advice
from tryggmote.encounters.looks import FORM_ICONS
from tryggmote.encounters.models import Check, Meeting
from tryggmote.encounters.outing_rules import OUTING_FORMS
from tryggmote.encounters.room_advice import room_advice, rooms_to_choose
from tryggmote.encounters.states import state_of_check
from tryggmote.encounters.vocabulary import Decision, LeaderAnswer, Outcome
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.clearance import clearance
from tryggmote.organisation.meeting_forms import MEETINGS, MeetingForm
from tryggmote.organisation.queries import colleagues, names
from tryggmote.ui.dates import oslo_today, span

PER_PAGE = 25
# A list is read from the top and narrowed, not leafed through: counting stops here.
MOST_LISTED = 1_000


def check_start(request: PersonRequest) -> HttpResponse:
    """Choose how one meets, when the meeting is not in the plan. The unit's own forms come first."""
    placement = request.person.placement
    used = placement.meeting_forms if placement and placement.meeting_forms else MEETINGS
    choices = [
        {
            "form": form,
            "url": reverse("encounters:check_new", args=[form.value]),
            "icon": FORM_ICONS[form],
            "is_used": form in used,
        }
        for form in MEETINGS
    ]
    return render(request, "encounters/check_start.html", {"choices": choices})


def check_new(request: PersonRequest, form: str) -> HttpResponse:
    """The questions of one meeting form; sending them makes the check."""
    if form not in set(MEETINGS):
        raise Http404
    meeting = _meeting_of(request)
    placement = services.placement_or_refuse(request.person)
    asked = CheckForm(
        request.POST or None,
        form=form,
        questions=question_sets.current(),
        colleagues=colleagues(placement.unit_id, oslo_today()).exclude(id=request.person.id),
        rooms=rooms_to_choose(placement.unit_id, form),
        initial={"place": meeting.place if meeting else ""},
    )
    if request.method == "POST" and asked.is_valid():
        return redirect(services.make_check(by=request.person, draft=asked.draft(meeting)))
    context = {
        "form": asked,
        "meeting": meeting,
        "meeting_form": MeetingForm(form),
        "lead": _what_is_checked(MeetingForm(form), meeting),
        "clearance": clearance(request.person.id, form),
    }
    return render(request, "encounters/check_new.html", context, status=422 if asked.is_bound else 200)


def check(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """One check: level, reasons, advice, what was decided, and what the reader may do now."""
    return _show(request, _find(check_id))


def check_status(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """Asked for by the page while it waits for a leader: nothing, until there is an answer to show."""
    found = _find(check_id)
    return HttpResponse(status=204) if found.waits_for_leader else _show(request, found)


@require_POST
def check_decide(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """The employee has pressed what they will do."""
    found = _find(check_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        services.decide(by=request.person, check=found, decision=Decision(form.cleaned_data["decision"]))
    return redirect(found)


@require_POST
def check_outcome(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """The employee has told how it went; something that happened leads on to the report."""
    found = _find(check_id)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return redirect(found)
    outcome = Outcome(form.cleaned_data["outcome"])
    services.tell_outcome(by=request.person, check=found, outcome=outcome)
    if outcome is Outcome.SOMETHING_HAPPENED:
        return redirect(f"{reverse('incidents:report')}?check={found.id}")
    messages.success(request, _("Fint. Møtet er avsluttet."))
    return redirect("encounters:today")


@require_POST
def check_answer(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """A leader answers the employee."""
    found = _find(check_id)
    form = LeaderAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, answer_form=form)
    services.answer_check(
        by=request.person,
        check=found,
        answer=LeaderAnswer(form.cleaned_data["answer"]),
        words=form.cleaned_data["words"],
    )
    messages.success(request, _("Svaret er sendt. Den ansatte ser det nå."))
    return redirect(found)


@require_POST
def check_override(request: PersonRequest, check_id: UUID) -> HttpResponse:
    """A leader lets somebody untrained hold this one meeting."""
    found = _find(check_id)
    form = OverrideForm(request.POST)
    if not form.is_valid():
        return _show(request, found, override_form=form)
    services.let_untrained_go(by=request.person, check=found, reason=form.cleaned_data["reason"])
    messages.success(request, _("Begrunnelsen er lagret. Den ansatte har fått beskjed."))
    return redirect(found)


def checks(request: PersonRequest) -> HttpResponse:
    """The checks one may see, latest first."""
    form = CheckFilter(request.GET or None)
    found = queries.checks()
    if form.is_bound:
        found = found.filter(**form.conditions())
        if level := form.cleaned_data.get("level"):
            found = found.filter(level=level)
        if status := form.cleaned_data.get("status"):
            found = found.filter(queries.checks_in_state(status))
    page = Paginator(found[:MOST_LISTED], PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, state_of_check(row)) for row in page]
    return render(request, "encounters/checks.html", {"filter": form, "page": page, "rows": rows})


def _find(check_id: UUID) -> Check:
    shown = Check.objects.select_related("employee", "answered_by", "override_by", "room__zone__building")
    return get_object_or_404(shown, id=check_id)


def _meeting_of(request: PersonRequest) -> Meeting | None:
    meeting_id = uuid_or_none(request.GET.get("meeting", ""))
    return Meeting.objects.filter(id=meeting_id).first() if meeting_id else None


def _what_is_checked(form: MeetingForm, meeting: Meeting | None) -> str:
    parts = [str(form.label)]
    if meeting:
        parts += [span(meeting.starts_at, meeting.ends_at), meeting.place]
    return " · ".join(part for part in parts if part)


def _show(request: PersonRequest, found: Check, **bound: Any) -> HttpResponse:
    person = request.person
    is_employee = found.employee_id == person.id
    leads = services.leads(person, found)
    mark_seen_about(subject_id=found.id)
    if not is_employee:
        log_read(person, "check", found.id)
    others = [i for i in found.participant_ids if i != found.employee_id]
    decisions = found.allowed_decisions
    main = decisions[0] if decisions[0] in {Decision.GO, Decision.GO_WITH_MEASURES} else None
    goes_out = is_employee and found.is_to_be_held and not found.outcome and found.form in OUTING_FORMS
    outing = outing_queries.outing_of_check(person, found.id) if goes_out else None
    context = {
        "check": found,
        "outing": outing,
        "may_check_out": goes_out and outing is None,
        "state": state_of_check(found),
        "assessment": found.assessment,
        "local": local_advice(found),
        "rooms": room_advice(found),
        "is_employee": is_employee,
        "leads": leads,
        "participants": sorted(names(others).values()) if others else [],
        "decisions": decisions,
        # Going on as far as the level allows is the one primary button; the safer ways stand beside it.
        "main_decision": main,
        "more_decisions": [decision for decision in decisions if decision is not main],
        "answer_form": LeaderAnswerForm() if leads else None,
        "override_form": OverrideForm() if leads and not found.is_cleared else None,
        "readers": reads_of("check", found.id) if is_employee else [],
        **bound,
    }
    return render(request, "encounters/check.html", context, status=422 if bound else 200)
