"""Giving something in the year another time."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.cycle import moving
from tryggmote.cycle.forms import MoveForm
from tryggmote.training.pages import unit_or_404
from tryggmote.ui.dates import OSLO, when


@require_http_methods(["GET", "POST"])
def move(request: PersonRequest, unit_id: int) -> HttpResponse:
    """Choose another time for what is named (`?hva=source:key`), within its limit, and see the limit."""
    unit, _standing = unit_or_404(unit_id)
    found = moving.find(request.person, request.GET.get("hva", ""))
    if found is None:
        raise Http404
    form = MoveForm(request.POST or None, found=found)
    if request.method == "POST" and form.is_valid():
        starts_at = form.cleaned_data["starts_at"]
        moving.move(by=request.person, found=found, starts_at=starts_at)
        messages.success(
            request,
            _("%(title)s er flyttet til %(when)s. De som skal være med, har fått beskjed.")
            % {"title": found.thing.title, "when": when(starts_at)},
        )
        year = starts_at.astimezone(OSLO).year
        return redirect(f"{reverse('cycle:unit', args=[unit.id])}?year={year}")
    context = {"unit": unit, "found": found, "form": form}
    return render(request, "cycle/move.html", context, status=422 if form.is_bound else 200)
