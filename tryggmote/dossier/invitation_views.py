"""Letting somebody in to one's dossier, and shutting the door again."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from tryggmote.access.requests import PersonRequest
from tryggmote.dossier import inviting
from tryggmote.dossier.forms import InvitationForm
from tryggmote.dossier.models import Invitation
from tryggmote.dossier.views import find


@require_http_methods(["GET", "POST"])
def invite(request: PersonRequest, dossier_id: UUID) -> HttpResponse:
    """Whom, where, and for how long."""
    dossier = find(dossier_id)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        draft = inviting.InvitationDraft(chosen["id"], chosen["name"], chosen["email"], chosen["days"])
        inviting.invite(dossier=dossier, draft=draft)
        return redirect(dossier)
    context = {"dossier": dossier, "form": form}
    return render(request, "dossier/invite.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: PersonRequest, dossier_invitation_id: UUID) -> HttpResponse:
    """From now on the link leads nowhere."""
    found = Invitation.objects.select_related("dossier").filter(id=dossier_invitation_id).first()
    if found is None:
        raise Http404
    inviting.revoke(invitation=found)
    return redirect(found.dossier)
