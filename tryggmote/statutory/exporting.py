"""A file of the register for the Labour Inspection Authority (AML § 5-1). No medical text."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotPossible
from tryggmote.access.reading import log_reads
from tryggmote.organisation.models import Unit
from tryggmote.statutory import queries
from tryggmote.statutory.models import Injury
from tryggmote.statutory.registering import READ_LOG_KIND

AT_MOST = 2000
_COLUMN_WIDTH = 24  # characters
# What a spreadsheet takes for a formula when it opens a CSV file.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FileKind(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"

    @classmethod
    def _missing_(cls, value: object) -> "FileKind":
        return cls.XLSX

    @property
    def content_type(self) -> str:
        """As the browser is told."""
        if self is FileKind.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    return _as_csv(lines) if kind is FileKind.CSV else _as_xlsx(lines)


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


def _as_csv(lines: Sequence[Sequence[str]]) -> bytes:
    memory = StringIO()
    writer = csv.writer(memory, delimiter=";")  # what Excel in Norwegian opens as columns
    writer.writerows([_no_formula(cell) for cell in line] for line in lines)
    return memory.getvalue().encode("utf-8-sig")


def _no_formula(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell


def _as_xlsx(lines: Sequence[Sequence[str]]) -> bytes:
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet(_("Skaderegister"))
        page.freeze_panes(1, 0)
        page.set_column(0, len(lines[0]) - 1, _COLUMN_WIDTH)
        for row, line in enumerate(lines):
            page.write_row(row, 0, line, book.add_format({"bold": True}) if row == 0 else None)
    return memory.getvalue()
