"""What somebody outside sees: a door, and behind it one dossier. They are signed in to nothing."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.context import acting_as
from tryggmote.access.decorators import public
from tryggmote.dossier import entering
from tryggmote.dossier.entering import Door, door_of
from tryggmote.dossier.forms import CodeForm
from tryggmote.dossier.letters import behind
from tryggmote.dossier.models import What
from tryggmote.dossier.rules import INSIDE_FOR
from tryggmote.dossier.views import answer_with

_INVITATION, _INSIDE_UNTIL = "dossier_invitation", "dossier_inside_until"
View = Callable[..., HttpResponse]


def _kept_nowhere(view: View) -> View:
    """Neither the browser, nor the next at the same desk, nor another site hears of it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        # Not "no-referrer": a browser would then send forms without saying whose they are, and be refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return public(answered)


@_kept_nowhere
@require_GET
def arrive(request: HttpRequest, secret: str) -> HttpResponse:
    """The link leads on to an address without the secret. It sends nothing: mail programs open links too."""
    found = entering.invitation_of(secret)
    if found is None or door_of(found) is None:
        return _shut(request)
    request.session.pop(_INSIDE_UNTIL, None)
    request.session[_INVITATION] = found.hex
    return redirect("inspection:inspection")


@_kept_nowhere
@require_http_methods(["GET", "POST"])
def inspection(request: HttpRequest) -> HttpResponse:
    """The door, where a code is asked for and given; then the dossier."""
    door = _door(request)
    if door is None:
        return _shut(request)
    with translation.override(door.language):
        request.LANGUAGE_CODE = door.language
        if _is_inside(request):
            return _inside(request, door)
        return _asked_in(request, door) if request.method == "POST" else _at_door(request, door, CodeForm())


@_kept_nowhere
@require_GET
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the files. Raises Http404 for what is no file, and for anybody who is not inside."""
    door = _door(request)
    if (
        door is None
        or not _is_inside(request)
        or kind not in What.values
        or (dossier := behind(door)) is None
    ):
        raise Http404
    with translation.override(door.language), acting_as(door.maker_id):
        answer = answer_with(dossier, kind)
    entering.write_down(door.invitation, What(kind))
    return answer


def _asked_in(request: HttpRequest, door: Door) -> HttpResponse:
    if "send" in request.POST:
        form = CodeForm()
        was_sent = entering.ask_for_code(door.invitation)
        told = _("Vi har sendt en kode.") if was_sent else _("Vent litt før du ber om en ny kode.")
        return _at_door(request, door, form, told=told, status=200 if was_sent else 429)
    form = CodeForm(request.POST)
    if form.is_valid():
        if entering.is_right(door.invitation, form.cleaned_data["code"]):
            request.session.cycle_key()
            request.session[_INSIDE_UNTIL] = (timezone.now() + INSIDE_FOR).isoformat()
            return redirect("inspection:inspection")
        form.add_error("code", _("Koden er feil eller for gammel. Be om en ny hvis det ikke går."))
    return _at_door(request, door, form, status=422)


def _at_door(
    request: HttpRequest, door: Door, form: CodeForm, *, told: str = "", status: int = 200
) -> HttpResponse:
    now = door_of(door.invitation.id)
    was_asked = now is not None and now.invitation.code_asked_at is not None
    context = {"form": form, "told": told, "was_asked": was_asked, "address": _hidden(door.invitation.email)}
    return render(request, "dossier/door.html", context, status=status)


def _inside(request: HttpRequest, door: Door) -> HttpResponse:
    dossier = behind(door)
    if dossier is None:
        return _shut(request)
    entering.write_down(door.invitation, What.PAGE)
    return render(request, "dossier/inspection.html", {"dossier": dossier, "invitation": door.invitation})


def _shut(request: HttpRequest) -> HttpResponse:
    """The same for a link that never was, has run out or was revoked."""
    return render(request, "dossier/shut.html", status=404)


def _door(request: HttpRequest) -> Door | None:
    held = request.session.get(_INVITATION)
    return door_of(UUID(held)) if held else None


def _is_inside(request: HttpRequest) -> bool:
    until: str | None = request.session.get(_INSIDE_UNTIL)
    return until is not None and datetime.fromisoformat(until) > timezone.now()


def _hidden(address: str) -> str:
    """As much of the address as somebody needs to know their own."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"
