"""Pages of the frame itself: search, menu, choices of language and theme, errors, offline."""

import sys
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tryggmote.access.decorators import public
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.middleware import UNIT_COOKIE
from tryggmote.access.requests import PersonRequest
from tryggmote.ui import navigation
from tryggmote.ui import search as searching
from tryggmote.ui import theme as themes

RETRY_AFTER_S = "30"
OFFLINE_FILES = ("build/tryggmote.css", "build/icons.svg", "build/source-sans-3-latin.woff2", "mark.svg")


def search(request: PersonRequest) -> HttpResponse:
    """What the capabilities find for `?q=`; everybody finds only what they may see."""
    query = request.GET.get("q", "")[:100]
    groups = searching.find(request.person, query)
    return render(request, "ui/search.html", {"query": query, "groups": groups})


def more(request: HttpRequest) -> HttpResponse:
    """The whole menu as a page: the fifth tab of the phone."""
    return render(request, "ui/more.html")


def safety(request: HttpRequest) -> HttpResponse:
    """The safety sheet as a page, for browsers that cannot open it as a sheet."""
    return render(request, "ui/safety.html")


def my_page(request: PersonRequest) -> HttpResponse:
    """A person's own choices."""
    placements = [(_("Enhet"), place.unit_name) for place in request.person.placements]
    return render(request, "ui/my_page.html", {"placements": placements})


@never_cache
def unseen(request: PersonRequest) -> JsonResponse:
    """How many notices are unseen; asked for by the page while the live line is down."""
    return JsonResponse({"unseen": navigation.unseen_by(request.person)})


@public
@require_POST
def language(request: PersonRequest) -> HttpResponse:
    """Choose language; kept in the browser and, for one who is signed in, with the person."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in dict(settings.LANGUAGES):
        themes.remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
        _keep_with_person(request, language=chosen)
    return response


@public
@require_POST
def theme(request: PersonRequest) -> HttpResponse:
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


def _keep_with_person(request: PersonRequest, **choice: str) -> None:
    if request.person is not None:
        from tryggmote.organisation.models import Person

        Person.objects.filter(pk=request.person.id).update(**choice)


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_ours else "/")


@public
def offline(request: HttpRequest) -> HttpResponse:
    """The page the service worker shows when there is no network. Holds nothing about anybody."""
    return render(request, "ui/offline.html")


@public
@never_cache
def service_worker(request: HttpRequest) -> HttpResponse:
    """The service worker, served from the root so that it covers all pages."""
    files = [static(f"ui/{name}") for name in OFFLINE_FILES]
    context = {"offline_url": reverse("ui:offline"), "files": files, "language": translation.get_language()}
    return render(request, "ui/sw.js", context, content_type="text/javascript")


@public
def manifest(request: HttpRequest) -> JsonResponse:
    """Lets a phone put Tryggmøte on its home screen."""
    answer = {
        "name": "Tryggmøte",
        "short_name": "Tryggmøte",
        "start_url": "/",
        "display": "standalone",
        "lang": translation.get_language(),
        "icons": [{"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(answer, content_type="application/manifest+json")


# Errors. Those of a person's own page keep the menu; those of the house stand alone and ask no database.


def _explain(request: HttpRequest, status: int, heading: str, text: str, help: str = "") -> HttpResponse:
    request.is_explaining_error = True  # type: ignore[attr-defined]
    context = {"status": status, "status_text": _("Feil %(code)d") % {"code": status}}
    context |= {"heading": heading, "text": text, "help": help}
    return render(request, "ui/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    advice = _("Gå tilbake, last siden på nytt og prøv en gang til.")
    return _explain(request, 400, _("Vi forstod ikke forespørselen"), advice)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _forbidden(request, "", "")


def not_allowed(request: HttpRequest, exception: NotAllowed) -> HttpResponse:
    return _forbidden(request, str(exception.message), str(exception.who_can_help))


def _forbidden(request: HttpRequest, message: str, who_can_help: str) -> HttpResponse:
    return _explain(
        request,
        403,
        _("Du har ikke tilgang til dette"),
        message or _("Siden finnes, men rollen din gir ikke tilgang til den."),
        who_can_help
        or _(
            "Nærmeste leder kan si hvem som har tilgang. Er rollen din feil, kan administratoren rette den."
        ),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _explain(
        request,
        403,
        _("Siden var åpen for lenge"),
        _("For sikkerhets skyld tok vi ikke imot skjemaet. Gå tilbake, last siden på nytt og send igjen."),
        _("Det du skrev, ligger som utkast på denne enheten hvis skjemaet tar vare på utkast."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _explain(
        request,
        404,
        _("Vi fant ikke siden"),
        _("Adressen kan være feil, eller så handler siden om noe du ikke har tilgang til."),
        _("Fikk du lenken av noen? Spør dem, eller nærmeste leder, om du skal ha tilgang."),
    )


def not_possible(request: HttpRequest, exception: NotPossible) -> HttpResponse:
    return _explain(request, 409, _("Dette går ikke lenger"), str(exception.message))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something in the house is broken. Told apart: the database is away, which passes by itself."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_down(request)
    return _bare(
        500,
        _("Noe gikk galt hos oss"),
        _("Feilen er skrevet i loggen, og det du holdt på med, er ikke lagret. Prøv en gang til om litt."),
    )


def database_down(request: HttpRequest) -> HttpResponse:
    return _bare(
        503,
        _("Vi får ikke tak i dataene akkurat nå"),
        _("Tryggmøte er oppe, men databasen svarer ikke. Det går som regel over av seg selv på et minutt."),
    )


def maintenance(request: HttpRequest) -> HttpResponse:
    return _bare(
        503,
        _("Tryggmøte er stengt for vedlikehold"),
        _("Vi er snart tilbake. Alt du har sendt før, er lagret."),
    )


def _bare(status: int, heading: str, text: str) -> HttpResponse:
    context: dict[str, Any] = {"status": status, "heading": heading, "text": text}
    response = HttpResponse(render_to_string("ui/bare.html", context), status=status)
    if status == 503:
        response["Retry-After"] = RETRY_AFTER_S
    return response
