"""Choosing who stands in while one is away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.duties import substitution
from tryggmote.duties.forms import SubstituteForm


@require_http_methods(["GET", "POST"])
def substitute(request: PersonRequest) -> HttpResponse:
    """Who stands in for this leader, and the form for choosing somebody."""
    if not substitution.roles_to_give(request.person):
        raise NotAllowed(_("Bare den som leder en enhet, kan velge stedfortreder."))
    people = substitution.candidates(request.person)
    form = SubstituteForm(request.POST if request.method == "POST" else None, people=people)
    if request.method == "POST" and form.is_valid() and _is_appointed(request, form):
        messages.success(request, _("Stedfortrederen har fått beskjed."))
        return redirect("duties:substitute")
    stand_ins = substitution.stand_ins(request.person)
    return render(request, "duties/substitute.html", {"form": form, "stand_ins": stand_ins})


def _is_appointed(request: PersonRequest, form: SubstituteForm) -> bool:
    try:
        substitution.appoint(
            by=request.person,
            substitute_id=form.cleaned_data["who"],
            first=form.cleaned_data["first"],
            last=form.cleaned_data["last"],
        )
    except NotPossible as error:
        form.add_error("who", str(error))
        return False
    return True


@require_POST
def end(request: PersonRequest) -> HttpResponse:
    """The leader is back."""
    chosen = request.POST.get("who", "")
    if not (chosen.isascii() and chosen.isdecimal()) or len(chosen) > 9:
        raise NotPossible(_("Siden er gammel. Åpne den på nytt."))
    substitution.end(by=request.person, substitute_id=int(chosen))
    messages.success(request, _("Du har ansvaret alene igjen."))
    return redirect("duties:substitute")
