"""A spreadsheet, or a learning platform's list (XLSX, CSV): one line for each course somebody has taken."""

from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.organisation.importing.cells import Unreadable, text_of
from tryggmote.organisation.importing.columns import Column, Sheet, plain
from tryggmote.organisation.importing.problems import BadFile, Problem
from tryggmote.organisation.importing.reading import Line, csv_rows, page_of
from tryggmote.organisation.importing.workbooks import Numbered, workbook_sheets
from tryggmote.training.importing.told import Reading, Told, day_of

_DONE = {
    "fullført", "gjennomført", "bestått", "godkjent", "ja", "completed", "complete", "passed", "yes",
}  # fmt: skip
_LONGEST = 300


@cache
def sheet() -> Sheet:
    """The columns we read, by the names they may have. Others are left alone: platforms have many."""
    return Sheet(
        "training",
        ("opplæring", "training"),
        (
            Column(
                "external_id",
                ("ansattnummer", "id", "employee id", "brukernavn", "username"),
                gettext_lazy("Nummeret i lønnssystemet. Eller bruk e-post."),
                "S100234",
            ),
            Column(
                "email",
                ("e-post", "email", "mail", "e-postadresse", "email address"),
                gettext_lazy("E-post på jobb, når det ikke er noe ansattnummer."),
                "",
            ),
            Column(
                "course",
                ("opplæring", "training", "kurs", "course", "kursnavn", "course name", "element"),
                gettext_lazy("Slik den heter i Tryggmøte, eller slik kurset heter hos dere."),
                "Alarmer og utstyr",
                is_required=True,
            ),
            Column(
                "date",
                ("dato", "date", "fullført dato", "completed on", "completion date", "timecompleted"),
                gettext_lazy("Dagen den ble gjennomført."),
                "2026-01-31",
                is_required=True,
            ),
            Column(
                "status",
                ("status", "resultat", "result", "completion status"),
                gettext_lazy("Bare fullført eller bestått teller. Tom: fullført."),
                "",
            ),
        ),
    )


def read_workbook(content: bytes, name: str, today: date) -> Reading:
    """The sheet called as ours, else the first one. Raises BadFile."""
    sheets = list(workbook_sheets(content, name))
    if not sheets:
        raise BadFile([Problem(name, 0, "", _("Regnearket har ingen ark."))])
    ours = (found for found in sheets if plain(found[0]) in map(plain, sheet().names))
    title, rows = next(ours, sheets[0])
    return _read(title, rows, today)


def read_csv(content: bytes, name: str, today: date) -> Reading:
    """A CSV file in UTF-8. Raises BadFile."""
    return _read(name, csv_rows(content, name), today)


def _read(title: str, rows: Numbered, today: date) -> Reading:
    problems: list[Problem] = []
    page = page_of(sheet(), _with_our_columns(rows), problems)
    if not problems and not page.columns & {"external_id", "email"}:
        reason = _("Filen trenger en kolonne med ansattnummer eller e-post.")
        problems.append(Problem(title, 1, _title("external_id"), reason))
    if problems:
        raise BadFile(problems)
    told = []
    for line in page.lines:
        if found := _told(title, line, today, problems):
            told.append(found)
    return Reading(told, problems)


def _with_our_columns(rows: Numbered) -> Numbered:
    """The same rows, the headings that are none of ours left empty."""
    if not rows:
        return rows
    (number, headings), *rest = rows
    known = [heading if sheet().column_called(str(heading)) else "" for heading in headings]
    return [(number, known), *rest]


def _told(title: str, line: Line, today: date, problems: list[Problem]) -> Told | None:
    """What the line says, or None; why it says nothing is added to `problems`."""

    def refuse(column: str, reason: str) -> None:
        problems.append(Problem(title, line.number, _title(column), reason))

    texts = {key: _text(line.cells.get(key, "")) for key in ("external_id", "email", "course", "status")}
    if texts["status"] and texts["status"].casefold() not in _DONE:
        refuse("status", _("Ikke fullført, så den tas ikke med."))
        return None
    before = len(problems)
    if not texts["external_id"] and not texts["email"]:
        refuse("external_id", _("Mangler."))
    if not texts["course"]:
        refuse("course", _("Mangler."))
    day = None
    try:
        day = day_of(line.cells["date"], today) if "date" in line.cells else None
        if day is None:
            refuse("date", _("Mangler."))
    except Unreadable as error:
        refuse("date", str(error))
    if len(problems) > before or day is None:
        return None
    return Told(line.number, texts["external_id"], texts["email"], (texts["course"],), day)


def _text(cell: Any) -> str:
    return text_of(cell).replace("\x00", "")[:_LONGEST]


def _title(key: str) -> str:
    return next(column.title for column in sheet().columns if column.key == key)
