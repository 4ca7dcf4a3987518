"""Out to a workbook and back in loses nothing, and touches nothing that nobody has changed (2.1)."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import BytesIO
from uuid import UUID, uuid4

import pytest
import xlsxwriter
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.organisation.importing.problems import BadFile
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk import libraries, writing
from tryggmote.risk.models import TEXT_LIMIT, FactorJudgement, ImportDraft, Scenario, Version
from tryggmote.risk.rules import Score
from tryggmote.risk.spreadsheet import reading
from tryggmote.risk.spreadsheet.columns import DANGEROUS, FACTORS, SCENARIOS, SHEETS, Sheet
from tryggmote.risk.spreadsheet.exporting import workbook_of
from tryggmote.risk.spreadsheet.merging import Fate, Plan
from tryggmote.risk.spreadsheet.preview import preview_of
from tryggmote.risk.spreadsheet.rows import Rows, ScenarioContent, fingerprint, plain
from tryggmote.risk.spreadsheet.taking_in import keep_file, plan_of, sheets_of, take_in
from tryggmote.risk.tests.stories import GREEN, Work, begin

pytestmark = pytest.mark.django_db


def exported(work: Work, language: str = "nb") -> bytes:
    with acting_as(work.leader.id), translation.override(language):
        return workbook_of(work.draft)


def read(content: bytes, version: Version) -> Rows:
    return reading.rows_of(sheets_of(content, "a.xlsx"), version.scale)


def planned(work: Work, content: bytes) -> Plan:
    with acting_as(work.leader.id):
        return plan_of(work.draft, read(content, work.draft))


def taken_in(work: Work, content: bytes) -> Plan:
    """The leader sends the workbook and says yes to what is shown."""
    with acting_as(work.leader.id) as by:
        draft = work.draft
        file = keep_file(by=by, version=draft, file_id=new_id(), name="a.xlsx", content=content)
        rows = read(content, draft)
        plan = plan_of(draft, rows)
        return take_in(by=by, file=file, version=draft, rows=rows, seal=plan.seal)


def fates(plan: Plan) -> list[Fate]:
    return [item.fate for item in plan.scenarios]


def scenarios_in(version: Version) -> list[ScenarioContent]:
    found = Scenario.objects.filter(version=version, removed_at=None).order_by("id")
    return [ScenarioContent.of(scenario) for scenario in found]


def factors_in(version: Version) -> dict[int, str]:
    return {j.factor: plain(j.text) for j in FactorJudgement.objects.filter(version=version)}


def edited(content: bytes, sheet: str, change: dict[tuple[int, str], object]) -> bytes:
    """The workbook after somebody has typed in it: by line in the spreadsheet and key of the column.

    Written anew cell by cell, as another program does that knows nothing of our hidden line and column.
    """
    memory = BytesIO()
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    with xlsxwriter.Workbook(memory, {"strings_to_formulas": False}) as copy:
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            page = copy.add_worksheet(name)
            for line, cells in enumerate(rows, start=1):
                for place, cell in enumerate(cells):
                    typed = change.get((line, rows[0][place])) if rows[0][0].endswith(f":{sheet}") else None
                    page.write(line - 1, place, cell if typed is None else typed)
            if rows[0][0].endswith(f":{sheet}"):
                for (line, key), typed in change.items():
                    page.write(line - 1, rows[0].index(key) if key in rows[0] else 0, typed)
    return memory.getvalue()


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# What a form lets through: stripped, without the zero byte. Line breaks as browsers send them too.
_letters = st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r")
_texts = st.text(_letters, max_size=60).map(str.strip) | st.sampled_from(
    [
        "=1+1", "=HYPERLINK(\"http://x\")", "+47 12 34 56 78", "-2", "@her", "'=x", "_x0041_", "_x000D_",
        "Æ ø å 🚪👩‍🚒", "Første linje\nAndre linje", "Første\r\nAndre", "1", "2026-01-01", "TRUE", "#REF!",
        "ø" * TEXT_LIMIT, "🚪" * TEXT_LIMIT,
    ]
)  # fmt: skip
_scores = st.none() | st.builds(Score, st.integers(1, 5), st.integers(1, 5))


@st.composite
def _contents(draw: st.DrawFn) -> ScenarioContent:
    inherent, current = draw(_scores), draw(_scores)
    if inherent and current:
        current = Score(
            min(inherent.likelihood, current.likelihood), min(inherent.consequence, current.consequence)
        )
    return ScenarioContent(
        hazard=" ".join(draw(_texts).split())[:150] or "Noe skjer",
        situation=draw(_texts),
        causes=draw(_texts),
        consequences=draw(_texts),
        existing=draw(_texts),
        is_especially_dangerous=draw(st.booleans()),
        forms=tuple(f.value for f in MeetingForm if draw(st.booleans())),
        factors=tuple(n for n in range(1, 9) if draw(st.booleans())),
        inherent=inherent,
        current=current,
        residual=current,
    )


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    factors=st.lists(_texts, min_size=9, max_size=9),
    contents=st.lists(_contents(), max_size=4, unique=True),
    language=st.sampled_from(["nb", "nn", "en"]),
)
@example(
    factors=["=1+1", "ø" * TEXT_LIMIT, "🚪" * TEXT_LIMIT, "a\r\nb\tc", "", "_x000D_", "\x0b", "+1", "@x"],
    contents=[
        ScenarioContent(hazard="=cmd|'/c calc'!A1", causes="a\n\nb", forms=("written",)),
        ScenarioContent("Uten møteform"),
    ],
    language="nn",
)
def test_a_workbook_taken_into_an_empty_draft_gives_the_same_assessment(
    factors: list[str], contents: list[ScenarioContent], language: str
) -> None:
    with undone():
        filled = begin()
        for number, text in enumerate(factors):
            FactorJudgement.objects.filter(version=filled.draft, factor=number).update(text=text)
        for content in contents:
            filled.describe(**vars(content))
        empty = begin(filled.office)
        taken_in(empty, exported(filled, language))
        told = {number: plain(text).strip() for number, text in enumerate(factors)}
        assert factors_in(empty.draft) == told
        assert scenarios_in(empty.draft) == [_as_kept(content) for content in contents]


def _as_kept(content: ScenarioContent) -> ScenarioContent:
    texts = ("hazard", "situation", "causes", "consequences", "existing")
    return replace(content, **{name: plain(getattr(content, name)).strip() for name in texts})


def test_what_people_wrote_is_never_a_formula() -> None:
    work = begin()
    work.describe(hazard="=1+1", causes='=HYPERLINK("http://ond.invalid")')
    rows = CalamineWorkbook.from_filelike(BytesIO(exported(work))).get_sheet_by_index(2).to_python()
    assert "=1+1" in rows[2]
    with zipfile.ZipFile(BytesIO(exported(work))) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)


def test_the_headings_are_in_the_language_of_the_reader_and_the_keys_are_not() -> None:
    work = begin()
    work.describe()
    for language in ("nb", "nn", "en"):
        book = CalamineWorkbook.from_filelike(BytesIO(exported(work, language)))
        with translation.override(language):
            assert book.sheet_names == [str(sheet.title) for sheet in SHEETS]
        rows = book.get_sheet_by_index(2).to_python(skip_empty_area=False)
        assert rows[0][:3] == ["tryggmote-risk-1:scenarios", "hazard", "forms"]


def test_the_same_file_sent_back_changes_nothing() -> None:
    work = begin()
    work.judge(1, 2, text="Vurdert.\r\nOg en linje til.\r\n")
    work.describe(hazard="Noen  roper", causes=" Kø.\r\n")
    plan = planned(work, exported(work))
    assert plan.writes == 0
    assert fates(plan) == [Fate.SAME]


def test_what_was_changed_in_the_file_is_changed_and_nothing_else_is_touched() -> None:
    work = begin()
    work.judge(*range(9))
    first, second = work.describe(), work.describe(hazard="Noen låser døra", current=GREEN)
    measure = work.plan(second)
    content = edited(
        exported(work), "scenarios", {(4, "hazard"): "Noen låser oss inne", (4, "current_likelihood"): 2.0}
    )
    content = edited(content, "factors", {(3, "text"): "=Ny vurdering"})
    taken_in(work, content)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.revision, second.revision) == (1, 3), "planning a measure counts too"
    assert (second.hazard, second.current_likelihood) == ("Noen låser oss inne", 2)
    assert second.measure_ids == [measure.id]
    assert second.saved_by_id == work.leader.id
    assert factors_in(work.draft)[1] == "=Ny vurdering"


def test_a_line_that_was_changed_both_in_the_file_and_in_the_draft_is_shown_and_not_overwritten() -> None:
    work = begin()
    work.judge(1, text="Først.")
    scenario = work.describe()
    before = exported(work)
    work.judge(1, text="Nytt i utkastet.")
    _change(work, scenario, causes="Nytt i utkastet.")
    content = edited(before, "scenarios", {(3, "causes"): "Nytt i filen."})
    plan = planned(work, edited(content, "factors", {(3, "text"): "Nytt i filen."}))
    assert fates(plan) == [Fate.CONFLICT]
    assert next(item.fate for item in plan.factors) is Fate.CONFLICT
    assert plan.writes == 0


def test_a_line_nobody_touched_in_the_file_leaves_newer_words_in_the_draft() -> None:
    work = begin()
    work.judge(1, text="Først.")
    scenario = work.describe()
    before = exported(work)
    work.judge(1, text="Nytt i utkastet.")
    _change(work, scenario, causes="Nytt i utkastet.")
    plan = planned(work, before)
    assert fates(plan) == [Fate.NEWER]
    assert next(item.fate for item in plan.factors) is Fate.NEWER


def test_a_scenario_that_was_taken_out_stays_out_and_says_so_when_the_file_has_changed_it() -> None:
    work = begin()
    scenario = work.describe()
    before = exported(work)
    with acting_as(work.leader.id) as by:
        scenario.version = work.draft
        writing.take_out_scenario(by=by, scenario=scenario, revision=1)
    assert fates(planned(work, before)) == [Fate.NEWER]
    assert fates(planned(work, edited(before, "scenarios", {(3, "causes"): "Mer."}))) == [Fate.TAKEN_OUT]


def test_a_new_line_is_a_new_scenario_and_the_same_file_again_adds_it_once() -> None:
    work = begin(forms=("planned", "video"))
    work.describe()
    content = edited(
        exported(work),
        "scenarios",
        {(4, "hazard"): "Noen roper", (4, "forms"): "Video; avtalt samtale", (4, "factors"): 3.0,
         (4, "current_likelihood"): "Ofte", (4, "current_consequence"): 2},
    )  # fmt: skip
    assert fates(taken_in(work, content)) == [Fate.SAME, Fate.ADDED]
    assert fates(taken_in(work, content)) == [Fate.SAME, Fate.SAME]
    added = scenarios_in(work.draft)[-1]
    assert added == ScenarioContent(
        hazard="Noen roper", forms=("planned", "video"), factors=(3,), current=Score(4, 2)
    )


def test_a_line_that_was_copied_is_a_new_scenario_and_the_first_stays_itself() -> None:
    work = begin()
    work.describe()
    rows = CalamineWorkbook.from_filelike(BytesIO(exported(work))).get_sheet_by_index(2).to_python()
    keys = dict(zip(rows[0][1:], rows[2][1:], strict=True))
    copied = {(4, key): value for key, value in keys.items()}
    copied |= {(4, "tryggmote-risk-1:scenarios"): rows[2][0], (4, "causes"): "En annen grunn."}
    plan = taken_in(work, edited(exported(work), "scenarios", copied))
    assert fates(plan) == [Fate.SAME, Fate.ADDED]
    pure = {place: value for place, value in copied.items() if place != (4, "causes")}
    assert fates(planned(begin(work.office), edited(exported(work), "scenarios", pure)))[:2] == [
        Fate.ADDED,
        Fate.ADDED,
    ]


def test_a_file_from_another_assessment_adds_its_scenarios_once_under_names_of_their_own() -> None:
    work = begin()
    work.judge(1, text="Fra den ene.")
    scenario = work.describe(starter="weapon_at_planned_talk")
    measure = work.plan(scenario)
    other = begin(work.office)
    content = exported(work)
    taken_in(other, content)
    copy = Scenario.objects.get(version=other.draft)
    assert copy.lineage != scenario.lineage
    assert (copy.starter, copy.measure_ids) == ("weapon_at_planned_talk", [measure.id])
    assert factors_in(other.draft)[1] == "Fra den ene."
    assert fates(planned(other, content)) == [Fate.SAME]
    _change(other, copy, causes="Nytt.")
    other.judge(1, text="Fra den andre.")
    again = planned(other, content)
    assert fates(again) == [Fate.CONFLICT]
    assert next(item.fate for item in again.factors) is Fate.CONFLICT


def test_a_key_somebody_made_up_cannot_tie_a_scenario_to_another_assessment() -> None:
    work, other = begin(), begin()
    stranger = other.describe()
    work.describe()
    content = edited(
        exported(work),
        "scenarios",
        {(3, "tryggmote-risk-1:scenarios"): str(stranger.lineage), (3, "causes"): "X"},
    )
    # The first cell of the sheet is its mark, so the column of keys goes by that name here.
    plan = taken_in(work, content)
    assert [item.fate for item in plan.scenarios] == [Fate.ADDED]
    assert stranger.lineage not in {item.lineage for item in plan.scenarios}


def test_columns_may_be_moved_and_lines_put_above() -> None:
    work = begin()
    work.describe(causes="Ingen lås.")
    rows = CalamineWorkbook.from_filelike(BytesIO(exported(work))).get_sheet_by_index(2).to_python()
    memory = BytesIO()
    with xlsxwriter.Workbook(memory) as book:
        page = book.add_worksheet("Noe helt annet")
        page.write(0, 0, "Vår risikovurdering")
        for line, cells in enumerate(rows, start=2):
            for place, cell in enumerate(reversed(cells)):
                page.write(line, place, cell)
    found = read(memory.getvalue(), work.draft)
    assert [row.content.causes for row in found.scenarios] == ["Ingen lås."]
    assert [row.key for row in found.scenarios] == [UUID(rows[2][0])]


def test_a_measure_nobody_has_made_is_left_out() -> None:
    work = begin()
    work.describe()
    content = edited(exported(work), "scenarios", {(3, "measure_ids"): f"{uuid4()} tull"})
    other = begin(work.office)
    taken_in(other, content)
    assert Scenario.objects.get(version=other.draft).measure_ids == []


_cells = (
    st.text(max_size=12)
    | st.just("9" * 5000)
    | st.integers(-3, 10**9)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.dates()
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sheet=st.sampled_from(SHEETS),
    keys=st.permutations([column.key for column in SCENARIOS.columns + FACTORS.columns]),
    rows=st.lists(st.lists(_cells, min_size=4, max_size=8), max_size=5),
    place=st.integers(0, 3),
)
def test_a_file_of_ours_that_somebody_has_pulled_apart_is_read_or_told_and_never_breaks(
    sheet: Sheet, keys: list[str], rows: list[list[object]], place: int
) -> None:
    heading: list[object] = [*keys[:place], sheet.mark, *keys[place:8]]
    sheets = {"A": list(enumerate([heading, *rows], start=1))}
    reading.is_our_own(sheets)
    with suppress(BadFile):
        found = reading.rows_of(sheets, libraries.matrix())
        assert all(row.content.hazard for row in found.scenarios)
        assert all(row.number in range(9) for row in found.factors)


def test_a_line_without_the_mark_is_known_from_workbooks_made_before_there_was_one() -> None:
    assert fingerprint(ScenarioContent("Noen trekker kniv", forms=("planned",))) == "fb115832f0972fe7"


def test_a_mark_taken_out_in_the_file_is_shown_before_it_is_taken_in() -> None:
    work = begin()
    work.describe(is_especially_dangerous=True)
    plan = planned(work, edited(exported(work), SCENARIOS.key, {(3, DANGEROUS): ""}))
    [shown] = preview_of(plan, work.draft.scale).changed
    assert shown.change
    assert [(text.name, text.before, text.after) for text in shown.change.texts] == [(DANGEROUS, "Ja", "")]


def test_the_file_is_gone_after_use() -> None:
    work = begin()
    work.describe()
    taken_in(begin(work.office), exported(work))
    assert not ImportDraft.objects.exists()


def _change(work: Work, scenario: Scenario, **changes: str) -> None:
    """Somebody saves the scenario on its page."""
    with acting_as(work.leader.id) as by:
        row = Scenario.objects.select_related("version__assessment").get(id=scenario.id)
        content = replace(ScenarioContent.of(row), **changes)  # type: ignore[arg-type]
        draft = writing.ScenarioDraft(
            id=row.id, revision=row.revision, measure_ids=tuple(row.measure_ids), **vars(content)
        )
        writing.change_scenario(by=by, scenario=row, draft=draft)
