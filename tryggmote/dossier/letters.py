"""E-mail to those who are let in: the link and the codes. No notice reaches somebody outside."""

from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tryggmote.access.context import UnknownPerson, acting_as, acting_as_job
from tryggmote.dossier import queries
from tryggmote.dossier.entering import Door, code_for, door_of, secret_of
from tryggmote.dossier.models import Dossier, Invitation
from tryggmote.dossier.sections.words import in_full


def send_invitation(invitation_id: UUID) -> None:
    """Send the link, unless it was sent or the door is shut meanwhile. Raises what the mail server says."""
    door = door_of(invitation_id)
    if door is None or door.invitation.sent_at or (dossier := behind(door)) is None:
        return
    link = settings.PUBLIC_ADDRESS.rstrip("/") + reverse(
        "inspection:arrive", args=[secret_of(door.invitation)]
    )
    with translation.override(door.language):
        told = {
            "dossier": dossier,
            "since": in_full(dossier.since),
            "until": in_full(dossier.until),
            "last_day": in_full(door.invitation.last_day),
            "link": link,
        }
        subject = _("Dokumentasjon fra %(unit)s") % {"unit": dossier.unit.name}
        _send(door, subject, render_to_string("dossier/invitation.txt", told))
    with acting_as_job():
        Invitation.objects.filter(id=invitation_id).update(sent_at=timezone.now())


def send_code(invitation_id: UUID) -> None:
    """Send the code of the latest asking."""
    door = door_of(invitation_id)
    if door is None or door.invitation.code_asked_at is None:
        return
    with translation.override(door.language):
        text = render_to_string("dossier/code.txt", {"code": code_for(door.invitation)})
        _send(door, _("Engangskode til Tryggmøte"), text)


def behind(door: Door) -> Dossier | None:
    """The dossier, as long as whoever made it may have it themselves."""
    try:
        with acting_as(door.maker_id):
            return queries.dossier(door.dossier_id)
    except UnknownPerson:
        return None


def _send(door: Door, subject: str, text: str) -> None:
    headers = {"Auto-Submitted": "auto-generated"}
    EmailMessage(subject=subject, body=text, to=[door.invitation.email], headers=headers).send()
