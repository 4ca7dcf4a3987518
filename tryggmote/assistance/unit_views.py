"""The unit's page: would anybody come now, and how did it go when it was tried (3.2-3.5)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.context import UnitInfo
from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.assistance import queries, rules, services
from tryggmote.assistance.forms import PracticeForm, RespondersForm, UsualPlaceForm
from tryggmote.assistance.timing import timing
from tryggmote.organisation.queries import colleagues
from tryggmote.ui.dates import oslo_today


@require_GET
def unit(request: PersonRequest) -> HttpResponse:
    """Coverage, tests for each place, response times of drills, the latest calls, and who is told first."""
    here = _unit_of(request)
    led = queries.units_led()
    return render(
        request,
        "assistance/unit.html",
        {
            "unit": here,
            "told_first": len(queries.first_ring_of(here.id, request.person)),
            "channels": queries.channels_of(here.id, request.person),
            "responders": queries.responders_of(here.id),
            "tested": queries.places_tested(here.id),
            "drills": queries.response_times(here.id),
            "calls": queries.calls_of_unit(here.id),
            "may_choose": rules.may_choose_responders(here.id, led),
            "may_keep_alarm_systems": rules.may_connect(request.person, led),
            "may_set_up_channel": rules.may_connect(request.person, led, here.id),
            "channel_url": f"{reverse('assistance:channel')}?enhet={here.id}",
            "place_form": UsualPlaceForm(initial={"place": queries.usual_place(request.person)}),
            "timing": timing(),
        },
    )


@require_http_methods(["GET", "POST"])
def practise(request: PersonRequest) -> HttpResponse:
    """Begin a drill or a test: what it is, is chosen before anybody is told."""
    here = _unit_of(request)
    form = PracticeForm(request.POST or None, initial={"place": queries.usual_place(request.person)})
    if request.method == "POST" and form.is_valid():
        state = services.raise_call(form.request(here.id))
        return redirect("assistance:call", state["id"])
    return render(
        request,
        "assistance/practise.html",
        {"form": form, "told_first": len(queries.first_ring_of(here.id, request.person))},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def responders(request: PersonRequest) -> HttpResponse:
    """The leader of the unit chooses who is told first."""
    here = _unit_of(request)
    if not rules.may_choose_responders(here.id, queries.units_led()):
        raise NotAllowed(
            _("Bare lederen av enheten velger hvem som varsles først."), _("Snakk med lederen din.")
        )
    chosen = list(queries.responders_of(here.id))
    form = RespondersForm(
        request.POST or None,
        people=colleagues(here.id, oslo_today()),
        initial=RespondersForm.beginning(chosen),
    )
    if request.method == "POST" and form.is_valid():
        services.choose_responders(unit_id=here.id, chosen=form.chosen())
        messages.success(request, _("Lagret. Det gjelder fra neste gang noen tilkaller hjelp."))
        return redirect("assistance:unit")
    return render(
        request,
        "assistance/responders.html",
        {"form": form, "unit": here},
        status=422 if form.is_bound else 200,
    )


@require_POST
def usual_place(request: PersonRequest) -> HttpResponse:
    """Where one usually sits."""
    form = UsualPlaceForm(request.POST)
    if form.is_valid():
        services.sit_usually(by=request.person, place=form.cleaned_data["place"])
        messages.success(request, _("Lagret."))
    return redirect("assistance:unit")


def _unit_of(request: PersonRequest) -> UnitInfo:
    if request.person.unit is None:
        raise Http404
    return request.person.unit
