"""Pages of the frame itself: search, menu, choices of language and theme, offline."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tryggmote.access.decorators import public
from tryggmote.access.middleware import UNIT_COOKIE
from tryggmote.access.requests import PersonRequest
from tryggmote.organisation.models import Person
from tryggmote.ui import navigation
from tryggmote.ui import offline as kept_pages
from tryggmote.ui import theme as themes

OFFLINE_FILES = ("build/tryggmote.css", "build/icons.svg", "build/source-sans-3-latin.woff2", "mark.svg")
ICONS = ((192, "any"), (512, "any"), (512, "maskable"))


def more(request: HttpRequest) -> HttpResponse:
    """The whole menu as a page: the fifth tab of the phone."""
    return render(request, "ui/more.html")


def safety(request: HttpRequest) -> HttpResponse:
    """The safety sheet as a page, for browsers that cannot open it as a sheet."""
    return render(request, "ui/safety.html")


def my_page(request: PersonRequest) -> HttpResponse:
    """A person's own choices."""
    return render(request, "ui/my_page.html")


@never_cache
def unseen(request: PersonRequest) -> JsonResponse:
    """How many notices are unseen; asked for by the page while the live line is down."""
    return JsonResponse({"unseen": navigation.unseen_by(request.person)})


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Choose language; kept in the browser and, for one who is signed in, with the person."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES):
        themes.remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        _keep_with_person(request, language=chosen)
    return response


@public
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Choose light, dark or the device's own."""
    chosen = request.POST.get("theme", "")
    response = _back(request)
    if chosen in themes.THEMES:
        themes.remember(response, themes.COOKIE, chosen)
        _keep_with_person(request, theme=chosen)
    return response


@require_POST
def unit(request: PersonRequest) -> HttpResponse:
    """Choose which of one's units the pages show."""
    response = _back(request)
    chosen = request.POST.get("unit", "")
    if chosen in {str(known.id) for known in request.person.units}:
        themes.remember(response, UNIT_COOKIE, chosen)
    return response


def _keep_with_person(request: HttpRequest, **choice: str) -> None:
    person = getattr(request, "person", None)
    if person is not None:
        Person.objects.filter(pk=person.id).update(**choice)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    # Not `redirect`: it takes a bare word for the name of a page.
    return HttpResponseRedirect(target if is_ours else "/")


@public
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """The page the service worker shows when there is no network. Holds nothing about anybody."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        context = {"places": kept_pages.places(), "parts": kept_pages.parts()}
        return render(request, "ui/offline.html", context)


@never_cache
def kept(request: PersonRequest) -> JsonResponse:
    """The pages that this person's phone keeps (`keep.js`)."""
    return JsonResponse({"pages": kept_pages.addresses_for(request.person)})


@public
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served from the root so that it covers all pages."""
    files = [static(f"ui/{name}") for name in OFFLINE_FILES]
    offline_pages = [
        (language, reverse("ui:offline", args=[language])) for language, _name in settings.LANGUAGES
    ]
    context = {
        "offline": offline_pages,
        "files": files,
        "editions": " ".join(part.edition for part in kept_pages.parts()),
        "form_page": reverse("ui:safety"),
        "plan": reverse("ui:kept"),
        "kept_for_ms": int(kept_pages.KEPT_FOR.total_seconds() * 1000),
        "static_url": settings.STATIC_URL,
    }
    return render(request, "ui/sw.js", context, content_type="text/javascript")


@public
def manifest(request: HttpRequest) -> JsonResponse:
    """Lets a phone put Tryggmøte on its home screen."""
    answer = {
        "id": "/",
        "name": "Tryggmøte",
        "short_name": "Tryggmøte",
        "description": _("Trygge møter: sjekk, tiltakskort, hjelp og melding, også uten nett."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": translation.get_language(),
        "theme_color": themes.BLUE,
        "background_color": themes.BLUE,
        "icons": [_icon(size, purpose) for size, purpose in ICONS],
        "shortcuts": [{"name": str(place.label), "url": place.address} for place in kept_pages.places()],
    }
    return JsonResponse(answer, content_type="application/manifest+json")


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"ui/build/icon-{size}{'-maskable' if purpose == 'maskable' else ''}.png"
    return {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
