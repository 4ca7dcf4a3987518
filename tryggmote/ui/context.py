"""What every page needs to know: who is here, the menu, the theme. The bell costs the only query."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tryggmote.ui import navigation, offline
from tryggmote.ui.parts import lines, parts
from tryggmote.ui.theme import THEMES, theme_of

# Each in its own words: one who reads only English must find it.
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template variables of the page's frame, all under the one name `shell`."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}


class Shell:
    """The frame of one page. Built only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self.person = getattr(request, "person", None)
        self.is_demo = settings.DEMO
        self.is_fetched_to_keep = offline.is_fetched_to_keep(request)
        self.renewed_after_ms = int(offline.RENEWED_AFTER.total_seconds() * 1000)
        self.theme = theme_of(request)
        self.themes = THEMES
        self.languages = LANGUAGES
        self.places = navigation.places_for(self.person, request.path)
        self.tabs = self.places[: navigation.PHONE_TABS]
        self.menu = self.places[: navigation.WIDE_PLACES]
        is_more = request.path.startswith(reverse("ui:more"))
        self.tab_more_is_current = is_more or self._is_in(self.places[navigation.PHONE_TABS :])
        self.menu_more_is_current = is_more or self._is_in(self.places[navigation.WIDE_PLACES :])
        self.lines = lines() if self.person else []
        self.parts = parts() if self.person else []
        self.quick_actions = navigation.quick_actions() if self.person else []
        self.stream_url = stream_url(request) if self.person else ""
        # A page that explains an error asks the database nothing: the transaction may be broken.
        is_explaining = getattr(request, "is_explaining_error", False)
        self.sign_out_url = "/logg-ut/"
        self.bell_url = navigation.bell_address() if self.person else ""
        self.unseen = navigation.unseen_by(self.person) if self.person and not is_explaining else 0

    @staticmethod
    def _is_in(places: list[navigation.Place]) -> bool:
        return any(place.is_current for place in places)

    @property
    def initials(self) -> str:
        """First letters of the first and the last name."""
        names = self.person.name.split() if self.person else []
        return "".join(name[0] for name in (names[:1] + names[1:][-1:])).upper()


def stream_url(request: HttpRequest) -> str:
    """Address of the alarm program's event stream, a process of its own on the same host by default."""
    if settings.ALARM_ADDRESS:
        return f"{settings.ALARM_ADDRESS.rstrip('/')}/alarm/stream"
    host, _ = split_domain_port(request.get_host())
    return f"{request.scheme}://{host}:{settings.ALARM_PORT}/alarm/stream"
