"""Letting somebody outside in to one dossier, and shutting the door again."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.dossier.models import Dossier, Invitation
from tryggmote.dossier.queries import ties_to
from tryggmote.dossier.rules import may_invite
from tryggmote.ui.dates import oslo_midnight, oslo_today


@dataclass(frozen=True)
class InvitationDraft:
    """Whom somebody lets in, and for how many days. `id` is made with the form."""

    id: UUID
    name: str
    email: str
    days: int


@transaction.atomic
def invite(*, dossier: Dossier, draft: InvitationDraft) -> Invitation:
    """Send somebody a link to this dossier. The same id again changes nothing.

    Raises: NotAllowed for one who only looks into the unit, NotPossible before the dossier is made, or when
    the id is another's.
    """
    from tryggmote.dossier.jobs import send_invitation

    if not may_invite(ties_to(dossier.unit_id)):
        raise NotAllowed(_("Bare de som leder enheten eller er verneombud der, slipper inn andre."))
    if dossier.made_at is None:
        raise NotPossible(_("Mappen er ikke klar ennå."))
    invitation, is_new = made_once(
        Invitation,
        id=draft.id,
        owner={"dossier_id": dossier.id},
        fields={
            "name": draft.name,
            "email": draft.email,
            "ends_at": oslo_midnight(oslo_today() + timedelta(days=draft.days + 1)),
        },
    )
    if is_new:
        send_invitation.defer(invitation_id=str(invitation.id))
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation) -> None:
    """Shut the door from now on. Shut already, it stays as it was."""
    Invitation.objects.filter(id=invitation.id, revoked_at=None).update(revoked_at=timezone.now())
