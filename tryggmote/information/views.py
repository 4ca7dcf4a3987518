"""The feed and who has read (requirements 1.1 and 2.3). Which items there are is decided by the database."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tryggmote.access.ids import new_id
from tryggmote.access.requests import PersonRequest
from tryggmote.information import queries, services
from tryggmote.information.forms import UNREAD, FeedFilter, RemindForm
from tryggmote.information.models import Item, Reading
from tryggmote.information.rules import may_remind, may_see_readers
from tryggmote.organisation.standing import standing_in
from tryggmote.ui.cursors import CURSOR, narrowed, older_url
from tryggmote.ui.dates import oslo_today

NAMES_A_PAGE = 50


@require_GET
def feed(request: PersonRequest) -> HttpResponse:
    """What the units one belongs to have been told, newest first."""
    services.mark_digests_seen()
    narrowing = FeedFilter(request.GET)
    chosen = narrowing.cleaned_data if narrowing.is_valid() else {}
    unread = queries.unread_by(request.person.id)
    found = unread if chosen.get("show") == UNREAD else Item.objects.all()
    found = queries.narrowed(found, kind=chosen.get("kind", ""), period=chosen.get("period"))
    page = queries.feed_page(found, person_id=request.person.id, cursor=request.GET.get(CURSOR, ""))
    context = {
        "filter": narrowing,
        "is_narrowed": any(chosen.values()),
        "shows_unread": chosen.get("show") == UNREAD,
        "page": page,
        "unread": unread.count(),
        "unread_url": f"?{urlencode({'show': UNREAD})}",
        "query": request.GET.urlencode(),
        "older_url": older_url(request, page.older),
        "is_first_page": CURSOR not in request.GET,
        "newest_url": narrowed(request),
    }
    return render(request, "information/feed.html", context)


@require_GET
def item(request: PersonRequest, item_id: UUID) -> HttpResponse:
    """One item; for those who lead or represent the unit, who has read it and who has not."""
    found = get_object_or_404(Item.objects.select_related("unit", "by"), id=item_id)
    standing = standing_in(found.unit_id)
    context: dict[str, Any] = {
        "item": found,
        "reading": Reading.objects.filter(item=found, person_id=request.person.id).first(),
    }
    if may_see_readers(standing):
        receipts = queries.Receipts(found)
        reminder = queries.last_reminder(found)
        context |= {
            "sees_readers": True,
            "receipts": receipts,
            "waiting": Paginator(receipts, NAMES_A_PAGE).get_page(request.GET.get("page")),
            "reminder": reminder,
            "may_remind": may_remind(standing) and not (reminder and reminder.on == oslo_today()),
            "remind_form": RemindForm(initial={"id": new_id()}),
        }
    return render(request, "information/item.html", context)


@require_http_methods(["GET", "POST"])
def read(request: PersonRequest, item_id: UUID) -> HttpResponse:
    """Record that it is read. GET goes on to the document; POST ("Merk som lest") goes back to the feed."""
    found = get_object_or_404(Item, id=item_id)
    services.mark_read(by=request.person, item=found)
    if request.method == "GET":
        return HttpResponseRedirect(found.url)
    return HttpResponseRedirect(f"{reverse('information:feed')}?{request.GET.urlencode()}")


@require_POST
def remind(request: PersonRequest, item_id: UUID) -> HttpResponse:
    """The leader reminds those who have not read."""
    found = get_object_or_404(Item.objects.select_related("unit"), id=item_id)
    form = RemindForm(request.POST)
    form.is_valid()
    number = services.remind(by=request.person, item=found, reminder_id=form.cleaned_data["id"] or new_id())
    said = ngettext("%(number)s person er minnet på.", "%(number)s personer er minnet på.", number)
    messages.success(request, said % {"number": number})
    return redirect(found)
