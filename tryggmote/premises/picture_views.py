"""Pictures and plans of premises: sent in, shown to the unit only, taken out (3.1)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.premises import pictures
from tryggmote.premises.models import Building, Picture, Room
from tryggmote.premises.picture_forms import PictureForm
from tryggmote.premises.services import refuse_unless_leads


@require_http_methods(["GET", "POST"])
def of_building(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """Put in a picture or a plan of the building."""
    return _add(request, get_object_or_404(Building, id=building_id), None)


@require_http_methods(["GET", "POST"])
def of_room(request: PersonRequest, room_id: UUID) -> HttpResponse:
    """Put in a picture of the room."""
    room = get_object_or_404(Room.objects.select_related("zone__building"), id=room_id)
    return _add(request, room.zone.building, room)


@require_GET
def picture(request: PersonRequest, premises_picture_id: UUID) -> HttpResponse:
    """The picture itself."""
    return show(get_object_or_404(Picture, id=premises_picture_id))


@require_POST
def remove(request: PersonRequest, premises_picture_id: UUID) -> HttpResponse:
    """Take the picture out."""
    found = get_object_or_404(
        Picture.objects.select_related("building", "room").defer("content"), id=premises_picture_id
    )
    pictures.remove_picture(by=request.person, picture=found)
    messages.success(request, _("Bildet er slettet."))
    return redirect(found.room or found.building)


def _add(request: PersonRequest, building: Building, room: Room | None) -> HttpResponse:
    refuse_unless_leads(building.unit_id)
    form = PictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        pictures.add_picture(
            by=request.person,
            picture_id=form.cleaned_data["id"],
            building=building,
            room=room,
            picture=form.cleaned_data["picture"],
            shows=form.cleaned_data["shows"],
        )
        messages.success(request, _("Bildet er lagret. Bare de som hører til enheten, ser det."))
        return redirect(room or building)
    status = 422 if form.is_bound else 200
    return render(
        request, "premises/picture_form.html", {"form": form, "place": room or building}, status=status
    )


def show(found: Picture) -> HttpResponse:
    """The stored picture as an answer that no browser keeps: who may see it can change."""
    return HttpResponse(
        bytes(found.content),
        content_type=found.kind,
        headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
    )
