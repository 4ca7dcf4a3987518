"""Signing in and out. In the demo one chooses a fictional person; elsewhere the employer vouches for one."""

from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access import signing_in
from tryggmote.access.decorators import public
from tryggmote.access.sign_in_choices import Choice, choices

SEARCH_LIMIT = 100  # characters


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Choose whom to be, in demo mode; elsewhere the page says that sign-in goes through the employer.

    Raises: Http404 for a choice made outside demo mode, and for somebody who is not offered or has left.
    """
    if request.method == "POST":
        return _sign_in_as_chosen(request)
    if not settings.DEMO:
        return render(request, "access/sign_in.html")
    everybody = choices()
    query = request.GET.get("sok", "")[:SEARCH_LIMIT].strip()
    found = [choice for choice in everybody if choice.matches(query)]
    return render(
        request,
        "access/choose_person.html",
        {
            "featured": [] if query else sorted(filter(_rank, everybody), key=_rank),
            "query": query,
            "found": found,
            "groups": _by_unit(found),
            "next_page": _safe_address(request, request.GET.get("neste", "")),
        },
    )


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and ask the browser to forget what it keeps on this device (drafts of reports)."""
    signing_in.forget(request)
    response = redirect("access:sign_in")
    response["Clear-Site-Data"] = '"storage"'
    return response


def _sign_in_as_chosen(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    chosen = request.POST.get("person", "")
    # Only people of the fictional county are offered: DEMO set by mistake opens no real database.
    is_offered = any(str(choice.person_id) == chosen for choice in choices())
    person_id = signing_in.person_of(issuer="demo", subject=chosen) if is_offered else None
    if person_id is None:
        raise Http404
    signing_in.sign_in(request, person_id)
    return HttpResponseRedirect(_safe_address(request, request.POST.get("neste", "")) or "/")


def _safe_address(request: HttpRequest, address: str) -> str:
    """The address if it is a page of ours, else nothing: a link to us must not lead on to somebody else."""
    is_ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


def _rank(choice: Choice) -> int:
    return choice.rank


def _by_unit(people: Iterable[Choice]) -> list[tuple[str, list[Choice]]]:
    return [(unit, list(group)) for unit, group in groupby(people, key=lambda choice: choice.unit)]
