"""How somebody outside comes in: by a link, and each time by a code sent to the address that was invited.

A link that has come astray opens nothing by itself. Neither is kept anywhere: both are worked out with the
key of the installation, so that nobody can read them in the database, in jobs or in a backup.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from tryggmote.access.context import acting_as_job
from tryggmote.dossier.models import Dossier, Invitation, Opening, What
from tryggmote.dossier.rules import may_send_code, may_try_code

DIGITS = 6
SECRET_LIMIT = 200
_SIGNER = signing.Signer(salt="tryggmote dossier invitation")


@dataclass(frozen=True)
class Door:
    """An open invitation, with the dossier behind it."""

    invitation: Invitation
    dossier_id: UUID
    maker_id: int
    language: str


def secret_of(invitation: Invitation) -> str:
    """The secret part of the link."""
    return _SIGNER.sign(invitation.id.hex)


def invitation_of(secret: str) -> UUID | None:
    """Which invitation the link is of; None when it was never made here."""
    try:
        return UUID(_SIGNER.unsign(secret[:SECRET_LIMIT]))
    except (signing.BadSignature, ValueError):
        return None


def door_of(invitation_id: UUID) -> Door | None:
    """The invitation, unless it has been revoked or has run out; two queries."""
    with acting_as_job():
        found = Invitation.objects.filter(id=invitation_id).first()
        if found is None:
            return None
        behind = Dossier.objects.only("id", "by_id", "language").get(id=found.dossier_id)
    return Door(found, behind.id, behind.by_id, behind.language)


def ask_for_code(invitation: Invitation, *, now: datetime | None = None) -> bool:
    """Have a code sent. Whether one was: not within a minute of the last, nor after too many wrong ones."""
    # The job reads what is sent, so it cannot be known where this module begins.
    from tryggmote.dossier.jobs import send_code

    now = now or timezone.now()
    with acting_as_job():
        held = Invitation.objects.select_for_update().filter(id=invitation.id).first()
        if held is None or not may_send_code(held.code_asked_at, held.wrong_in_all, now=now):
            return False
        Invitation.objects.filter(id=held.id).update(code_asked_at=now, wrong_codes=0)
        send_code.defer(invitation_id=str(held.id))
    return True


def is_right(invitation: Invitation, code: str, *, now: datetime | None = None) -> bool:
    """Whether the code is the one sent, in time and not guessed at. A right one is good once."""
    now = now or timezone.now()
    with acting_as_job():
        held = Invitation.objects.select_for_update().filter(id=invitation.id).first()
        if held is None or not may_try_code(held.code_asked_at, held.wrong_codes, held.wrong_in_all, now=now):
            return False
        same = Invitation.objects.filter(id=held.id)
        if constant_time_compare(re.sub(r"\D", "", code), code_for(held)):
            same.update(code_asked_at=None, wrong_codes=0)
            return True
        same.update(wrong_codes=F("wrong_codes") + 1, wrong_in_all=F("wrong_in_all") + 1)
        return False


def code_for(invitation: Invitation) -> str:
    """The code of the latest asking."""
    asked = invitation.code_asked_at
    said = f"{invitation.id} {asked.isoformat() if asked else ''}"
    digest = salted_hmac("tryggmote dossier code", said, algorithm="sha256").digest()
    return str(int.from_bytes(digest) % 10**DIGITS).zfill(DIGITS)


def write_down(invitation: Invitation, what: What) -> None:
    """That this was opened, for whoever made the dossier."""
    with acting_as_job():
        Opening.objects.bulk_create([Opening(invitation=invitation, what=what)])
