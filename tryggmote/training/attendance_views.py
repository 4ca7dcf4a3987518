"""The code on the wall: the page that is printed, and where the code is typed or leads (4.1)."""

from uuid import UUID

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.requests import PersonRequest
from tryggmote.training import session_queries, sessions
from tryggmote.training.models import Session
from tryggmote.training.session_forms import HereForm


@require_GET
def wall(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """The page to hang up: what it is, and the code. For those who hold the session."""
    session = get_object_or_404(session_queries.sessions(), id=session_id)
    sessions.refuse_unless_held_by(request.person, session)
    address = request.build_absolute_uri(f"{reverse('training:here', args=[session.id])}?kode={session.code}")
    picture = segno.make(address, error="m").svg_inline(omitsize=True, svgclass="tm-qr", lineclass=None)
    context = {
        "session": session,
        "title": session_queries.titles_of([session])[session.id],
        "address": request.build_absolute_uri(reverse("training:here_any")),
        "picture": SafeString(picture),
    }
    return render(request, "training/session_wall.html", context)


@require_http_methods(["GET", "POST"])
def here(request: PersonRequest, session_id: UUID) -> HttpResponse:
    """Where the scanned code leads: one tap says that one is there."""
    session = get_object_or_404(session_queries.sessions(), id=session_id)
    form = HereForm(request.POST or None, initial={"kode": request.GET.get("kode", "")[:20]})
    if request.method == "POST" and form.is_valid():
        return _attend(request, session, form)
    (shown,) = session_queries.shown([session])
    attended = session_queries.attendance_of(session, request.person.id)
    context = {"form": form, "shown": shown, "session": session, "attended": attended}
    return render(request, "training/here.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def here_any(request: PersonRequest) -> HttpResponse:
    """By typing the code: for whoever cannot scan, and without network."""
    form = HereForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        session = form.session()
        if session:
            return _attend(request, session, form)
        form.add_error("kode", _("Fant ingen økt med denne koden. Se om den er riktig skrevet."))
    return render(request, "training/here.html", {"form": form}, status=422 if form.is_bound else 200)


def _attend(request: PersonRequest, session: Session, form: HereForm) -> HttpResponse:
    sessions.attend(
        by=request.person,
        session=session,
        attendance_id=form.cleaned_data["id"],
        code=form.cleaned_data["kode"],
        at=form.cleaned_data["at"],
    )
    messages.success(request, _("Det er ført at du er her. Opplæringen gjelder for deg fra nå."))
    return redirect(session)
