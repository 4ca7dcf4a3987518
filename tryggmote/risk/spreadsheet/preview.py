"""What a plan would do, as the page shows it: what is new, what changes, what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from tryggmote.risk.comparing import Change, Risk, ScenarioChange, ScenarioSide, compare_scenarios
from tryggmote.risk.content import factor_titles
from tryggmote.risk.matrix import Matrix
from tryggmote.risk.models import words_of
from tryggmote.risk.spreadsheet.merging import FactorItem, Fate, Plan, ScenarioItem
from tryggmote.risk.spreadsheet.rows import ScenarioContent
from tryggmote.risk.writing import SCORES, in_words


@dataclass(frozen=True)
class FactorShown:
    """A factor with both texts."""

    number: int
    title: str
    change: Change[str]


@dataclass(frozen=True)
class ScenarioShown:
    """A scenario of the file.

    `change`: from the draft to the file, None for what is new. `id`: of the one in the draft.
    """

    line: int
    scenario: ScenarioSide
    change: ScenarioChange | None
    id: UUID | None

    @property
    def texts(self) -> dict[str, str]:
        """What it says besides what can happen, by column."""
        return {name: text for name, text in self.scenario.texts.items() if text and name != "hazard"}


@dataclass(frozen=True)
class Preview:
    """`unchanged`: what is the same in both; `newer`: what the draft has moved on with alone."""

    added: Sequence[ScenarioShown]
    changed: Sequence[ScenarioShown]
    conflicts: Sequence[ScenarioShown]
    taken_out: Sequence[ScenarioShown]
    factors: Sequence[FactorShown]
    factor_conflicts: Sequence[FactorShown]
    unchanged: int
    newer: int


def preview_of(plan: Plan, matrix: Matrix) -> Preview:
    """The plan, sorted by what becomes of each line."""

    def scenarios(fate: Fate) -> list[ScenarioShown]:
        return [_scenario(item, matrix) for item in plan.scenarios if item.fate is fate]

    def factors(fate: Fate) -> list[FactorShown]:
        return [_factor(item) for item in plan.factors if item.fate is fate]

    return Preview(
        added=scenarios(Fate.ADDED),
        changed=scenarios(Fate.CHANGED),
        conflicts=scenarios(Fate.CONFLICT),
        taken_out=scenarios(Fate.TAKEN_OUT),
        factors=factors(Fate.CHANGED),
        factor_conflicts=factors(Fate.CONFLICT),
        unchanged=plan.fates.count(Fate.SAME),
        newer=plan.fates.count(Fate.NEWER),
    )


def _factor(item: FactorItem) -> FactorShown:
    number = item.row.number
    return FactorShown(number, factor_titles()[number], Change(str(number), item.now.text, item.row.text))


def _scenario(item: ScenarioItem, matrix: Matrix) -> ScenarioShown:
    after = _side(item.lineage, item.row.content, matrix)
    before = _side(item.lineage, item.now.content, matrix) if item.now else None
    return ScenarioShown(
        line=item.row.line,
        scenario=after,
        change=compare_scenarios(before, after) if before else None,
        id=item.now.id if item.now else None,
    )


def _side(lineage: UUID, content: ScenarioContent, matrix: Matrix) -> ScenarioSide:
    return ScenarioSide(
        lineage=lineage,
        hazard=content.hazard,
        texts=in_words(content),
        risks={part: _risk(content, part, matrix) for part in SCORES},
        forms=words_of(content.forms),
        factors=content.factors,
        measures=(),
    )


def _risk(content: ScenarioContent, part: str, matrix: Matrix) -> Risk | None:
    score = getattr(content, part)
    return Risk(score, matrix.area_of(score.likelihood, score.consequence)) if score else None
