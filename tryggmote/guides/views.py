"""The guides as a page of their own, and putting them away from "Now"."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.guides import rules, services


@require_GET
def all_guides(request: PersonRequest) -> HttpResponse:
    """Everything that is for this person, also what they have put away."""
    guides = rules.without_repetition(rules.guides_for(request.person))
    return render(request, "guides/all.html", {"guides": guides})


@require_POST
def put_away(request: PersonRequest) -> HttpResponse:
    """Put away what was on the page, and no guide that has come since."""
    services.put_away(by=request.person, codes=request.POST.getlist("guide"))
    messages.success(request, _("Lagt bort. Du finner det igjen på Min side, under Kom i gang."))
    return redirect("now")
