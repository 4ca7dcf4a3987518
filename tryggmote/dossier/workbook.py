"""A dossier as a workbook: a sheet for the cover, one for each table, and one for the seal."""

import io
import re

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tryggmote.dossier.content import Content, Facts
from tryggmote.dossier.registry import Table

SHEET_NAME = 31  # characters, the most a spreadsheet takes
WIDEST = 60
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def as_workbook(content: Content) -> bytes:
    """The same as the PDF says. Texts are texts: nothing in them is taken for a formula or a link."""
    memory = io.BytesIO()
    plainly = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(memory, plainly) as book:
        book.set_properties({"title": f"{content.title}, {content.unit}"})
        names = _Names()
        cover = book.add_worksheet(names.of(_("Forside")))
        _write_facts(book, cover, content.title, content.facts, content.notes)
        for part in content.parts:
            for table in part.told.tables or [Table([part.title], [])]:
                title = f"{part.title}: {table.title}" if table.title else part.title
                page = book.add_worksheet(names.of(table.title or part.title))
                _write_table(book, page, title, part.told.says, table)
        last = book.add_worksheet(names.of(content.seal_title))
        _write_facts(book, last, content.seal_title, content.seal, content.seal_says)
    return memory.getvalue()


class _Names:
    """Names of sheets: short enough, without the signs that are not allowed, each once."""

    def __init__(self) -> None:
        self._used: set[str] = set()

    def of(self, title: str) -> str:
        name = _NOT_IN_NAMES.sub("", title)[:SHEET_NAME].strip()
        number = 2
        while name.casefold() in self._used:
            name = f"{name[: SHEET_NAME - 3]} {number}"
            number += 1
        self._used.add(name.casefold())
        return name


def _write_facts(book: Workbook, page: Worksheet, title: str, facts: Facts, notes: list[str]) -> None:
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, (label, words) in enumerate(facts, 2):
        page.write_string(row, 0, label, book.add_format({"bold": True}))
        page.write_string(row, 1, words)
    for row, note in enumerate(notes, len(facts) + 3):
        page.write_string(row, 0, note)
    page.set_column(0, 0, 34)
    page.set_column(1, 1, 70)


def _write_table(book: Workbook, page: Worksheet, title: str, says: list[str], table: Table) -> None:
    """Title and sentences above, then the headings, which stay in sight, and the rows."""
    page.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for row, sentence in enumerate(says, 1):
        page.write_string(row, 0, sentence)
    if not table.rows:
        return
    first = len(says) + 2
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, word in enumerate(table.head):
        page.write_string(first, column, word, bold)
        longest = max(len(word), *(len(row[column]) for row in table.rows))
        page.set_column(column, column, min(longest + 2, WIDEST))
    for number, cells in enumerate(table.rows, first + 1):
        for column, words in enumerate(cells):
            page.write_string(number, column, words, wrapped)
    page.freeze_panes(first + 1, 1)
    page.autofilter(first, 0, first + len(table.rows), len(table.head) - 1)
