"""The empty workbook that a leader fills in."""

from io import BytesIO

import xlsxwriter

from tryggmote.training import elements
from tryggmote.training.importing.spreadsheets import sheet

COLUMN_WIDTH = 28  # characters
LINES_WITH_CHOICES = 1_000


def template_workbook() -> bytes:
    """An XLSX file with our columns, one line as an example, and the training to choose from."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        # As text, so that Excel does not turn a number of letters and digits into another.
        as_text = book.add_format({"num_format": "@"})
        page = book.add_worksheet(sheet().title)
        page.freeze_panes(1, 0)
        page.set_column(0, len(sheet().columns) - 1, COLUMN_WIDTH, as_text)
        titles = [str(element.title) for element in elements.current().elements]
        # A list written into the cell itself may have 255 characters.
        choices = book.add_worksheet("liste")
        choices.write_column(0, 0, titles)
        for number, column in enumerate(sheet().columns):
            page.write_string(0, number, column.title, heading)
            page.write_string(1, number, column.example, as_text)
            page.write_comment(0, number, str(column.help))
            if column.key == "course":
                source = f"=liste!$A$1:$A${len(titles)}"
                page.data_validation(
                    1, number, LINES_WITH_CHOICES, number,
                    {"validate": "list", "source": source, "error_type": "warning"},
                )  # fmt: skip
    return memory.getvalue()
