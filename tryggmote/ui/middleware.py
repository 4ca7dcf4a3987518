"""Maintenance, exceptions that have a page of their own, and answers to forms sent by script."""

from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.ui import error_pages

SENT_BY_SCRIPT = "X-Tryggmote-Send"


class ErrorPagesMiddleware:
    """Turns domain errors and a database that is down into pages a person can act on.

    An operator announces maintenance by making the file `maintenance` in the folder for changing files;
    no restart is needed. Health checks and static files go on answering.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.notice = settings.VAR / "maintenance"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.notice.exists() and not request.path.startswith("/helse/"):
            return error_pages.maintenance(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return error_pages.not_allowed(request, exception)
        if isinstance(exception, NotPossible):
            return error_pages.not_possible(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return error_pages.database_down(request)
        return None


class SentByScriptMiddleware:
    """Answers a form that `send.js` sent with the address to go to instead of a redirect.

    A redirect followed by script would use up the page's messages before the person sees them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if SENT_BY_SCRIPT not in request.headers or response.status_code not in (302, 303):
            return response
        answer = JsonResponse({"location": response["Location"]})
        answer.cookies = response.cookies
        return answer
