"""Light or dark: chosen by the person, kept in a cookie so that the first byte of a page already has it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "tryggmote_theme"
COOKIE_AGE = 365 * 24 * 60 * 60  # s
SYSTEM = "system"
BLUE = "#0063c1"
"""The ground of the mark (`mark.svg`), and of the bar that a phone draws around the installed app."""
THEMES = {SYSTEM: _("Automatisk"), "light": _("Lyst"), "dark": _("Mørkt")}


def theme_of(request: HttpRequest) -> str:
    """The chosen theme: from the cookie of this browser, else the person's own choice, else the system's."""
    person = getattr(request, "person", None)
    chosen = request.COOKIES.get(COOKIE) or getattr(person, "theme", "")
    return chosen if chosen in THEMES else SYSTEM


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep a choice of language or theme in a cookie for a year."""
    is_secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=COOKIE_AGE, samesite="Lax", httponly=True, secure=is_secure)
