"""The pages of a call for help (requirements 3.2-3.4). They need neither script nor alarm program."""

from dataclasses import replace
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.ids import new_id
from tryggmote.access.requests import PersonRequest
from tryggmote.assistance import queries, requests, rules, services, timeline
from tryggmote.assistance.forms import EndForm
from tryggmote.assistance.http import whole
from tryggmote.assistance.models import Call
from tryggmote.assistance.requests import CallRequest, NotACall
from tryggmote.assistance.vocabulary import Answer, Kind, Outcome
from tryggmote.assistance.whereabouts import places_of
from tryggmote.controls.action_card_queries import Card, card_for
from tryggmote.ui.middleware import SENT_BY_SCRIPT


@require_http_methods(["GET", "POST"])
def call_for_help(request: PersonRequest) -> HttpResponse:
    """The bare page for the phone's home screen; posting to it calls for help, script or not."""
    if request.method == "GET":
        return render(
            request,
            "assistance/help.html",
            {"id": new_id(), "open_calls": queries.own_open_calls(request.person)},
        )
    try:
        asked = CallRequest.read(request.POST)
    except NotACall:
        asked = CallRequest.read({**request.POST.dict(), "id": str(new_id())})
    state = services.raise_call(asked)
    if state["ended_at"] and SENT_BY_SCRIPT not in request.headers:
        # Back to the page and pressed again: somebody needs help now, under whatever id.
        state = services.raise_call(replace(asked, id=new_id()))
    return redirect("assistance:call", state["id"])


@require_GET
def open_calls(request: PersonRequest) -> HttpResponse:
    """For screens that have lost the stream and the alarm program: what is open, as the program tells it."""
    seen = request.GET.get("seen", "")
    number = queries.last_step()
    return JsonResponse({"calls": queries.my_calls(whole(seen) if seen else number), "number": number})


@require_GET
def places(request: PersonRequest) -> HttpResponse:
    """Places to choose among with one tap: where one is to be today, where one sits, and the unit's own."""
    return JsonResponse({"places": places_of(request.person)})


@require_POST
def wake(request: PersonRequest) -> HttpResponse:
    """This browser may be woken."""
    services.wake_here(
        by=request.person,
        **{name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")},
    )
    return JsonResponse({})


@require_GET
def call(request: PersonRequest, call_id: UUID) -> HttpResponse:
    """One call: what it is, who comes, each step, and what the reader may do."""
    return _show(request, _find(call_id))


@require_POST
def answer(request: PersonRequest, call_id: UUID) -> HttpResponse:
    """Somebody who was told comes, or cannot."""
    found = _find(call_id)
    if said := requests.answer(request.POST.get("answer")):
        services.answer_call(call=found, answer=Answer(said))
    return redirect(found)


@require_POST
def describe(request: PersonRequest, call_id: UUID) -> HttpResponse:
    """The caller tells what it is about, or where."""
    found = _find(call_id)
    kind = requests.kind(request.POST.get("kind"))
    place = requests.line(request.POST.get("place"))
    services.describe_call(
        by=request.person, call=found, kind=Kind(kind) if kind else None, place=place or None
    )
    return redirect(found)


@require_POST
def end(request: PersonRequest, call_id: UUID) -> HttpResponse:
    """The caller or a leader says what it was. Where help was needed, it becomes an incident."""
    found = _find(call_id)
    form = EndForm(request.POST, outcomes=rules.outcomes_of(found))
    if not form.is_valid():
        return _show(request, found, form)
    if form.cleaned_data["outcome"] is not Outcome.REAL:
        services.end_call(by=request.person, call=found, outcome=form.cleaned_data["outcome"])
        return redirect(found)
    natures, severity = form.what_happened()
    incident = services.end_as_incident(by=request.person, call=found, natures=natures, severity=severity)
    return redirect("incidents:received", incident.id)


@require_GET
def card(request: PersonRequest, call_id: UUID) -> HttpResponse:
    """What the action card says in such a situation: a part of the full-page call."""
    return render(request, "assistance/card.html", {"card": _card_of(_find(call_id))})


def _card_of(found: Call) -> Card | None:
    return card_for(situation=rules.situation_of(found), form=found.form, unit_id=found.unit_id)


def _find(call_id: UUID) -> Call:
    return get_object_or_404(queries.call_in_full(call_id))


def _show(request: PersonRequest, found: Call, form: EndForm | None = None) -> HttpResponse:
    person = request.person
    is_caller = found.caller_id == person.id
    may_end = rules.may_end(person, found) and found.is_open
    was_told = found.recipients.filter(person_id=person.id).exists()
    return render(
        request,
        "assistance/call.html",
        {
            "call": found,
            "tally": queries.tally_of(found),
            "steps": timeline.steps_of(found),
            "is_caller": is_caller,
            "may_answer": was_told and found.is_open,
            "my_answer": queries.my_answer(found, person),
            "kinds": Kind.choices,
            "card": _card_of(found) if found.is_open else None,
            "places": places_of(person) if is_caller and found.is_open else [],
            "end_form": (form or EndForm(outcomes=rules.outcomes_of(found))) if may_end else None,
            "incident_url": reverse("incidents:detail", args=[found.incident_id])
            if found.incident_id
            else "",
        },
        status=422 if form else 200,
    )
