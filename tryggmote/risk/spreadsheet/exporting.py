"""A version of an assessment as a workbook (2.1). What people wrote is text in it, never a formula."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from tryggmote.risk import queries
from tryggmote.risk.content import Said, consultation_of, factor_titles
from tryggmote.risk.matrix import LEVELS, Matrix
from tryggmote.risk.models import Approval, FactorJudgement, Version, words_of
from tryggmote.risk.pages import Line, lines_of
from tryggmote.risk.spreadsheet.columns import (
    ABOUT,
    AS_EXPORTED,
    DANGEROUS,
    FACTORS,
    KEY,
    PEOPLE,
    SCENARIOS,
    Sheet,
)
from tryggmote.risk.spreadsheet.rows import ScenarioContent, fingerprint, plain
from tryggmote.risk.writing import SCORES, TEXTS
from tryggmote.ui.dates import day, when

FIRST_LINE = 2
"""Below the hidden keys and the headings, counted from 0."""
LINES_WITH_CHOICES = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cells = Mapping[str, Any]


def workbook_of(version: Version) -> bytes:
    """The workbook in the language in force; some ten queries."""
    memory = BytesIO()
    with xlsxwriter.Workbook(memory, {"in_memory": True, "strings_to_formulas": False}) as book:
        _write(book, ABOUT, _about(version))
        _write(book, FACTORS, map(_factor, queries.factors_of(version)))
        page = _write(book, SCENARIOS, map(_scenario, lines_of(version)))
        _explain_scores(page, version.scale)
        _write(book, PEOPLE, map(_person, consultation_of(version).said))
    return memory.getvalue()


def file_name(version: Version) -> str:
    """What the file is called. Without the title, which people may have written anything in."""
    return _("risikovurdering-versjon-%(number)s.xlsx") % {"number": version.number}


def _about(version: Version) -> Iterable[Cells]:
    assessment = version.assessment
    approvals = Approval.objects.filter(version=version).select_related("by")
    told = [
        ("title", _("Vurdering"), assessment.title),
        ("unit", _("Enhet"), assessment.unit.name),
        ("version", _("Versjon"), str(version.number)),
        ("forms", _("Møteformer"), ", ".join(version.form_words)),
        ("status", _("Status"), _("Utkast") if version.is_draft else _("Godkjent")),
        ("approved", _("Godkjent av"), "\n".join(f"{a.by.name}, {when(a.at)}" for a in approvals)),
        ("review_on", _("Ny gjennomgang senest"), day(version.review_on) if version.review_on else ""),
    ]
    yield {KEY: "assessment_id", "title": _("Nøkkel"), "value": str(assessment.id)}
    for key, title, value in told:
        yield {KEY: key, "title": title, "value": value}


def _factor(judgement: FactorJudgement) -> Cells:
    title = factor_titles()[judgement.factor]
    text = plain(judgement.text)
    return {
        KEY: str(judgement.factor),
        "title": f"{judgement.factor}. {title}" if judgement.factor else title,
        "text": text,
        AS_EXPORTED: fingerprint(text),
    }


def _scenario(line: Line) -> Cells:
    content = ScenarioContent.of(line.scenario)
    scores = {
        f"{part}_{scale}": getattr(score, scale)
        for part in SCORES
        if (score := getattr(content, part))
        for scale in ("likelihood", "consequence")
    }
    texts = {name: getattr(content, name) for name in TEXTS}
    return (
        texts
        | scores
        | {
            KEY: str(line.scenario.lineage),
            "forms": ", ".join(words_of(content.forms)),
            "factors": ", ".join(map(str, content.factors)),
            DANGEROUS: _("Ja") if content.is_especially_dangerous else "",
            "measures": "\n".join(measure.title for measure in line.measures),
            "measure_ids": " ".join(map(str, line.scenario.measure_ids)),
            "starter": line.scenario.starter,
            AS_EXPORTED: fingerprint(content),
        }
    )


def _person(said: Said) -> Cells:
    participant = said.participant
    answer, words = _("Ikke svart"), ""
    if said.opinion:
        answer, words = said.opinion.get_answer_display(), said.opinion.words
    elif said.not_heard:
        answer, words = said.not_heard.get_why_display(), said.not_heard.reason
    return {
        KEY: str(participant.person_id),
        "name": participant.person.name,
        "capacity": participant.get_capacity_display(),
        "answer": answer,
        "words": plain(words),
    }


def _write(book: Any, sheet: Sheet, rows: Iterable[Cells]) -> Any:
    page = book.add_worksheet(str(sheet.title))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    # As text, so that what somebody types after "=" stays what they typed.
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    number = book.add_format({"valign": "top", "align": "center"})
    page.write_string(0, 0, sheet.mark)
    page.set_row(0, None, None, {"hidden": True})
    page.freeze_panes(FIRST_LINE, 2)
    for place, column in enumerate(sheet.columns):
        is_score = column.key.startswith(tuple(SCORES))
        page.set_column(
            place, place, column.width, number if is_score else text, {"hidden": column.is_hidden}
        )
        if place:
            page.write_string(0, place, column.key)
        page.write_string(1, place, str(column.title), heading)
        if column.help:
            page.write_comment(1, place, str(column.help))
    for line, cells in enumerate(rows, start=FIRST_LINE):
        for place, column in enumerate(sheet.columns):
            _write_cell(page, line, place, cells.get(column.key, ""))
    return page


def _write_cell(page: Any, line: int, place: int, value: str | int) -> None:
    if isinstance(value, int):
        page.write_number(line, place, value)
    elif value:
        page.write_string(line, place, value)


def _explain_scores(page: Any, matrix: Matrix) -> None:
    """Each score is chosen from 1 to 5, and the heading says what the numbers mean."""
    said = {
        "likelihood": "\n".join(f"{x.number} {x.word}: {x.frequency}" for x in matrix.likelihoods),
        "consequence": "\n".join(f"{x.number} {x.word}: {x.typical}" for x in matrix.consequences),
    }
    choice = {"validate": "list", "source": list(LEVELS), "error_message": _("Skriv et tall fra 1 til 5.")}
    for place, column in enumerate(SCENARIOS.columns):
        _part, _underscore, scale = column.key.partition("_")
        if scale in said:
            page.write_comment(1, place, said[scale], {"x_scale": 3, "y_scale": 2})
            page.data_validation(FIRST_LINE, place, LINES_WITH_CHOICES, place, choice)
