"""The papers of a meeting: asked for, awaited and opened by those at the table (1.3)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.errors import NotAllowed
from tryggmote.access.reading import log_read
from tryggmote.access.requests import PersonRequest
from tryggmote.forums import packing
from tryggmote.forums.models import Pack
from tryggmote.forums.services import is_at_table
from tryggmote.forums.views import find
from tryggmote.ui.forms import SentOnce

LOG_KIND = "forum_pack"


@require_http_methods(["GET", "POST"])
def pack(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """How far the papers have come. It asks again by itself; without JavaScript one loads it anew."""
    meeting = find(forum_id)
    if not is_at_table(meeting):
        raise NotAllowed(_("Sakspapirene er for dem som er innkalt til møtet."))
    form = SentOnce(request.POST or None)
    if request.method == "POST" and form.is_valid():
        packing.ask_for_pack(
            by=request.person,
            meeting=meeting,
            pack_id=form.cleaned_data["id"],
            language=get_language() or "nb",
        )
        return redirect("forums:pack", meeting.id)
    context = {"meeting": meeting, "pack": packing.latest_pack(meeting), "once": SentOnce()}
    return render(request, "forums/pack.html", context)


@require_GET
def file(request: PersonRequest, forum_id: UUID) -> HttpResponse:
    """The newest papers there are. That they were opened is logged."""
    meeting = find(forum_id)
    found = Pack.objects.filter(meeting=meeting, made_at__isnull=False).order_by("-made_at").first()
    if found is None or found.content is None:
        raise Http404
    log_read(request.person, LOG_KIND, meeting.id)
    headers = {"Content-Disposition": 'inline; filename="sakspapirer.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(found.content), content_type="application/pdf", headers=headers)
