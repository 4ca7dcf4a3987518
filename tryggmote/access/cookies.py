"""Cookies that an answer on its way must not touch while somebody signs in in another tab.

Pages fetch in the background (kept copies, calls, notices). What was asked for with the cookies from before
a sign-in may be answered after it, and the browser does what the last answer says.
"""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.cache import patch_vary_headers


class SessionCookieMiddleware(SessionMiddleware):
    """Django's own, which has the browser forget its session, maybe a new one, when a request knew none."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The cookie goes with the session that is ended, never with one that was not found."""
        if request.session.is_empty() and not request.session.modified:
            patch_vary_headers(response, ("Cookie",))
            return response
        return super().process_response(request, response)


class CsrfCookieMiddleware(CsrfViewMiddleware):
    """Django's own, which also sends the secret it was sent back to make it last: the old one.

    Then forms from before the sign-in were taken, in the name of whoever had signed in, and new ones refused.
    A secret lasts a year and a session half a day, so none has to be made to last.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Only a secret that the browser does not have is sent to it."""
        if request.META.get("CSRF_COOKIE") == request.COOKIES.get(settings.CSRF_COOKIE_NAME):
            request.META["CSRF_COOKIE_NEEDS_UPDATE"] = False
        return super().process_response(request, response)
