"""The pages of evidence. Which there are is decided by the database; every opening is a link in a chain."""

from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.reading import log_read, reads_of
from tryggmote.access.requests import PersonRequest
from tryggmote.exhibits import queries, services
from tryggmote.exhibits.forms import ExhibitForm, RemovalForm
from tryggmote.exhibits.keys import keyring
from tryggmote.exhibits.limits import limits
from tryggmote.exhibits.models import PLAYED, Exhibit
from tryggmote.exhibits.receiving import LimitedUpload
from tryggmote.exhibits.rules import may_remove
from tryggmote.exhibits.spans import NotThere, span_of
from tryggmote.exhibits.vocabulary import Kind
from tryggmote.incidents.kept import deleted_from
from tryggmote.incidents.models import Incident
from tryggmote.ui.dates import day
from tryggmote.ui.templatetags.ui import when

# Whatever is in the bytes, a browser neither runs it nor guesses what it is.
HARMLESS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@csrf_exempt  # for as long as it takes to say how the file is received; the form is checked in `_add`
@require_http_methods(["GET", "POST"])
def of_incident(request: PersonRequest, incident_id: UUID) -> HttpResponse:
    """All evidence of an incident, and a form to add more."""
    incident = get_object_or_404(queries.incident_of(incident_id))
    if request.method == "GET":
        return _list(request, incident, ExhibitForm())
    receiver = LimitedUpload(request)
    request.upload_handlers = [receiver]
    return _add(request, incident, receiver)


@csrf_protect
def _add(request: PersonRequest, incident: Incident, receiver: LimitedUpload) -> HttpResponse:
    form = ExhibitForm(request.POST, request.FILES, is_too_large=receiver.is_too_large)
    if not form.is_valid():
        return _list(request, incident, form, status=422)
    services.add_exhibit(
        by=request.person,
        incident=incident,
        exhibit_id=form.cleaned_data["id"],
        what=form.cleaned_data["what"],
        examined=form.examined,
    )
    messages.success(request, _("Beviset er lagret."))
    return redirect("exhibits:of_incident", incident.id)


def _list(request: PersonRequest, incident: Incident, form: ExhibitForm, status: int = 200) -> HttpResponse:
    log_read(request.person, services.LIST_LOG_KIND, incident.id)
    return render(
        request,
        "exhibits/of_incident.html",
        {
            "incident": incident,
            "exhibits": queries.exhibits_of(incident),
            "form": form,
            "is_switched_on": keyring().current is not None,
            "limits": limits(),
        },
        status=status,
    )


@require_GET
def detail(request: PersonRequest, exhibit_id: UUID) -> HttpResponse:
    """What an exhibit is and who has had it; not what is in it. Reading that is logged too."""
    return _detail(request, _find(exhibit_id))


# A recording is played from our own address; on every other page nothing is.
@csp_update({"media-src": [SELF]})  # type: ignore[arg-type]
@require_GET
def show(request: PersonRequest, exhibit_id: UUID) -> HttpResponse:
    """The same page with the picture, the text or a player on it."""
    exhibit = _find(exhibit_id)
    if exhibit.kind == Kind.TEXT:
        # As text in our own page: whatever is in it, it is escaped like any other.
        with services.view(by=request.person, exhibit=exhibit) as content:
            return _detail(request, exhibit, text=content.read().decode())
    if exhibit.player:
        return _detail(request, exhibit, player=exhibit.player if exhibit.can_be_shown else "")
    return _detail(request, exhibit, has_picture=exhibit.can_be_shown)


@require_GET
def picture(request: PersonRequest, exhibit_id: UUID) -> HttpResponse:
    """The copy of a picture, drawn anew by us."""
    exhibit = get_object_or_404(Exhibit, id=exhibit_id, copy_type__startswith="image/")
    with services.view(by=request.person, exhibit=exhibit) as content:
        return HttpResponse(
            content.read(),
            content_type=exhibit.copy_type,
            headers={**HARMLESS, "Content-Disposition": "inline"},
        )


@require_GET
def recording(request: PersonRequest, exhibit_id: UUID) -> HttpResponseBase:
    """A recording for the player on our page, in the parts that it asks for."""
    exhibit = get_object_or_404(Exhibit, id=exhibit_id, media_type__in=PLAYED)
    headers = {**HARMLESS, "Accept-Ranges": "bytes", "Content-Disposition": "attachment"}
    try:
        span = span_of(request.headers.get("Range", ""), exhibit.size)
    except NotThere:
        return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{exhibit.size}"})
    if span is None:
        whole = services.view(by=request.person, exhibit=exhibit)
        length = {"Content-Length": str(exhibit.size)}
        return FileResponse(whole, content_type=exhibit.media_type, headers=headers | length)
    return HttpResponse(
        services.play(by=request.person, exhibit=exhibit, span=span),
        status=206,
        content_type=exhibit.media_type,
        headers=headers | {"Content-Range": f"bytes {span.first}-{span.last}/{exhibit.size}"},
    )


@require_GET
def original(request: PersonRequest, exhibit_id: UUID) -> HttpResponseBase:
    """The original to be saved, byte for byte."""
    exhibit = get_object_or_404(Exhibit, id=exhibit_id)
    content = services.fetch_original(by=request.person, exhibit=exhibit)
    return FileResponse(
        content,
        as_attachment=True,
        filename=exhibit.file_name,
        content_type="application/octet-stream",
        headers={**HARMLESS, "Content-Length": str(exhibit.size)},
    )


@require_POST
def remove(request: PersonRequest, exhibit_id: UUID) -> HttpResponse:
    """A leader removes what should not have been sent."""
    exhibit = _find(exhibit_id)
    # Whoever added it may have lost sight of the incident since.
    incident = get_object_or_404(queries.incident_of(exhibit.incident_id))
    form = RemovalForm(request.POST)
    if not form.is_valid():
        return _detail(request, exhibit, removal=form, status=422)
    services.remove(by=request.person, exhibit=exhibit, incident=incident, reason=form.cleaned_data["reason"])
    messages.success(request, _("Innholdet er fjernet."))
    return redirect(exhibit)


def _find(exhibit_id: UUID) -> Exhibit:
    return get_object_or_404(queries.exhibit_in_full(exhibit_id))


def _detail(
    request: HttpRequest,
    exhibit: Exhibit,
    *,
    removal: RemovalForm | None = None,
    status: int = 200,
    **shown: Any,
) -> HttpResponse:
    incident = queries.incident_of(exhibit.incident_id).first()
    person = request.person  # type: ignore[attr-defined]
    log_read(person, services.PAGE_LOG_KIND, exhibit.id)
    chain = queries.chain_of(exhibit)
    may_take_away = incident is not None and exhibit.removed_at is None and may_remove(person, incident)
    return render(
        request,
        "exhibits/detail.html",
        {
            "exhibit": exhibit,
            "incident": incident,
            "facts": _facts(exhibit),
            "has_scanner": bool(settings.EXHIBIT_SCANNER),
            "chain": chain,
            "readers": reads_of(services.PAGE_LOG_KIND, exhibit.id),
            "removed_by": queries.removal_in(chain),
            "removal": (removal or RemovalForm()) if may_take_away else None,
            **shown,
        },
        status=status,
    )


def _facts(exhibit: Exhibit) -> list[tuple[str, object]]:
    return [
        (_("Hva"), exhibit.get_kind_display()),
        (_("Lagt inn"), when(exhibit.added_at)),
        (_("Av"), exhibit.added_by.name),
        (_("Størrelse"), filesizeformat(exhibit.size)),
        (_("Virus"), exhibit.get_scan_display()),
        (_("Kontrollsum (SHA-256)"), exhibit.sha256),
        *([] if exhibit.removed_at else [(_("Innholdet slettes"), _until(exhibit))]),
    ]


def _until(exhibit: Exhibit) -> str:
    from_day = deleted_from("exhibit", timezone.localdate(exhibit.added_at))
    return _(
        "Sammen med hendelsen, eller fra %(day)s hvis den står lenger. Ikke mens en politisak er åpen."
    ) % {"day": day(from_day)}
