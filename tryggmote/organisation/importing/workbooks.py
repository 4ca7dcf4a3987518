"""Opening a workbook that somebody sent, without trusting it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import reduce
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from tryggmote.organisation.importing.problems import BadFile, Problem

Numbered = list[tuple[int, list[Any]]]
"""Rows with the number each has in the spreadsheet."""

# A workbook is a zip archive: a small one may unfold into something that fills the memory.
LARGEST_UNFOLDED = 300 * 1024 * 1024  # bytes
# The reader makes room for every cell from the first to the last one in use: a single cell in the far corner
# of a sheet takes 512 GB. Everybody in the nation is 400,000 cells.
MOST_CELLS = 5_000_000
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"""\A[^>]*?\br\s*=\s*["'](\d+)""")
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]+)(\d+)["']""")
_CELL_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?c(?:/|>|\s(?![^>]*\br\s*=))")
# The reader would take these too: they make room by other rules, and nobody is asked to send them.
_OTHER_KINDS = {"content.xml", "xl/workbook.bin"}
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)


def workbook_sheets(content: bytes, name: str) -> Iterator[tuple[str, Numbered]]:
    """The sheets of an XLSX file with their rows.

    Raises BadFile for what cannot be read, and for what would fill the memory.
    """
    _refuse_bomb(content, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for sheet_name in workbook.sheet_names:
            # Empty lines above the heading count too: lines are numbered as the spreadsheet numbers them.
            rows = workbook.get_sheet_by_name(sheet_name).to_python(skip_empty_area=False)
            yield sheet_name, list(enumerate(rows, start=1))
    except CalamineError as error:
        raise BadFile([Problem(name, 0, "", _("Filen er skadet og kan ikke leses."))]) from error


def _refuse_bomb(content: bytes, name: str) -> None:
    """Raises BadFile for what would unfold into more than fits in memory, and for what is no XLSX archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        if not _OTHER_KINDS.isdisjoint(archive.namelist()):
            raise zipfile.BadZipFile
        is_too_large = sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNFOLDED
        # Reading checks each part against the size that it says it has.
        if is_too_large or any(_cells(archive.read(entry)) > MOST_CELLS for entry in archive.infolist()):
            raise BadFile([Problem(name, 0, "", _("Regnearket er for stort til å leses."))])
    except _UNREADABLE as error:
        raise BadFile([Problem(name, 0, "", _("Filen er ikke et regneark av typen XLSX."))]) from error


def _cells(part: bytes) -> int:
    """How many cells there are from the corner of a sheet to the last one in use; 0 for other parts.

    Cells and rows may leave out where they are: then each stands after the one before.
    """
    _before_first, *rows = _ROW.split(part)
    if not rows:
        return 0
    places = set(_PLACE.findall(part))
    numbers = [int(found[1]) for row in rows if (found := _ROW_NUMBER.search(row))]
    width = max((_column_number(letters) for letters, _row in places), default=0)
    height = max([*numbers, *(int(row) for _letters, row in places)], default=0)
    without_place = max(len(_CELL_WITHOUT_PLACE.findall(row)) for row in rows)
    return (width + without_place) * (height + len(rows) - len(numbers))


def _column_number(letters: bytes) -> int:
    return reduce(lambda number, letter: number * 26 + letter - ord("A") + 1, letters.upper(), 0)
