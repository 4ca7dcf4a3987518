"""Acts that change units, and the import from an administrator's page."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed
from tryggmote.organisation import rules
from tryggmote.organisation.importing.reading import read_workbook
from tryggmote.organisation.importing.steps import Proposal, carry_out, propose
from tryggmote.organisation.meeting_forms import MEETINGS
from tryggmote.organisation.models import ImportDraft, Unit, Workforce

# A file holds names and addresses of everybody: it is not kept longer than it takes to read the difference.
KEEP_DRAFTS = timedelta(hours=24)


@transaction.atomic
def choose_meeting_forms(*, by: SignedInPerson, unit_id: int, forms: Iterable[str]) -> None:
    """Say which meeting forms a unit uses; what is no meeting form is ignored (requirement 2.1).

    Raises NotAllowed for one who does not lead anybody in the unit.
    """
    refuse_who_may_not_choose(by=by, unit_id=unit_id)
    chosen = set(forms)
    ordered = [form.value for form in MEETINGS if form.value in chosen]
    Unit.objects.filter(id=unit_id).update(meeting_forms=ordered)


def refuse_who_may_not_choose(*, by: SignedInPerson, unit_id: int) -> None:
    """Raises NotAllowed for those who do not lead anybody in the unit."""
    workforces = Workforce.objects.filter(unit_id=unit_id).values_list("id", flat=True)
    if not rules.may_choose_meeting_forms(by, workforces):
        raise NotAllowed(
            _("Bare lederne i enheten velger møteformene."),
            who_can_help=_("Lederne står på siden til enheten. Be en av dem om å endre."),
        )


def refuse_others(by: SignedInPerson) -> None:
    """Raises NotAllowed for those who are not administrators."""
    if not rules.may_import(by):
        raise NotAllowed(
            _("Bare systemadministratorer tar inn enheter, personer og roller."),
            who_can_help=_("Nærmeste leder kan si hvem som er systemadministrator hos dere."),
        )


@transaction.atomic
def keep_import(*, by: SignedInPerson, draft_id: UUID, name: str, content: bytes) -> ImportDraft:
    """Keep a sound file until the administrator has seen what it would change. Nothing else is changed.

    Sending the same `draft_id` again returns the first. Earlier files of the same person are forgotten.
    Raises BadFile, and NotAllowed for those who may not import.
    """
    refuse_others(by)
    propose(read_workbook(content, name))
    known = ImportDraft.objects.filter(id=draft_id).first()
    if known:
        return known
    ImportDraft.objects.filter(by_id=by.id).delete()
    return ImportDraft.objects.create(id=draft_id, by_id=by.id, name=name[:200], content=content)


def proposal_of(*, by: SignedInPerson, draft: ImportDraft) -> Proposal:
    """What the kept file would change now. Raises BadFile when the database has changed under it."""
    refuse_others(by)
    return propose(read_workbook(bytes(draft.content), draft.name))


@transaction.atomic
def import_draft(*, by: SignedInPerson, draft: ImportDraft, proposal: Proposal, may_end_many: bool) -> None:
    """Carry out what was proposed from exactly the file that was shown, and forget the file.

    Raises NotAllowed, and NotPossible when more than 20 % would end and that is not meant.
    """
    refuse_others(by)
    carry_out(proposal, may_end_many=may_end_many)
    draft.delete()


def forget_old_imports() -> None:
    """Remove files that nobody decided on within a day."""
    ImportDraft.objects.filter(created_at__lt=timezone.now() - KEEP_DRAFTS).delete()
