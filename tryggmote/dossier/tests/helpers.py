"""Dossiers for tests: asked for and made at once, as the worker would."""

import re
import subprocess
import zlib
from datetime import timedelta
from io import BytesIO
from shutil import which

import pytest
from python_calamine import CalamineWorkbook

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.dossier import making, services
from tryggmote.dossier.models import Dossier, File
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.dates import oslo_today


def asked_by(person: Person, unit: Unit, *, days: int = 364, language: str = "nb") -> Dossier:
    """The dossier somebody asks for; not made yet."""
    today = oslo_today()
    with acting_as(person.id) as by:
        draft = services.DossierDraft(new_id(), unit.id, today - timedelta(days=days), today, language)
        return services.ask_for(by=by, draft=draft)


def made_by(person: Person, unit: Unit, *, days: int = 364, language: str = "nb") -> Dossier:
    """The same, made."""
    dossier = asked_by(person, unit, days=days, language=language)
    making.make(dossier.id)
    dossier.refresh_from_db()
    return dossier


def content_of(dossier: Dossier, kind: str = "pdf") -> bytes:
    """The bytes of one of its files."""
    return bytes(File.objects.get(dossier=dossier, kind=kind).content)


def sheets_of(dossier: Dossier) -> dict[str, list[list[str]]]:
    """The sheets of the workbook by name."""
    book = CalamineWorkbook.from_filelike(BytesIO(content_of(dossier, "xlsx")))
    return {
        name: [[str(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python()]
        for name in book.sheet_names
    }


def rows_under(sheet: list[list[str]], heading: str) -> list[dict[str, str]]:
    """The rows of the table whose first heading is this, by heading."""
    at = next(number for number, row in enumerate(sheet) if row[0] == heading)
    return [dict(zip(sheet[at], row, strict=True)) for row in sheet[at + 1 :]]


def objects_of(pdf: bytes) -> bytes:
    """The PDF with all that is compressed in it, for looking for what its parts are called."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(packed))
        except zlib.error:
            continue
    return b"\n".join(found)


def text_of(pdf: bytes) -> str:
    """What stands in the PDF. Skips where poppler is not installed."""
    program = which("pdftotext")
    if program is None:
        pytest.skip("pdftotext (poppler) is not installed")
    read = subprocess.run([program, "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())
