"""One transaction a request, as the person who asks."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.urls.exceptions import Resolver404
from django.utils import translation
from django.utils.cache import patch_cache_control

from tryggmote.access.context import SignedInPerson, UnknownPerson, acting_as
from tryggmote.access.signing_in import forget, signed_in_id

UNIT_COOKIE = "tryggmote_unit"
DRAWN_FOR = "X-Tryggmote-For"
"""Says for whom a page was drawn: a phone that keeps pages hears when somebody else has it (ADR 0019)."""


class PersonMiddleware:
    """Signs the database in before the view and ends the transaction after the page is rendered.

    Pages that are not marked `@public` ask for sign-in first. An answer of 500 and above undoes
    everything the request wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = None  # type: ignore[attr-defined]
        person_id = signed_in_id(request)
        if person_id is None:
            return self._as_stranger(request)
        try:
            return self._as_person(request, person_id)
        except UnknownPerson:
            forget(request)
            return self._as_stranger(request)

    def _as_person(self, request: HttpRequest, person_id: int) -> HttpResponse:
        with acting_as(person_id) as person:
            request.person = person.choosing(_chosen_unit(request))  # type: ignore[attr-defined]
            with translation.override(person.language):
                request.LANGUAGE_CODE = person.language
                response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        # What one person has seen must not come back from the browser's memory for the next at the same desk,
        # and a form that was sent must not come back with the id it was sent under.
        patch_cache_control(response, private=True, no_store=True)
        response[DRAWN_FOR] = _drawn_for(request.person)  # type: ignore[attr-defined]
        return response

    def _as_stranger(self, request: HttpRequest) -> HttpResponse:
        language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            request.LANGUAGE_CODE = known
            if _is_public(request):
                response = self.get_response(request)
                response[DRAWN_FOR] = ""
                return response
        if request.headers.get("HX-Request") or request.headers.get("Accept") == "application/json":
            return HttpResponse(status=401)
        return redirect(f"{reverse('access:sign_in')}?{urlencode({'neste': _page_to_return_to(request)})}")

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """An act that failed leaves nothing half-done, whatever page then explains it."""
        if request.person is not None:  # type: ignore[attr-defined]
            transaction.set_rollback(True)


def _chosen_unit(request: HttpRequest) -> int | None:
    value = request.COOKIES.get(UNIT_COOKIE, "")
    return int(value) if value.isdecimal() and len(value) < 10 else None


def _drawn_for(person: SignedInPerson) -> str:
    """What a page depends on: who, in which language, for which unit."""
    return f"{person.id}-{person.language}-{person.unit.id if person.unit else ''}"


def _page_to_return_to(request: HttpRequest) -> str:
    """The page asked for; for one who sent a form, the page the form stands on."""
    if request.method == "GET":
        return request.get_full_path()
    try:
        sent_from = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return "/"
    return sent_from._replace(scheme="", netloc="", fragment="").geturl() or "/"


def _is_public(request: HttpRequest) -> bool:
    try:
        return getattr(resolve(request.path_info).func, "is_public", False)
    except Resolver404:
        return True
