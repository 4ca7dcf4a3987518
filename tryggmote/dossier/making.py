"""Making a dossier: read section by section as the person who asked for it, written by a job, sealed.

What the database does not show that person stands in no file.
"""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.access.context import SignedInPerson, acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed
from tryggmote.access.history import seal_history
from tryggmote.catalogue.loader import load_standards
from tryggmote.compliance.thresholds import thresholds
from tryggmote.dossier import queries
from tryggmote.dossier.content import Content, Part
from tryggmote.dossier.models import Dossier, File, FileKind
from tryggmote.dossier.printing import as_pdf
from tryggmote.dossier.registry import Scope, scope_of, sections
from tryggmote.dossier.rules import may_make
from tryggmote.dossier.sections.words import in_full, role_of, roles_of
from tryggmote.dossier.workbook import as_workbook
from tryggmote.ui.dates import clock

TOO_FRESH = gettext_lazy("Historikken er for fersk til å være forseglet")


def make(dossier_id: UUID) -> None:
    """Make the files, saying after each part how far it has come. A made dossier is left as it is.

    Raises: NotAllowed when whoever asked may not have it any more; the row then says that it failed.
    """
    with acting_as_job():
        dossier = Dossier.objects.get(id=dossier_id)
    if dossier.made_at:
        return
    try:
        with translation.override(dossier.language):
            _make(dossier)
    except Exception:
        _note(dossier, failed_at=timezone.now())
        raise


def _make(dossier: Dossier) -> None:
    made_at = timezone.now()
    with acting_as(dossier.by_id) as by:
        found = queries.dossier(dossier.id)
        if found is None or not may_make(queries.ties_to(found.unit_id)):
            raise NotAllowed(_("Du kan ikke lenger få mappen til denne enheten."))
        scope = scope_of(found.unit, found.since, found.until)
        rules = _rules()
        facts = _facts(scope, by, rules, made_at)
    parts = []
    for done, section in enumerate(sections(), 1):
        with acting_as(dossier.by_id):
            parts.append(Part(str(section.title), section.read(scope)))
        _note(dossier, done=done, failed_at=None)
    content = Content(
        language=dossier.language,
        title=_("Slik forebygger og følger vi opp vold og trusler"),
        unit=scope.unit.name,
        facts=facts,
        parts=parts,
        is_fictional=settings.DEMO,
    )
    digest = hashlib.sha256(json.dumps(content.as_data(), sort_keys=True).encode()).hexdigest()
    with acting_as_job():
        seal = seal_history()
    content.seal.extend(
        [
            (_("Kontrollsum for innholdet (SHA-256)"), digest),
            (_("Segl på historikken"), seal or str(TOO_FRESH)),
        ]
    )
    files = {FileKind.PDF: as_pdf(content), FileKind.WORKBOOK: as_workbook(content)}
    with acting_as_job():
        File.objects.bulk_create(
            File(dossier=dossier, kind=kind, content=bytes_, digest=hashlib.sha256(bytes_).hexdigest())
            for kind, bytes_ in files.items()
        )
        _note(dossier, made_at=made_at, done=dossier.total, rules=rules, data_digest=digest, seal=seal)


def _facts(scope: Scope, by: SignedInPerson, rules: str, made_at: Any) -> list[tuple[str, str]]:
    role = role_of(roles_of(scope, [by.id]), by.id)
    return [
        (_("Enhet"), scope.unit.name),
        (_("Periode"), f"{in_full(scope.since)} – {in_full(scope.until)}"),
        (_("Laget av"), f"{by.name} ({role})"),
        (_("Laget"), _("%(day)s kl. %(time)s") % {"day": in_full(made_at), "time": clock(made_at)}),
        (_("Målt med"), rules),
    ]


def _rules() -> str:
    """The versions that the status is measured with."""
    sets = ", ".join(f"{standard.code} {standard.version}" for standard in load_standards())
    return _("regler %(rules)s, krav %(sets)s") % {"rules": thresholds().version, "sets": sets}


def _note(dossier: Dossier, **fields: Any) -> None:
    with acting_as_job():
        Dossier.objects.filter(id=dossier.id, made_at=None).update(**fields)
