"""A file of the register for the Labour Inspection Authority (AML § 5-1). No medical text."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.reading import log_reads
from tryggmote.organisation.models import Unit
from tryggmote.statutory import queries
from tryggmote.statutory.models import Injury
from tryggmote.statutory.registering import READ_LOG_KIND
from tryggmote.ui.spreadsheets import FileKind, csv_of, xlsx_of

AT_MOST = 2000


def lines_of(*, by: SignedInPerson, unit: Unit, from_on: date, to_on: date) -> list[list[str]]:
    """Headings and lines of the unit and what lies below it, oldest first; each line's reading is logged.

    Raises: NotPossible when there are more than fit in a file.
    """
    found = list(
        queries.injuries(unit=unit, from_on=from_on, to_on=to_on)
        .select_related("workforce__unit", "workforce__employer", "injured", "by")
        .order_by("happened_on", "id")[: AT_MOST + 1]
    )
    if len(found) > AT_MOST:
        raise NotPossible(_("Det er for mange skader til én fil. Velg en kortere periode."))
    log_reads(by, READ_LOG_KIND, [injury.id for injury in found])
    return [_headings(), *(_line(injury) for injury in found)]


def file_of(lines: Sequence[Sequence[str]], kind: FileKind) -> bytes:
    """The lines as a file."""
    return csv_of(lines) if kind is FileKind.CSV else xlsx_of({_("Skaderegister"): lines})


def file_name(asked: Mapping[str, Any], kind: FileKind) -> str:
    """What the file is called: the period, and no names."""
    return f"{_('skaderegister')}-{asked['from_on']}-{asked['to_on']}.{kind}"


def _headings() -> list[str]:
    return [
        _("Skjedde"),
        _("Den skadede"),
        _("Arbeidsgiver"),
        _("Arbeidssted"),
        _("Hva slags skade"),
        _("Årsak"),
        _("Situasjon"),
        _("Fravær"),
        _("Ført"),
        _("Ført av"),
    ]


def _line(injury: Injury) -> list[str]:
    return [
        injury.happened_on.isoformat(),
        injury.injured.name,
        injury.workforce.employer.name,
        injury.workforce.unit.name,
        injury.kind_words,
        injury.cause_words,
        str(injury.get_form_display()),
        str(injury.get_absence_display()),
        timezone.localdate(injury.at).isoformat(),
        injury.by.name,
    ]
