"""Pages on which units are merged and split: choose, see what would go, say yes; and bring it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.organisation import handing_over, rules
from tryggmote.organisation.handover_forms import ALL, SOME, HandoverForm, WhyForm
from tryggmote.organisation.models import Handover, Unit
from tryggmote.organisation.standing import standing_in


@require_http_methods(["GET", "POST"])
def hand_over(request: PersonRequest, unit_id: int) -> HttpResponse:
    """What goes where; then what would go; and only then it goes."""
    unit = get_object_or_404(Unit, id=unit_id, kind__in=handing_over.WORKPLACES)
    if sent := handing_over.sent_before(by=request.person, unit=unit, form_id=request.POST.get("id", "")):
        return redirect(sent)
    form = HandoverForm(
        request.POST or None,
        unit=unit,
        receivers=handing_over.receivers_for(unit, by=request.person),
        scopes=_scopes(request, unit),
    )
    if request.method == "GET" or "change" in request.POST or not form.is_valid():
        return _choose(request, form)
    wish = form.wish()
    try:
        if "confirmed" not in request.POST:
            taken = handing_over.preview(by=request.person, wish=wish)
            context = {"unit": unit, "form": form, "wish": wish, "taken": taken}
            return render(request, "organisation/handover_preview.html", context)
        done = handing_over.hand_over(by=request.person, wish=wish)
    except NotPossible as error:
        form.add_error("to", error.message)
        return _choose(request, form)
    messages.success(request, _("Det er gjort. Alt er tatt vare på."))
    return redirect(done)


def _choose(request: PersonRequest, form: HandoverForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "organisation/handover.html", {"unit": form.unit, "form": form}, status=status)


def _scopes(request: PersonRequest, unit: Unit) -> tuple[str, ...]:
    """Whether one may give all the unit has, and whether one may choose. Raises NotAllowed for others."""
    standing = standing_in(unit.id)
    may = {
        ALL: rules.may_merge(request.person, [standing]),
        SOME: rules.may_hand_over([standing]),
    }
    if not any(may.values()):
        raise NotAllowed(
            _("Enheter slås sammen av en direktør over begge, eller av en administrator."),
            _("Spør direktøren i fylket eller kommunen."),
        )
    return tuple(scope for scope, allowed in may.items() if allowed)


@require_http_methods(["GET", "POST"])
def handover_page(request: PersonRequest, handover_id: UUID) -> HttpResponse:
    """What was handed over and why, and the way back for those who may."""
    found = get_object_or_404(
        Handover.objects.select_related("from_unit", "to_unit", "by", "reverses"), id=handover_id
    )
    is_over = handing_over.is_reversed(found)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        back = handing_over.reverse(
            by=request.person,
            handover_id=form.cleaned_data["id"],
            handover=found,
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("Det er angret. Det som ble flyttet, er tilbake."))
        return redirect(back)
    context = {
        "handover": found,
        "taken": handing_over.taken_by(found),
        "is_over": is_over,
        "may_reverse": not is_over and handing_over.may_reverse(found, by=request.person),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "organisation/handover_done.html", context, status=status)
