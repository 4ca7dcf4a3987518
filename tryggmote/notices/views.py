from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tryggmote.access.errors import NotAllowed
from tryggmote.access.requests import PersonRequest
from tryggmote.notices import carriers, queries, services
from tryggmote.notices import outbox as sending
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
    """How each channel is doing, as figures, for those who keep the system running."""
    _refuse_others(request)
    context = {"states": queries.outbox_state(), "addresses_given_up": queries.addresses_given_up()}
    return render(request, "notices/outbox.html", context)


@require_POST
def try_again(request: PersonRequest) -> HttpResponse:
    """Have what waits for a channel tried now."""
    _refuse_others(request)
    channel = request.POST.get("channel", "")
    if channel not in carriers.channels():
        raise Http404
    sending.try_again(channel)
    messages.success(request, _("Prøver igjen nå. Last siden på nytt om litt for å se hvordan det gikk."))
    return redirect("notices:outbox")


def _refuse_others(request: PersonRequest) -> None:
    if not request.person.has_role(Role.ADMINISTRATOR):
        raise NotAllowed(_("Bare systemadministratorer ser hvordan det går med utsendingen."))
