"""The files: a PDF that screen readers read, in three languages, and nobody's text taken for markup."""

import re
from typing import Any

import pytest

from tryggmote.controls.tests.helpers import planned_by
from tryggmote.dossier.content import Content, Part
from tryggmote.dossier.printing import as_pdf
from tryggmote.dossier.registry import Table, Told
from tryggmote.dossier.tests.helpers import content_of, made_by, objects_of, rows_under, sheets_of, text_of
from tryggmote.dossier.workbook import as_workbook
from tryggmote.organisation.tests.factories import make_office

TITLES = {
    "nb": ("Risikovurderinger", "Segl"),
    "nn": ("Risikovurderingar", "Segl"),
    "en": ("Risk assessments", "Seal"),
}
NASTY = "=1+1 #emph[nei] $x$ @her <script> \\ https://ond.example"


def a_content(**changes: Any) -> Content:
    table = Table(["Krav", "Status"], [["1.1", NASTY], ["2.1", "Mangler"]], "Standarden")
    told = Told(["Ett av to."], [table])
    given = {"language": "nb", "title": "Mappe", "unit": "Nav Lillevik", "facts": [("Enhet", "Nav Lillevik")]}
    return Content(**given | {"parts": [Part("Status", told), Part("Øvelser", Told(["Ingen."]))]} | changes)


def test_the_pdf_is_tagged_with_title_language_headings_and_header_cells() -> None:
    pdf = objects_of(as_pdf(a_content()))
    assert b"pdfuaid" in pdf
    assert re.search(rb"/Marked true", pdf)
    assert re.search(rb"/Lang\s*\(nb", pdf)
    assert re.search(rb"/DisplayDocTitle true", pdf)
    assert b"Mappe, Nav Lillevik" in pdf
    levels = [int(level) for level in re.findall(rb"/S\s*/H(\d)", pdf)]
    assert sorted(set(levels)) == [1, 2, 3]
    assert levels.count(1) == 1
    assert len(re.findall(rb"/S\s*/TH\b", pdf)) == 2
    assert len(re.findall(rb"/Scope\s*/Column", pdf)) == 2
    assert len(re.findall(rb"/S\s*/TD\b", pdf)) == 4


def test_nothing_in_the_pdf_needs_words_beside_it() -> None:
    """There is no picture: an alternative text can neither be missing nor wrong."""
    pdf = objects_of(as_pdf(a_content()))
    assert not re.search(rb"/S\s*/Figure\b", pdf)
    assert not re.search(rb"/Subtype\s*/Image\b", pdf)


def test_what_people_write_is_text_in_both_files() -> None:
    assert "#emph[nei] $x$ @her <script>" in text_of(as_pdf(a_content()))
    workbook = as_workbook(a_content())
    assert workbook.startswith(b"PK")
    parts = objects_of_workbook(workbook)
    assert b"<f>" not in parts
    assert b"hyperlink" not in parts


def objects_of_workbook(content: bytes) -> bytes:
    """All parts of a workbook, one after the other."""
    from io import BytesIO
    from zipfile import ZipFile

    with ZipFile(BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_it_is_written_in_the_language_asked_for_whatever_ones_own_is(language: str) -> None:
    office = make_office()
    planned_by(office.office_leader, office.unit, office.leader, title=NASTY)
    dossier = made_by(office.office_leader, office.unit, language=language)
    pdf = content_of(dossier)
    assert re.search(rb"/Lang\s*\(" + language.encode(), objects_of(pdf))
    text = text_of(pdf)
    for title in TITLES[language]:
        assert title in text
    sheets = sheets_of(dossier)
    measures = list(sheets.values())[4]
    assert rows_under(measures, measures[3][0])[0][measures[3][0]] == NASTY
