"""The empty workbook that administrators fill in."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from tryggmote.organisation.importing.columns import SHEETS

COLUMN_WIDTH = 22  # characters


def template_workbook() -> bytes:
    """An XLSX file with every sheet and column, one fictional row in each, and help on each heading."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        # As text, so that Excel does not turn the code 0451 into the number 451.
        as_text = book.add_format({"num_format": "@"})
        for sheet in SHEETS:
            page = book.add_worksheet(sheet.title)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.columns) - 1, COLUMN_WIDTH, as_text)
            for number, column in enumerate(sheet.columns):
                page.write_string(0, number, column.title, heading)
                needed = _("Må fylles ut.") + " " if column.is_required else ""
                page.write_comment(0, number, f"{needed}{column.help}")
                page.write_string(1, number, column.example, as_text)
    return memory.getvalue()
