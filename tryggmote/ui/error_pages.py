"""Pages that explain what went wrong, and what to do.

Those about what a person asked for keep the menu; those about the house stand alone. None asks the database.
"""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotAllowed, NotPossible

RETRY_AFTER_S = "30"


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
    response = _explain(
        request,
        403,
        _("Siden var åpen for lenge"),
        _("For sikkerhets skyld tok vi ikke imot skjemaet. Gå tilbake, last siden på nytt og send igjen."),
        _("Det du skrev, ligger som utkast på denne enheten hvis skjemaet tar vare på utkast."),
    )
    # `send.js` keeps what it could not send, for a page with a new token.
    response["X-Tryggmote-Send"] = "stale"
    return response


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
