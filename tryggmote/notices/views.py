from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.notices import queries, services
from tryggmote.notices.models import Notice
from tryggmote.organisation.roles import Role

PER_PAGE = 20


@require_GET
def notice_list(request: PersonRequest) -> HttpResponse:
    """All the person has been told, newest first."""
    page = Paginator(queries.notices(), PER_PAGE).get_page(request.GET.get("page"))
    has_unseen = queries.unseen_count(request.person) > 0
    return render(request, "notices/list.html", {"page": page, "has_unseen": has_unseen})


@require_GET
def open_notice(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Mark one as seen and go to what it is about: links in e-mail and on the bell lead here."""
    notice = get_object_or_404(Notice, id=notice_id)
    services.mark_seen(notice=notice)
    return redirect(notice.url)


@require_POST
def see_all(request: PersonRequest) -> HttpResponse:
    """Mark all as seen."""
    services.mark_all_seen()
    messages.success(request, _("Alle varslene er merket som sett."))
    return redirect("notices:list")


@require_GET
def outbox(request: PersonRequest) -> HttpResponse:
    """How e-mail is going, as figures, for those who keep the system running."""
    if not request.person.has_role(Role.ADMINISTRATOR):
        raise NotAllowed(_("Bare systemadministratorer ser hvordan det går med utsendingen."))
    context = {"outbox": queries.outbox_state(), "has_mail_server": bool(settings.EMAIL_HOST)}
    return render(request, "notices/outbox.html", context)
