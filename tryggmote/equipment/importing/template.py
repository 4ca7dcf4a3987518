"""The empty workbook that a leader fills in."""

from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from tryggmote.equipment.importing.columns import sheet
from tryggmote.equipment.rule_sets import rules_in_force

COLUMN_WIDTH = 24  # characters
LINES_WITH_CHOICES = 1_000


def template_workbook() -> bytes:
    """An XLSX file with every column, one line as an example, and the types to choose from."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        # As text, so that Excel does not turn a serial number into another number.
        as_text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(sheet().title)
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet().columns) - 1, COLUMN_WIDTH, as_text)
        types = book.add_worksheet(_("typer"))
        for line, type_ in enumerate(rules_in_force().types):
            types.write_string(line, 0, str(type_.name))
        for number, column in enumerate(sheet().columns):
            page.write_string(0, number, column.title, heading)
            needed = _("Må fylles ut.") + " " if column.is_required else ""
            page.write_comment(0, number, f"{needed}{column.help}")
            page.write_string(1, number, column.example, as_text)
            if column.key == "type":
                listed = f"='{types.get_name()}'!$A$1:$A${len(rules_in_force().types)}"
                page.data_validation(
                    1, number, LINES_WITH_CHOICES, number, {"validate": "list", "source": listed}
                )
    return memory.getvalue()
