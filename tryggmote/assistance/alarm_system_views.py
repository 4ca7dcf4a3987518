"""Where physical alarms call for help, and the pages of those who keep them (requirements 3.2, 3.5)."""

from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.decorators import public
from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.assistance import alarm_systems, jobs, queries
from tryggmote.assistance.alarm_system_forms import AlarmSystemForm, WhichUnit
from tryggmote.assistance.models import AlarmSystem
from tryggmote.assistance.requests import NotACall
from tryggmote.assistance.signatures import HEADER
from tryggmote.organisation.models import Unit
from tryggmote.organisation.queries import colleagues
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import oslo_today


@public
@csrf_exempt  # the signature says who it is; nobody's session is used
@require_POST
def raise_from(request: HttpRequest, system_id: UUID) -> HttpResponse:
    """A button was pressed. Every signature we do not know is answered alike, whatever is wrong with it."""
    body = request.read(alarm_systems.LARGEST_BODY + 1)
    if len(body) > alarm_systems.LARGEST_BODY:
        return _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large")
    try:
        state = alarm_systems.hear(system_id=system_id, signature=request.headers.get(HEADER, ""), body=body)
    except alarm_systems.NotOurs:
        return _refused(HTTPStatus.FORBIDDEN, "signature")
    except NotACall:
        return _refused(HTTPStatus.BAD_REQUEST, "not_a_call")
    except alarm_systems.TooMany:
        return _refused(HTTPStatus.TOO_MANY_REQUESTS, "too_many")
    except (alarm_systems.NoCaller, NotAllowed):
        return _refused(HTTPStatus.CONFLICT, "no_caller")
    return JsonResponse(
        {
            "id": state["id"],
            "told": state["told"],
            "coming": len(state["coming"]),
            "ended": state["ended_at"] is not None,
        }
    )


def _refused(status: HTTPStatus, why: str) -> HttpResponse:
    return JsonResponse({"error": why}, status=status)


@require_GET
def alarm_systems_page(request: PersonRequest) -> HttpResponse:
    """The systems one keeps, and whether they are heard and told."""
    alarm_systems.refuse_others(request.person)
    return render(request, "assistance/alarm_systems.html", {"systems": queries.alarm_systems()})


@require_http_methods(["GET", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Set one up: first where it is, then the rest. The answer shows its secret, once."""
    alarm_systems.refuse_others(request.person)
    units = units_of(request)
    where = WhichUnit(
        request.GET if "enhet" in request.GET else only(units), units=units, label=_("Hvor henger alarmene?")
    )
    if not where.is_valid():
        return render(
            request, "assistance/alarm_system_where.html", {"form": where}, status=422 if where.data else 200
        )
    unit: Unit = where.cleaned_data["enhet"]
    form = AlarmSystemForm(request.POST or None, people=colleagues(unit.id, oslo_today()))
    if request.method == "POST" and form.is_valid():
        draft = form.draft(unit)
        secret = alarm_systems.set_up(by=request.person, draft=draft)
        if not secret:
            messages.info(request, _("Anlegget er satt opp fra før. Hemmeligheten vises bare én gang."))
            return redirect("assistance:alarm_systems")
        address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("assistance:alarm_raise", args=[draft.id])
        return render(
            request,
            "assistance/alarm_system_made.html",
            {"draft": draft, "secret": secret, "address": address},
        )
    return render(
        request,
        "assistance/alarm_system.html",
        {"form": form, "unit": unit},
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def change(request: PersonRequest, system_id: UUID) -> HttpResponse:
    """Another name, person or address."""
    found = _find(system_id)
    form = AlarmSystemForm(
        request.POST or None,
        people=colleagues(found.unit_id, oslo_today()),
        initial={"name": found.name, "responsible": found.responsible_id, "address": found.address},
    )
    if request.method == "POST" and form.is_valid():
        alarm_systems.change(system=found, **form.changes())
        messages.success(request, _("Lagret."))
        return redirect("assistance:alarm_systems")
    return render(
        request,
        "assistance/alarm_system.html",
        {"form": form, "unit": found.unit, "system": found},
        status=422 if form.is_bound else 200,
    )


@require_POST
def try_out(request: PersonRequest, system_id: UUID) -> HttpResponse:
    """Send it a message that means nothing, the way every other message goes."""
    found = _find(system_id)
    jobs.ping_alarm_system.defer(system=str(found.id))
    messages.success(
        request, _("Prøven er sendt. Last siden på nytt om noen sekunder for å se om den kom fram.")
    )
    return redirect("assistance:alarm_systems")


@require_POST
def end(request: PersonRequest, system_id: UUID) -> HttpResponse:
    """Take it out of use."""
    alarm_systems.end(system=_find(system_id))
    messages.success(request, _("Tatt ut av bruk. Anrop fra anlegget blir ikke tatt imot lenger."))
    return redirect("assistance:alarm_systems")


def _find(system_id: UUID) -> AlarmSystem:
    return get_object_or_404(queries.alarm_systems().filter(id=system_id))


def units_of(request: PersonRequest) -> QuerySet[Unit]:
    """Units that one may connect something to."""
    units = Unit.objects.order_by("sort_key")
    return units if request.person.has_role(Role.ADMINISTRATOR) else units.filter(id__in=queries.units_led())


def only(units: QuerySet[Unit]) -> dict[str, int] | None:
    """The unit of one who has only one to choose."""
    found = list(units.values_list("id", flat=True)[:2])
    return {"enhet": found[0]} if len(found) == 1 else None
