"""The register of safety equipment (3.5). Which items there are is decided by the database."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.equipment import queries, services
from tryggmote.equipment.forms import ROOM, ItemFilter, ItemForm, NewItemForm
from tryggmote.equipment.labels import MOST_LABELS, sheet_of
from tryggmote.equipment.models import Item
from tryggmote.equipment.rules import State, may_register
from tryggmote.information.services import mark_read_about
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in, units_led

PAGE_SIZE = 25
TESTS_SHOWN = 30


@require_GET
def items(request: PersonRequest) -> HttpResponse:
    """The register, with filters; what needs somebody stands first."""
    narrowing = _filter(request)
    chosen = narrowing.chosen()
    page = Paginator(queries.items(**chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "filter": narrowing,
        "is_narrowed": any(chosen.values()),
        "page_obj": page,
        "leads": units_led().exists(),
        "query": request.GET.urlencode(),
    }
    return render(request, "equipment/items.html", context)


@require_GET
def labels(request: PersonRequest) -> HttpResponse:
    """Labels for the items of the list, narrowed as it is: a sheet to print and cut."""
    chosen = queries.items(**_filter(request).chosen())[:MOST_LABELS]
    return HttpResponse(
        sheet_of(list(chosen), request.build_absolute_uri("/").rstrip("/")),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{_("etiketter.pdf")}"'},
    )


def _filter(request: PersonRequest) -> ItemFilter:
    return ItemFilter(request.GET, types=queries.types_in_use(), units=queries.units_with_items())


@require_http_methods(["GET", "POST"])
def item_new(request: PersonRequest) -> HttpResponse:
    """Put an item in the register."""
    units = list(units_led())
    if not units:
        raise NotAllowed(_("Bare en leder for enheten fører listen over utstyr."))
    own = request.person.unit and request.person.unit.id
    begun = {"unit": own, "where": f"{ROOM}:{request.GET.get('rom', '')}"}
    form = NewItemForm(request.POST or None, units=units, initial=begun)
    if request.method == "POST" and form.is_valid():
        made = services.register_item(
            by=request.person,
            item_id=form.cleaned_data["id"],
            unit_id=form.unit_id(),
            details=form.details(),
        )
        messages.success(request, _("Utstyret er registrert. Test det nå, og sett på etiketten."))
        return redirect(made)
    return _form(request, form)


@require_GET
def item(request: PersonRequest, equipment_id: UUID) -> HttpResponse:
    """One item: how it stands, how it is tested, every test, and the measures that came of it."""
    found = _item(equipment_id)
    tests = list(queries.tests_of(found)[: TESTS_SHOWN + 1])
    mark_seen_about(subject_id=found.id)
    mark_read_about(by=request.person, subject_id=found.id)
    context = {
        "item": found,
        "is_out": found.state is State.OUT,
        "tests": tests[:TESTS_SHOWN],
        "is_more": len(tests) > TESTS_SHOWN,
        "measures": measures_of_origins(OriginKind.EQUIPMENT, [found.id])[found.id],
        "responsible": queries.responsible_in(found.unit_id).get(found.type),
        "may_change": may_register(standing_in(found.unit_id)),
    }
    return render(request, "equipment/item.html", context)


@require_http_methods(["GET", "POST"])
def item_change(request: PersonRequest, equipment_id: UUID) -> HttpResponse:
    """Write anew what is known of an item."""
    found = _item(equipment_id)
    services.must_lead(found.unit_id)
    form = ItemForm(
        request.POST or None, unit_ids=[found.unit_id], but=found, initial=ItemForm.beginning(found)
    )
    if request.method == "POST" and form.is_valid():
        services.change_item(by=request.person, item=found, details=form.details())
        messages.success(request, _("Endringen er lagret."))
        return redirect(found)
    return _form(request, form, item=found)


@require_POST
def item_out(request: PersonRequest, equipment_id: UUID) -> HttpResponse:
    """The item is no longer in use."""
    found = _item(equipment_id)
    services.take_out(by=request.person, item=found)
    messages.success(request, _("Utstyret er tatt ut av bruk. Testene av det er tatt vare på."))
    if found.room:
        messages.info(
            request, _("Er rommet annerledes uten? Noter det på nytt, så sjekken vet hva som gjelder.")
        )
        return redirect(found.room)
    return redirect("equipment:items")


def _item(equipment_id: UUID) -> Item:
    return get_object_or_404(queries.item_in_full(equipment_id))


def _form(request: PersonRequest, form: forms.Form, **context: Any) -> HttpResponse:
    return render(
        request, "equipment/item_form.html", {"form": form, **context}, status=422 if form.is_bound else 200
    )
