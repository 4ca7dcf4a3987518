"""Dossiers: asked for, awaited and fetched by whoever has them made."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tryggmote.access.reading import log_read
from tryggmote.access.requests import PersonRequest
from tryggmote.dossier import queries, services
from tryggmote.dossier.forms import DossierForm
from tryggmote.dossier.models import Dossier, File, FileKind
from tryggmote.dossier.rules import may_invite

LOG_KIND = "dossier"
A_PAGE = 20


@require_http_methods(["GET", "POST"])
def own(request: PersonRequest) -> HttpResponse:
    """One's own dossiers, and a form for another."""
    unit = request.person.unit
    form = DossierForm(
        request.POST or None,
        language=get_language() or "nb",
        initial={"unit": unit.id} if unit else {},
    )
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        draft = services.DossierDraft(
            chosen["id"], chosen["unit"].id, chosen["since"], chosen["until"], chosen["language"]
        )
        return redirect(services.ask_for(by=request.person, draft=draft))
    context = {
        "form": form,
        "may_make": form.fields["unit"].queryset.exists(),  # type: ignore[attr-defined]
        "page_obj": Paginator(queries.dossiers(), A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "dossier/list.html", context, status=422 if form.errors else 200)


@require_GET
def dossier(request: PersonRequest, dossier_id: UUID) -> HttpResponse:
    """How far it has come, and its files. It asks again by itself; without JavaScript one loads it anew."""
    found = find(dossier_id)
    context = {
        "dossier": found,
        "may_invite": found.made_at is not None and may_invite(queries.ties_to(found.unit_id)),
        "invitations": queries.invitations_to(found),
    }
    return render(request, "dossier/dossier.html", context)


@require_GET
def file(request: PersonRequest, dossier_id: UUID, kind: str) -> HttpResponse:
    """One of its files. That it was opened is logged."""
    found = find(dossier_id)
    answer = answer_with(found, kind)
    log_read(request.person, LOG_KIND, found.id)
    return answer


def find(dossier_id: UUID) -> Dossier:
    """One of one's own. Raises Http404."""
    found = queries.dossier(dossier_id)
    if found is None:
        raise Http404
    return found


def answer_with(dossier: Dossier, kind: str) -> HttpResponse:
    """The file as it is sent, never kept by the browser. Raises Http404."""
    found = File.objects.filter(dossier=dossier, kind=kind).first()
    if found is None:
        raise Http404
    name = f"{_('mappe')}-{slugify(dossier.unit.name) or dossier.unit_id}-{dossier.until}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(found.content), content_type=FileKind(kind).media_type, headers=headers)
