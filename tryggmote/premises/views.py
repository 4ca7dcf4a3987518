"""The pages of premises (3.1). Which buildings and rooms there are is decided by the database."""

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
from tryggmote.organisation.standing import standing_in, units_led
from tryggmote.premises import fact_sets, moving, queries, services
from tryggmote.premises.forms import BuildingForm, MoveForm, NewBuildingForm, NoteForm, RoomForm, ZoneForm
from tryggmote.premises.models import Building, Room, Zone
from tryggmote.premises.panels import on_building, on_room
from tryggmote.premises.pictures import pictures_of
from tryggmote.premises.rules import may_change, may_move

PAGE_SIZE = 25
EARLIER_NOTES = 10


@require_GET
def buildings(request: PersonRequest) -> HttpResponse:
    """The buildings of the units one sees."""
    page = Paginator(queries.buildings(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "premises/buildings.html", {"page_obj": page, "leads": units_led().exists()})


@require_GET
def building(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """One building: its zones and rooms, and what each room is suitable for."""
    found = _building(building_id)
    page = Paginator(queries.rooms_in(found), PAGE_SIZE * 2).get_page(request.GET.get("page"))
    standing = standing_in(found.unit_id)
    return render(
        request,
        "premises/building.html",
        {
            "building": found,
            "zones": queries.zones_of(found),
            "page_obj": page,
            "rooms": queries.states_of(page.object_list),
            "may_change": may_change(standing),
            "may_move": may_move(standing),
            "moves": queries.moves_of(found),
            "pictures": pictures_of(found),
            "panels": on_building.of(found),
        },
    )


@require_http_methods(["GET", "POST"])
def building_new(request: PersonRequest) -> HttpResponse:
    """Register a building."""
    units = units_led()
    if not units:
        raise NotAllowed(_("Bare en leder for enheten registrerer lokaler."))
    own = request.person.unit and request.person.unit.id
    form = NewBuildingForm(request.POST or None, units=units, initial={"unit": own})
    if request.method == "POST" and form.is_valid():
        made = services.register_building(
            by=request.person,
            building_id=form.cleaned_data["id"],
            unit_id=form.cleaned_data["unit"].id,
            details=form.details(),
        )
        messages.success(request, _("Bygget er registrert. Legg inn sonene nå."))
        return redirect("premises:zone_new", made.id)
    return _form(request, "premises/building_form.html", form)


@require_http_methods(["GET", "POST"])
def building_change(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """Write anew what is known of a building."""
    found = _building_to_change(building_id)
    form = BuildingForm(request.POST or None, initial=vars(found))
    if request.method == "POST" and form.is_valid():
        services.change_building(by=request.person, building=found, details=form.details())
        messages.success(request, _("Endringen er lagret."))
        return redirect(found)
    return _form(request, "premises/building_form.html", form, building=found)


@require_POST
def building_leave(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """The building is no longer used."""
    services.leave_building(by=request.person, building=_building(building_id))
    messages.success(request, _("Bygget er tatt ut av bruk. Det som er registrert, er tatt vare på."))
    return redirect("premises:buildings")


@require_http_methods(["GET", "POST"])
def building_move(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """Give the building to another unit, with all that is registered about it."""
    found = _building(building_id)
    if not may_move(standing_in(found.unit_id)):
        raise NotAllowed(_("Et bygg flyttes av en som leder begge enhetene, eller av en direktør over dem."))
    form = MoveForm(request.POST or None, units=moving.units_to_move_to(found))
    if request.method == "POST" and form.is_valid():
        moving.move_building(
            by=request.person,
            move_id=form.cleaned_data["id"],
            building=found,
            to_unit_id=form.cleaned_data["unit"].id,
        )
        messages.success(request, _("Bygget er flyttet, med alt som er registrert om det."))
        return redirect(found)
    return _form(request, "premises/building_move.html", form, building=found)


@require_http_methods(["GET", "POST"])
def zone_new(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """Register a zone."""
    found = _building_to_change(building_id)
    form = ZoneForm(request.POST or None, building=found)
    if request.method == "POST" and form.is_valid():
        services.register_zone(
            by=request.person, zone_id=form.cleaned_data["id"], building=found, details=form.details()
        )
        messages.success(request, _("Sonen er lagret."))
        return redirect(found)
    return _form(request, "premises/zone_form.html", form, building=found)


@require_http_methods(["GET", "POST"])
def zone_change(request: PersonRequest, zone_id: UUID) -> HttpResponse:
    """Write anew what is known of a zone."""
    zone = get_object_or_404(Zone.objects.select_related("building"), id=zone_id)
    found = _building_to_change(zone.building_id)
    form = ZoneForm(request.POST or None, building=found, but=zone, initial=vars(zone))
    if request.method == "POST" and form.is_valid():
        services.change_zone(by=request.person, zone=zone, details=form.details())
        messages.success(request, _("Endringen er lagret."))
        return redirect(found)
    return _form(request, "premises/zone_form.html", form, building=found, zone=zone)


@require_http_methods(["GET", "POST"])
def room_new(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """Register a room; how it is, is noted next."""
    found = _building_to_change(building_id)
    if not queries.zones_of(found):
        messages.info(request, _("Legg inn en sone først. Et rom ligger i en sone."))
        return redirect("premises:zone_new", found.id)
    form = RoomForm(request.POST or None, building=found)
    if request.method == "POST" and form.is_valid():
        services.register_room(
            by=request.person,
            room_id=form.cleaned_data["id"],
            zone=form.cleaned_data["zone"],
            details=form.details(),
        )
        messages.success(request, _("Rommet er registrert. Noter hvordan det er."))
        return redirect("premises:room_note", form.cleaned_data["id"])
    return _form(request, "premises/room_form.html", form, building=found)


@require_GET
def room(request: PersonRequest, room_id: UUID) -> HttpResponse:
    """One room: what it is suitable for, and why."""
    found = _room(room_id)
    notes = list(queries.notes_of(found)[: EARLIER_NOTES + 1])
    return render(
        request,
        "premises/room.html",
        {
            "room": found,
            "building": found.zone.building,
            "state": queries.state_of(found),
            "notes": notes,
            "facts": queries.facts_of(notes[0]) if notes else [],
            "pictures": pictures_of(found.zone.building, found),
            "may_change": may_change(standing_in(found.zone.building.unit_id)),
            "panels": on_room.of(found),
        },
    )


@require_http_methods(["GET", "POST"])
def room_note(request: PersonRequest, room_id: UUID) -> HttpResponse:
    """Note how a room is, beginning with what was noted last."""
    found = _room(room_id)
    _building_to_change(found.zone.building_id)
    latest = queries.notes_of(found).first()
    known = {f"f_{code}": answer for code, answer in (latest.facts if latest else {}).items()}
    form = NoteForm(request.POST or None, asked=fact_sets.current(), initial=known)
    if request.method == "POST" and form.is_valid():
        services.note_room(by=request.person, room=found, note_id=form.cleaned_data["id"], facts=form.facts())
        messages.success(request, _("Det er notert, og gjelder fra nå."))
        return redirect(found)
    return _form(request, "premises/room_note.html", form, room=found)


@require_http_methods(["GET", "POST"])
def room_change(request: PersonRequest, room_id: UUID) -> HttpResponse:
    """Write anew what a room is called and used for."""
    found = _room(room_id)
    house = _building_to_change(found.zone.building_id)
    form = RoomForm(
        request.POST or None, building=house, but=found, initial=vars(found) | {"zone": found.zone_id}
    )
    if request.method == "POST" and form.is_valid():
        services.change_room(by=request.person, room=found, details=form.details())
        messages.success(request, _("Endringen er lagret."))
        return redirect(found)
    return _form(request, "premises/room_form.html", form, building=house, room=found)


@require_POST
def room_leave(request: PersonRequest, room_id: UUID) -> HttpResponse:
    """The room is no longer used."""
    found = _room(room_id)
    services.leave_room(by=request.person, room=found)
    messages.success(request, _("Rommet er tatt ut av bruk. Det som er notert, er tatt vare på."))
    return redirect(found.zone.building)


def _building(building_id: UUID) -> Building:
    return get_object_or_404(Building.objects.select_related("unit"), id=building_id)


def _building_to_change(building_id: UUID) -> Building:
    found = _building(building_id)
    if not may_change(standing_in(found.unit_id)):
        raise NotAllowed(_("Bare en leder for enheten registrerer lokaler."))
    return found


def _room(room_id: UUID) -> Room:
    return get_object_or_404(Room.objects.select_related("zone__building__unit"), id=room_id)


def _form(request: PersonRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)
