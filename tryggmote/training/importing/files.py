"""Which kind of file it is, and what it says. The name of a file says nothing that its bytes do not."""

from datetime import date

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.training.importing.spreadsheets import read_csv, read_workbook
from tryggmote.training.importing.statements import read_statements
from tryggmote.training.importing.told import Reading

MOST_LINES = 20_000
_ZIP = b"PK"
_BOM = b"\xef\xbb\xbf"


def read_file(content: bytes, name: str, today: date) -> Reading:
    """Lines of a workbook, of a CSV file, or statements of a learning platform. Raises BadFile."""
    beginning = content[:200].removeprefix(_BOM).lstrip()
    if content.startswith(_ZIP):
        reading = read_workbook(content, name, today)
    elif beginning[:1] in (b"{", b"["):
        reading = read_statements(content, name, today)
    else:
        reading = read_csv(content, name, today)
    lines = len(reading.told) + len({problem.line for problem in reading.problems})
    if not lines:
        raise BadFile([Problem(name, 0, "", _("Filen er tom."))])
    if lines > MOST_LINES:
        reason = _("Filen har %(count)d linjer. Ta inn høyst %(most)d om gangen.")
        raise BadFile([Problem(name, 0, "", reason % {"count": lines, "most": MOST_LINES})])
    return reading
