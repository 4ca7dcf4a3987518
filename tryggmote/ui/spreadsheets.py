"""Files people open in a spreadsheet. What is text stays text there, and is never taken for a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from io import BytesIO, StringIO

import xlsxwriter

Cell = str | int | float
Lines = Sequence[Sequence[Cell]]
"""Headings and lines."""
_COLUMN_WIDTH = 24  # characters
_LONGEST_TITLE = 31  # characters in the name of a sheet
# What a spreadsheet takes for a formula when it opens a CSV file.
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class FileKind(StrEnum):
    """What somebody asks for; what is not understood is a workbook."""

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


def csv_of(lines: Iterable[Sequence[Cell]]) -> bytes:
    """The lines as CSV, as Excel in Norwegian opens it in columns."""
    memory = StringIO()
    writer = csv.writer(memory, delimiter=";")
    writer.writerows([_no_formula(cell) for cell in line] for line in lines)
    return memory.getvalue().encode("utf-8-sig")


def xlsx_of(sheets: Mapping[str, Lines]) -> bytes:
    """A workbook with a sheet for each title, whose first line is its headings."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for title, lines in sheets.items():
            page = book.add_worksheet(title[:_LONGEST_TITLE])
            page.freeze_panes(1, 0)
            page.set_column(0, max(len(line) for line in lines) - 1, _COLUMN_WIDTH)
            for row, line in enumerate(lines):
                page.write_row(row, 0, line, bold if row == 0 else None)
    return memory.getvalue()


def _no_formula(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_BEGINS_A_FORMULA) else cell
