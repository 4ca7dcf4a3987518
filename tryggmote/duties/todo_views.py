"""All one must do, what one hands on and has been handed, and what is late below one."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.duties import queries, rules, services
from tryggmote.duties.forms import ReceiverForm, StateFilter, UnitFilter
from tryggmote.duties.owed import Owed
from tryggmote.duties.owing import everything_of, in_words
from tryggmote.duties.receivers import can_be_handed, receivers_of
from tryggmote.duties.rows import row_of
from tryggmote.duties.together import of_a_kind
from tryggmote.organisation.roles import LEADS_DIRECTLY

A_PAGE = 25
MOST_AT_ONCE = 20
"""So many can be handed on together: more than one looks through is a mistake."""


@require_GET
def all_duties(request: PersonRequest) -> HttpResponse:
    """All that the person must do, in order, also what they have handed on."""
    now = timezone.now()
    found, _ongoing = everything_of(request.person)
    narrowing = StateFilter(request.GET)
    state = narrowing.cleaned_data["state"] if narrowing.is_valid() else ""
    shown = [duty for duty in rules.in_order(found, now) if rules.is_in_state(duty, state, now)]
    page = Paginator([row_of(duty, now) for duty in shown], A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "filter": narrowing,
        "is_narrowed": bool(state),
        "is_late_below": any(duty.kind == "late_below" for duty in found),
        "may_be_substituted": request.person.has_role(*LEADS_DIRECTLY),
        "has_several": any(len(several) > 1 for several in of_a_kind(found).values()),
        "has_choice": any(row.can_be_handed for row in page),
    }
    return render(request, "duties/all.html", context)


@require_http_methods(["GET", "POST"])
def hand_on(request: PersonRequest) -> HttpResponse:
    """Choose a colleague for what is chosen (`valgt`, "kind:subject"), and hand it to them."""
    chosen = _chosen(request.GET.getlist("valgt") or request.POST.getlist("valgt"))
    if not chosen:
        messages.info(request, _("Velg først hva du vil gi videre."))
        return redirect("duties:all")
    people = receivers_of(chosen, giver_id=request.person.id)
    form = ReceiverForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid():
        services.hand_on(by=request.person, owed=chosen, to_person_id=form.cleaned_data["to"])
        messages.success(
            request,
            ngettext("Gjøremålet er gitt videre.", "%(count)d gjøremål er gitt videre.", len(chosen))
            % {"count": len(chosen)},
        )
        return redirect("duties:all")
    context = {
        "form": form,
        "chosen": [in_words(owed) for owed in chosen],
        "keys": [*map(rules.key_of, chosen)],
    }
    return render(request, "duties/hand_on.html", {**context, "has_people": people.exists()})


@require_POST
def take_back(request: PersonRequest) -> HttpResponse:
    """Do it oneself after all."""
    for owed in _chosen(request.POST.getlist("valgt")):
        services.take_back(by=request.person, owed=owed)
    messages.success(request, _("Du gjør det selv igjen."))
    return redirect("duties:all")


@require_POST
def give_back(request: PersonRequest) -> HttpResponse:
    """Give back what one has been handed."""
    try:
        handing_ids = [UUID(value) for value in request.POST.getlist("fra")[:MOST_AT_ONCE]]
    except ValueError as error:
        raise NotPossible(_("Siden er gammel. Åpne den på nytt.")) from error
    services.give_back(by=request.person, handing_ids=handing_ids)
    messages.success(request, _("Gjøremålet er gitt tilbake."))
    return redirect("duties:all")


@require_GET
def late(request: PersonRequest) -> HttpResponse:
    """What others owe, is long past its deadline and has been taken further to this person."""
    now = timezone.now()
    narrowing = UnitFilter(request.GET, units=queries.units_late_below(now))
    unit_id = narrowing.cleaned_data["enhet"] if narrowing.is_valid() else None
    page = Paginator(queries.late_below(now, unit_id), A_PAGE).get_page(request.GET.get("page"))
    context = {"page_obj": page, "filter": narrowing, "is_narrowed": bool(unit_id)}
    return render(request, "duties/late.html", context)


def _chosen(keys: Sequence[str]) -> list[Owed]:
    """Those of what one owes that are named and can be handed on."""
    named = set(keys[:MOST_AT_ONCE])
    return [owed for owed in queries.owed_by_me() if rules.key_of(owed) in named and can_be_handed(owed)]
