"""Pages of units and people."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.organisation import directory, handing_over, rules, services
from tryggmote.organisation.forms import MeetingFormsForm, PeopleFilter, UnitFilter
from tryggmote.organisation.handing_over import WORKPLACES
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.standing import standing_in
from tryggmote.organisation.unit_places import news_of, places_of
from tryggmote.ui.dates import oslo_today

PER_PAGE = 25


@require_GET
def unit_list(request: PersonRequest) -> HttpResponse:
    """All units; one's own first."""
    form = UnitFilter(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    county = asked.get("fylke")
    found = directory.units(
        search=asked.get("q", ""), county_id=county and county.id, kind=asked.get("slag", "")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    is_narrowed = any(asked.values())
    context = {"form": form, "page": page, "mine": () if is_narrowed else request.person.units}
    return render(request, "organisation/units.html", context)


@require_GET
def unit_page(request: PersonRequest, unit_id: int) -> HttpResponse:
    """One unit: where it belongs, who leads and represents, how it meets clients, who works there."""
    unit = get_object_or_404(Unit.objects.select_related("merged_into"), id=unit_id)
    today = oslo_today()
    form = PeopleFilter(request.GET)
    search = form.cleaned_data["q"] if form.is_valid() else ""
    workforces = directory.workforces_of(unit_id)
    is_workplace = unit.kind in WORKPLACES
    standing = standing_in(unit_id) if is_workplace else None
    is_open = standing is not None and standing.sees and unit.ended_on is None
    context = {
        "unit": unit,
        "lines": directory.lines_above(unit_id),
        "parts": directory.parts_of(unit_id),
        "roles": directory.roles_in(unit_id, today),
        "areas": directory.safety_areas_of(unit_id),
        "workforces": workforces,
        "meets_clients": is_workplace,
        "places": places_of(unit.id) if is_open else [],
        "news": news_of(unit.id) if is_open else [],
        "handovers": handing_over.handovers_of(unit_id) if is_workplace else [],
        "may_hand_over": standing is not None
        and unit.merged_into_id is None
        and (rules.may_import(request.person) or rules.may_hand_over([standing])),
        "meeting_forms": [MeetingForm(form).label for form in unit.meeting_forms],
        "may_choose": rules.may_choose_meeting_forms(request.person, [w.id for w in workforces]),
        "form": form,
        "search": search,
        "page": Paginator(directory.people_in(unit_id, today, search), PER_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "organisation/unit.html", context)


@require_http_methods(["GET", "POST"])
def meeting_forms(request: PersonRequest, unit_id: int) -> HttpResponse:
    """The leader says how the unit meets clients."""
    unit = get_object_or_404(Unit, id=unit_id)
    if request.method == "GET":
        services.refuse_who_may_not_choose(by=request.person, unit_id=unit_id)
        form = MeetingFormsForm(initial={"forms": unit.meeting_forms})
        return render(request, "organisation/meeting_forms.html", {"unit": unit, "form": form})
    form = MeetingFormsForm(request.POST)
    if not form.is_valid():
        context = {"unit": unit, "form": form}
        return render(request, "organisation/meeting_forms.html", context, status=422)
    services.choose_meeting_forms(by=request.person, unit_id=unit_id, forms=form.cleaned_data["forms"])
    messages.success(request, _("Møteformene er lagret."))
    return redirect("organisation:unit", unit_id)


@require_GET
def person_page(request: PersonRequest, person_id: int) -> HttpResponse:
    """Who somebody is: where they work, who leads and represents them, what they are responsible for."""
    person = get_object_or_404(Person, id=person_id)
    today = oslo_today()
    has_left = person.ended_on is not None and person.ended_on < today
    context = {"person": person, "facts": directory.facts_of(person, today), "has_left": has_left}
    return render(request, "organisation/person.html", context)
