"""Asking for a dossier."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed
from tryggmote.access.once import made_once
from tryggmote.dossier.models import Dossier
from tryggmote.dossier.queries import ties_to
from tryggmote.dossier.registry import sections
from tryggmote.dossier.rules import may_make


@dataclass(frozen=True)
class DossierDraft:
    """What somebody asks for. `id` is made with the form."""

    id: UUID
    unit_id: int
    since: date
    until: date
    language: str


@transaction.atomic
def ask_for(*, by: SignedInPerson, draft: DossierDraft) -> Dossier:
    """Have a dossier made by a job. The same id again changes nothing.

    Raises: NotAllowed for one who neither leads, represents, sees from above nor audits the unit,
    NotPossible when the id is another's.
    """
    # The job calls what makes it, so it cannot be known where this module begins.
    from tryggmote.dossier.jobs import make

    if not may_make(ties_to(draft.unit_id)):
        raise NotAllowed(
            _("Mappen lages av dem som leder enheten, er verneombud der eller fører tilsyn med den."),
            who_can_help=_("Spør lederen eller verneombudet."),
        )
    owner: dict[str, int | UUID] = {"by_id": by.id}
    fields = {
        "unit_id": draft.unit_id,
        "since": draft.since,
        "until": draft.until,
        "language": draft.language,
        "total": len(sections()) + 1,
    }
    dossier, is_new = made_once(Dossier, id=draft.id, owner=owner, fields=fields)
    if is_new:
        make.defer(dossier_id=str(dossier.id))
    return dossier
