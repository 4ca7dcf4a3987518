"""The pages of a unit's channel outside Tryggmøte: for its leader and for administrators (3.2-3.4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.assistance import channels, jobs, queries, rules
from tryggmote.assistance.alarm_system_forms import WhichUnit
from tryggmote.assistance.alarm_system_views import only, units_of
from tryggmote.assistance.channel_forms import ChannelForm
from tryggmote.organisation.models import Unit


@require_http_methods(["GET", "POST"])
def channel(request: PersonRequest) -> HttpResponse:
    """First which unit, for those who may choose; then its channel: how it is, and another address."""
    _refuse_others(request)
    where = _where(request)
    if not where.is_valid():
        return render(
            request, "assistance/channel_where.html", {"form": where}, status=422 if where.data else 200
        )
    unit: Unit = where.cleaned_data["enhet"]
    found = queries.channels_set_up().filter(unit_id=unit.id).first()
    form = ChannelForm(request.POST or None, initial={"name": found.name if found else ""})
    if request.method == "POST" and form.is_valid():
        channels.set_up(by=request.person, unit_id=unit.id, **form.cleaned_data)
        jobs.try_channel.defer(unit=unit.id)
        messages.success(request, _("Lagret. En prøve er sendt, så du ser om den kommer fram."))
        return redirect(_page_of(unit))
    return render(
        request,
        "assistance/channel.html",
        {"form": form, "unit": unit, "channel": found},
        status=422 if form.is_bound else 200,
    )


@require_POST
def try_out(request: PersonRequest) -> HttpResponse:
    """Send it a message that says that it works, the way a call is told."""
    unit = _chosen(request)
    jobs.try_channel.defer(unit=unit.id)
    messages.success(
        request, _("Prøven er sendt. Last siden på nytt om noen sekunder for å se om den kom fram.")
    )
    return redirect(_page_of(unit))


@require_POST
def choose_news(request: PersonRequest) -> HttpResponse:
    """Whether it also says each morning how much is new for the unit."""
    unit = _chosen(request)
    wanted = request.POST.get("wanted") == "yes"
    channels.tell_news(unit_id=unit.id, wanted=wanted)
    said = _("Kanalen får tallene fra neste arbeidsdag.") if wanted else _("Kanalen får ikke tallene lenger.")
    messages.success(request, said)
    return redirect(_page_of(unit))


@require_POST
def remove(request: PersonRequest) -> HttpResponse:
    """It is told no more."""
    unit = _chosen(request)
    channels.remove(unit_id=unit.id)
    messages.success(request, _("Kanalen er koblet fra."))
    return redirect(_page_of(unit))


def _where(request: PersonRequest) -> WhichUnit:
    units = units_of(request)
    return WhichUnit(
        request.GET if "enhet" in request.GET else only(units),
        units=units,
        label=_("Hvilken enhet gjelder det?"),
    )


def _chosen(request: PersonRequest) -> Unit:
    """Raises NotAllowed for a unit one may not connect anything to."""
    where = _where(request)
    if not where.is_valid():
        raise _not_allowed()
    unit: Unit = where.cleaned_data["enhet"]
    return unit


def _page_of(unit: Unit) -> str:
    return f"{reverse('assistance:channel')}?enhet={unit.id}"


def _refuse_others(request: PersonRequest) -> None:
    if not rules.may_connect(request.person, queries.units_led()):
        raise _not_allowed()


def _not_allowed() -> NotAllowed:
    return NotAllowed(
        _("Bare lederen av enheten og systemadministratorer velger kanalen."), _("Snakk med lederen din.")
    )
