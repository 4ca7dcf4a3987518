"""The pages of reviews (3.1). Which buildings and reviews there are is decided by the database."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.notices.services import mark_seen_about
from tryggmote.organisation.standing import standing_in
from tryggmote.reviews import queries, services
from tryggmote.reviews.findings import may_plan
from tryggmote.reviews.forms import BeginForm, PartForm, SignForm
from tryggmote.reviews.kept import pages_of
from tryggmote.reviews.models import Change, FindingPicture, Review
from tryggmote.reviews.queries import Place
from tryggmote.reviews.rules import may_review, signs_as
from tryggmote.reviews.vocabulary import Capacity, Occasion
from tryggmote.ui.forms import SentOnce

PAGE_SIZE = 25


@require_GET
def home(request: PersonRequest) -> HttpResponse:
    """The buildings one goes through and when, and all reviews one sees."""
    mine = queries.with_last_review(queries.reviewed_by_me())[:PAGE_SIZE]
    page = Paginator(queries.reviews(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "states": queries.states_of(mine),
        "page_obj": page,
        "may_register": bool(request.person.led),
    }
    return render(request, "reviews/home.html", context)


@require_http_methods(["GET", "POST"])
def begin(request: PersonRequest) -> HttpResponse:
    """Begin to go through a building; `?bygg=` comes filled in."""
    buildings = queries.reviewed_by_me()
    if not buildings.exists():
        raise NotAllowed(
            _("Vernerunder begynnes av leder eller verneombud i en enhet som har registrert lokalene sine."),
            _("Lederen registrerer bygg og rom under Lokaler."),
        )
    initial = {"building": request.GET.get("bygg"), "occasion": Occasion.YEARLY}
    form = BeginForm(request.POST or None, buildings=buildings, initial=initial)
    if request.method == "POST" and form.is_valid():
        review = services.begin_review(
            by=request.person,
            review_id=form.cleaned_data["id"],
            building=form.cleaned_data["building"],
            occasion=Occasion(form.cleaned_data["occasion"]),
        )
        return redirect(review)
    return render(request, "reviews/begin.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def begin_for_change(request: PersonRequest, change_id: UUID) -> HttpResponse:
    """Begin to go through what a change is about."""
    change = get_object_or_404(Change.objects.select_related("building__unit"), id=change_id)
    form = SentOnce(request.POST)
    if not form.is_valid():
        return redirect(change)
    review = services.begin_review(
        by=request.person,
        review_id=form.cleaned_data["id"],
        building=change.building,
        occasion=Occasion.CHANGE,
        change=change,
    )
    return redirect(review)


@require_GET
def review(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """One review: what is left, what was found, who has signed."""
    found = _review(review_id)
    mark_seen_about(subject_id=found.id)
    return render(request, "reviews/review.html", _everything_about(request, found, SignForm()))


@require_POST
def sign(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """Stand for the review in one's own name."""
    found = _review(review_id)
    form = SignForm(request.POST)
    if not form.is_valid():
        return render(request, "reviews/review.html", _everything_about(request, found, form), status=422)
    services.sign(
        by=request.person,
        review=found,
        signature_id=form.cleaned_data["id"],
        words=form.cleaned_data["words"],
    )
    messages.success(
        request,
        _("Begge har signert. Vernerunden er ferdig.")
        if found.signed_at
        else _("Du har signert. Den andre har fått beskjed."),
    )
    return redirect(found)


@require_POST
def break_off(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """A review that was begun by mistake."""
    services.break_off(by=request.person, review=_review(review_id))
    messages.success(request, _("Vernerunden er avbrutt. Det dere fant, følges opp der det er."))
    return redirect("reviews:home")


@require_http_methods(["GET", "POST"])
def walk_building(request: PersonRequest, review_id: UUID) -> HttpResponse:
    """The building as a whole."""
    return _walk(request, review_id, None)


@require_http_methods(["GET", "POST"])
def walk_room(request: PersonRequest, review_id: UUID, room_id: UUID) -> HttpResponse:
    """One room."""
    return _walk(request, review_id, room_id)


@require_GET
def picture(request: PersonRequest, finding_picture_id: UUID) -> HttpResponse:
    """A photograph of what was found, for those who work there. No browser keeps it."""
    found = get_object_or_404(FindingPicture, id=finding_picture_id)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(bytes(found.content), content_type=found.kind, headers=headers)


def _walk(request: PersonRequest, review_id: UUID, room_id: UUID | None) -> HttpResponse:
    found = _review(review_id)
    place = queries.place_of(found, room_id)
    if place is None:
        raise Http404
    unit_id = found.building.unit_id
    if not may_review(standing_in(unit_id)):
        raise NotAllowed(_("Vernerunden gås og signeres av leder og verneombud."))
    form = PartForm(
        request.POST or None,
        request.FILES or None,
        place=place,
        plans=may_plan(request.person.id, unit_id),
        found=queries.findings_in(found, room_id),
    )
    if request.method == "POST" and form.is_valid():
        services.save_part(by=request.person, place=place, draft=form.draft())
        return _onwards(request, found, place)
    context = {"review": found, "place": place, "form": form, "next": queries.next_place(found, place)}
    return render(request, "reviews/walk.html", context, status=422 if form.is_bound else 200)


def _onwards(request: HttpRequest, review: Review, place: Place) -> HttpResponse:
    following = queries.next_place(review, place)
    if following is None:
        messages.success(request, _("%(place)s er lagret.") % {"place": place.name})
        return redirect(review)
    messages.success(
        request, _("%(place)s er lagret. Neste: %(next)s.") % {"place": place.name, "next": following.name}
    )
    return redirect(following.url)


def _everything_about(request: PersonRequest, found: Review, form: SignForm) -> dict[str, object]:
    places = queries.places_of(found)
    signatures = queries.signatures_of(found)
    standing = standing_in(found.building.unit_id)
    may_walk = may_review(standing) and found.is_open and not signatures
    has_signed = any(signature.by_id == request.person.id for signature in signatures)
    return {
        "review": found,
        "places": places,
        "left": [place for place in places if not place.is_done],
        "found": queries.found_in(found),
        "signatures": signatures,
        "missing": [c for c in Capacity if c not in {signature.capacity for signature in signatures}],
        "may_walk": may_walk,
        "may_sign": bool(signs_as(standing)) and found.is_open and not has_signed,
        "leads": standing.leads,
        "kept": " ".join(pages_of(found, places, notes=standing.leads)) if may_walk else "",
        "form": form,
    }


def _review(review_id: UUID) -> Review:
    return get_object_or_404(Review.objects.select_related("building__unit", "change"), id=review_id)
