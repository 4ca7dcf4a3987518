"""The pages of registered changes (3.1). Which there are is decided by the database."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.premises.models import Building, Room
from tryggmote.reviews import changes, queries
from tryggmote.reviews.change_forms import CallOffForm, ChangeForm, ChooseBuildingForm, PutOffForm
from tryggmote.reviews.models import Change
from tryggmote.reviews.rules import is_in_use_unreviewed, may_review
from tryggmote.risk.queries import opened_for
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.forms import SentOnce

PAGE_SIZE = 25


@require_GET
def changes_list(request: PersonRequest) -> HttpResponse:
    """All changes one sees, those that go on first."""
    page = Paginator(queries.changes(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "may_register": queries.reviewed_by_me().exists(),
        "today": timezone.localdate(),
    }
    return render(request, "reviews/changes.html", context)


@require_GET
def new(request: PersonRequest) -> HttpResponse:
    """Which building the change is in; with one building, straight on."""
    buildings = queries.reviewed_by_me()
    first = list(buildings[:2])
    if not first:
        raise NotAllowed(
            _("Endringer registreres av leder eller verneombud i en enhet som har registrert lokalene sine."),
            _("Lederen registrerer bygg og rom under Lokaler."),
        )
    if len(first) == 1:
        return redirect("changes:register", first[0].id)
    form = ChooseBuildingForm(request.GET if "bygg" in request.GET else None, buildings=buildings)
    if form.is_valid():
        return redirect("changes:register", form.cleaned_data["bygg"].id)
    return render(request, "reviews/change_building.html", {"form": form})


@require_http_methods(["GET", "POST"])
def register(request: PersonRequest, building_id: UUID) -> HttpResponse:
    """Register a change in a building."""
    building = get_object_or_404(Building.objects.select_related("unit"), id=building_id, left_on=None)
    if not may_review(standing_in(building.unit_id)):
        raise NotAllowed(_("Endringer av lokalene registreres av leder eller verneombud."))
    rooms = Room.objects.filter(zone__building=building, left_on=None).order_by("name", "id")
    form = ChangeForm(request.POST or None, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        change = changes.register_change(by=request.person, building=building, draft=form.draft())
        messages.success(request, _("Endringen er registrert. Gå vernerunden før den tas i bruk."))
        return redirect(change)
    context = {"form": form, "building": building}
    return render(request, "reviews/change_new.html", context, status=422 if form.is_bound else 200)


@require_GET
def change(request: PersonRequest, change_id: UUID) -> HttpResponse:
    """One change: what it is, when, and its review."""
    found = _change(change_id)
    mark_seen_about(subject_id=found.id)
    return _show(request, found)


@require_POST
def put_off(request: PersonRequest, change_id: UUID) -> HttpResponse:
    """It is taken into use another day."""
    found = _change(change_id)
    form = PutOffForm(request.POST)
    if not form.is_valid():
        return _show(request, found, put_off=form)
    changes.put_off(by=request.person, change=found, in_use_on=form.cleaned_data["in_use_on"])
    messages.success(request, _("Den nye dagen er lagret."))
    return redirect(found)


@require_POST
def close(request: PersonRequest, change_id: UUID) -> HttpResponse:
    """The change is reviewed and done with."""
    found = _change(change_id)
    form = SentOnce(request.POST)
    if form.is_valid():
        changes.close_change(by=request.person, change=found, ending_id=form.cleaned_data["id"])
        messages.success(request, _("Endringen er lukket."))
    return redirect(found)


@require_POST
def call_off(request: PersonRequest, change_id: UUID) -> HttpResponse:
    """Nothing came of the change."""
    found = _change(change_id)
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return _show(request, found, call_off=form)
    changes.call_off(
        by=request.person,
        change=found,
        ending_id=form.cleaned_data["id"],
        reason=form.cleaned_data["reason"],
    )
    messages.success(request, _("Endringen er avlyst."))
    return redirect(found)


def _show(
    request: PersonRequest,
    found: Change,
    *,
    put_off: PutOffForm | None = None,
    call_off: CallOffForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    standing = standing_in(found.building.unit_id)
    reviews = queries.reviews_of(found)
    is_reviewed = any(review.signed_at for review in reviews)
    is_open = found.ended_at is None
    context = {
        "change": found,
        "rooms": queries.rooms_named(found),
        "reviews": reviews,
        "assessments": opened_for(Cause.CHANGE, found.id),
        "is_reviewed": is_reviewed,
        "is_going_on": any(review.is_open for review in reviews),
        "is_late": is_in_use_unreviewed(
            found.in_use_on, is_reviewed=is_reviewed, is_ended=not is_open, today=today
        ),
        "may_review": is_open and may_review(standing),
        "may_end": is_open and standing.leads,
        "may_put_off": is_open and standing.leads and found.in_use_on > today,
        "once": SentOnce(),
        "put_off": put_off or PutOffForm(initial={"in_use_on": found.in_use_on}),
        "call_off": call_off or CallOffForm(),
    }
    is_refused = bool(put_off or call_off)
    return render(request, "reviews/change.html", context, status=422 if is_refused else 200)


def _change(change_id: UUID) -> Change:
    return get_object_or_404(
        Change.objects.select_related("building__unit", "ending__by", "by"), id=change_id
    )
