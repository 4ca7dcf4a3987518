"""Certificates of courses held by others: sent in, approved or refused with a reason, corrected (4.1)."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.access.reading import log_read
from tryggmote.notices.services import tell
from tryggmote.training import told
from tryggmote.training.certificate_files import CleanFile
from tryggmote.training.models import Certificate, CertificateDecision, CertificateFile
from tryggmote.training.vocabulary import CertificateState

READ_LOG_KIND = "certificate"
MOST_WAITING = 20
"""Of one person: enough for anybody, and a leader's list stays readable."""


def certificates() -> QuerySet[Certificate]:
    """Those one sees, with all that their state is told by: one's own, and those one decides."""
    return Certificate.objects.select_related("person", "decision__by", "corrected_by")


def certificates_of(person_id: int, *, most: int) -> list[Certificate]:
    """What a person has sent in and not corrected since, the latest first; one query."""
    found = certificates().filter(person_id=person_id, corrected_by=None)
    return list(found.order_by("-at", "id")[:most])


def waiting_for(person: SignedInPerson) -> QuerySet[Certificate]:
    """What one has to approve or refuse, the oldest first."""
    return certificates().filter(decision=None).exclude(person_id=person.id).order_by("at", "id")


@transaction.atomic
def send(
    *,
    by: SignedInPerson,
    certificate_id: UUID,
    element: str,
    done_on: date,
    words: str,
    file: CleanFile | None,
    corrects: Certificate | None = None,
) -> Certificate:
    """Send in a certificate, or correct one that was refused. The same id again changes nothing.

    Without a `file` the one of the refused is taken. Raises: NotPossible when too many wait, when what is
    corrected was not refused or has been corrected, or when there is no file.
    """
    if first := Certificate.objects.filter(id=certificate_id, person_id=by.id).first():
        return first
    if corrects and corrects.state is not CertificateState.REFUSED:
        raise NotPossible(
            _("Dette kursbeviset kan ikke rettes nå. Se hvordan det står under «Min opplæring».")
        )
    if Certificate.objects.filter(person_id=by.id, decision=None).count() >= MOST_WAITING:
        raise NotPossible(_("Du har mange kursbevis som venter. Vent til lederen har sett på dem."))
    kept = file or _file_of(corrects)
    sent, is_new = made_once(
        Certificate,
        id=certificate_id,
        owner={"person_id": by.id},
        fields={"element": element, "done_on": done_on, "words": words, "corrects": corrects},
    )
    if is_new:
        CertificateFile.objects.create(certificate=sent, kind=kept.kind, content=kept.content)
    return sent


def _file_of(certificate: Certificate | None) -> CertificateFile:
    found = CertificateFile.objects.filter(certificate=certificate).first() if certificate else None
    if found is None:
        raise NotPossible(_("Filen er ikke lenger her. Legg den ved på nytt."))
    return found


@transaction.atomic
def take_back(*, by: SignedInPerson, certificate: Certificate) -> None:
    """Whoever sent it takes it back before anybody has decided; nothing of it is kept.

    Raises: NotAllowed for others; NotPossible when it has been decided.
    """
    if certificate.person_id != by.id:
        raise NotAllowed(_("Bare den som har sendt inn kursbeviset, kan trekke det tilbake."))
    if certificate.state is not CertificateState.WAITING:
        raise NotPossible(_("Lederen har alt sett på kursbeviset, så det kan ikke trekkes tilbake."))
    CertificateFile.objects.filter(certificate=certificate).delete()
    Certificate.objects.filter(id=certificate.id).delete()


@transaction.atomic
def approve(*, by: SignedInPerson, certificate: Certificate, decision_id: UUID) -> None:
    """A leader has seen that it is so: the training counts from then on, and the person is told.

    The same id again changes nothing. Raises: NotAllowed for one's own; NotPossible when somebody else has
    decided.
    """
    _decide(by, certificate, CertificateDecision(id=decision_id, approved=True), told.APPROVED)


@transaction.atomic
def refuse(*, by: SignedInPerson, certificate: Certificate, decision_id: UUID, reason: str) -> None:
    """A leader says why it does not count, and the person is told. As `approve` in all else."""
    _decide(by, certificate, CertificateDecision(id=decision_id, approved=False, reason=reason), told.REFUSED)


def _decide(by: SignedInPerson, certificate: Certificate, decision: CertificateDecision, kind: str) -> None:
    if certificate.person_id == by.id:
        raise NotAllowed(
            _("Ingen godkjenner sitt eget kursbevis."), _("Lederen din ser det, og avgjør om det teller.")
        )
    decision.certificate, decision.by_id = certificate, by.id
    CertificateDecision.objects.bulk_create([decision], ignore_conflicts=True)
    first = CertificateDecision.objects.select_related("by").get(certificate=certificate)
    if first.id != decision.id:
        raise NotPossible(_("%(name)s har alt avgjort dette kursbeviset.") % {"name": first.by.name})
    tell(
        person_ids=[certificate.person_id],
        kind=kind,
        subject_id=certificate.id,
        url=certificate.get_absolute_url(),
        context={},
    )


def open_file(*, by: SignedInPerson, certificate: Certificate) -> CertificateFile:
    """The file, to be saved. Others than its owner are logged.

    Raises: NotPossible when it has been deleted.
    """
    found = CertificateFile.objects.filter(certificate=certificate).first()
    if found is None:
        raise NotPossible(_("Filen er slettet, fordi kursbeviset ikke trengs lenger."))
    log_opening(by=by, certificate=certificate)
    return found


def log_opening(*, by: SignedInPerson, certificate: Certificate) -> None:
    """Write down that somebody else than its owner was shown a certificate."""
    if by.id != certificate.person_id:
        log_read(by, READ_LOG_KIND, certificate.id)
