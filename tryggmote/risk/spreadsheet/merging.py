"""What a workbook would do to the draft, line by line (2.1). Newer words in the draft are never overwritten.

A line of our own file says how it was when it left us. Three things are compared: that, what stands in the
file, and what stands in the draft now.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID, uuid5

from django.utils.translation import gettext as _

from tryggmote.organisation.importing.problems import Problem
from tryggmote.risk import rules
from tryggmote.risk.spreadsheet.rows import FactorRow, Rows, ScenarioContent, ScenarioRow, fingerprint


class Fate(StrEnum):
    """What becomes of a line. Only what is added or changed is written."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    NEWER = "newer"  # the draft has moved on, and nobody has touched the line in the file
    CONFLICT = "conflict"  # both have moved on
    TAKEN_OUT = "taken_out"  # somebody has taken it out of the draft


@dataclass(frozen=True)
class FactorNow:
    """A factor as it stands in the draft."""

    id: UUID
    revision: int
    text: str


@dataclass(frozen=True)
class ScenarioNow:
    """A scenario as it stands in the draft. `measures`: how many act on it."""

    id: UUID
    revision: int
    content: ScenarioContent
    is_taken_out: bool
    measures: int


@dataclass(frozen=True)
class Now:
    """The draft: factors by number, scenarios by lineage.

    `lineages`: those of all versions of the assessment. `measures`: those named in the file that exist.
    """

    assessment_id: UUID
    factors: Mapping[int, FactorNow]
    scenarios: Mapping[UUID, ScenarioNow]
    lineages: frozenset[UUID] = frozenset()
    measures: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class FactorItem:
    """A line about a factor, and what becomes of it."""

    row: FactorRow
    now: FactorNow
    fate: Fate


@dataclass(frozen=True)
class ScenarioItem:
    """A line about a scenario, and what becomes of it. `now` is None for one that is added."""

    row: ScenarioRow
    lineage: UUID
    now: ScenarioNow | None
    fate: Fate
    measure_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that would be done, in the order of the file."""

    factors: Sequence[FactorItem]
    scenarios: Sequence[ScenarioItem]
    problems: Sequence[Problem]

    @property
    def fates(self) -> list[Fate]:
        """What becomes of each line."""
        return [item.fate for item in self.factors] + [item.fate for item in self.scenarios]

    @property
    def writes(self) -> int:
        """How many lines would be written."""
        return sum(fate in (Fate.ADDED, Fate.CHANGED) for fate in self.fates)

    @property
    def seal(self) -> str:
        """The same as long as the same would be done to the same draft."""
        done = [(item.now.id, item.now.revision, item.fate) for item in self.factors]
        done += [(item.lineage, item.now.revision if item.now else 0, item.fate) for item in self.scenarios]
        return fingerprint(repr(done))


def merge(rows: Rows, now: Now) -> Plan:
    """What the file would do to the draft, and what in it does not hold together."""
    is_from_here = rows.assessment_id == now.assessment_id
    factors = [_factor(row, now.factors[row.number], is_from_here) for row in rows.factors]
    scenarios = list(_scenarios(rows.scenarios, now, is_from_here))
    return Plan(factors, scenarios, list(_unsound(rows, scenarios)))


def _factor(row: FactorRow, now: FactorNow, is_from_here: bool) -> FactorItem:
    as_exported = row.as_exported if is_from_here else ""
    if not now.text and row.text and not as_exported:
        return FactorItem(row, now, Fate.CHANGED)
    if not row.text and not as_exported:
        return FactorItem(row, now, Fate.SAME)
    return FactorItem(row, now, _fate(row.text, now.text, as_exported))


def _fate(mine: ScenarioContent | str, theirs: ScenarioContent | str, as_exported: str) -> Fate:
    if mine == theirs:
        return Fate.SAME
    if as_exported == fingerprint(mine):
        return Fate.NEWER
    return Fate.CHANGED if as_exported == fingerprint(theirs) else Fate.CONFLICT


def _scenarios(rows: Iterable[ScenarioRow], now: Now, is_from_here: bool) -> Iterator[ScenarioItem]:
    told = {scenario.content for scenario in now.scenarios.values() if not scenario.is_taken_out}
    for row in rows:
        lineage = _lineage(row, now, is_from_here)
        found = now.scenarios.get(lineage)
        if row.key is None and row.content in told:
            fate = Fate.SAME
        elif found is None:
            fate = Fate.ADDED
        else:
            fate = _fate_of_scenario(row, found, row.as_exported if is_from_here else "")
        told.add(row.content)
        measure_ids = tuple(measure_id for measure_id in row.measure_ids if measure_id in now.measures)
        yield ScenarioItem(row, lineage, found, fate, measure_ids)


def _fate_of_scenario(row: ScenarioRow, now: ScenarioNow, as_exported: str) -> Fate:
    if not now.is_taken_out:
        return _fate(row.content, now.content, as_exported)
    return Fate.NEWER if as_exported == fingerprint(row.content) else Fate.TAKEN_OUT


def _lineage(row: ScenarioRow, now: Now, is_from_here: bool) -> UUID:
    """The same for the same line each time it is sent, so that sending it twice adds it once."""
    if row.key and is_from_here and row.key in now.lineages:
        return row.key
    return uuid5(now.assessment_id, str(row.key) if row.key else fingerprint(row.content))


def _unsound(rows: Rows, items: Iterable[ScenarioItem]) -> Iterator[Problem]:
    """Scores that contradict each other, as when they are typed on the page (`writing`)."""
    for item in items:
        if item.fate not in (Fate.ADDED, Fate.CHANGED):
            continue
        content, measures = item.row.content, item.now.measures if item.now else len(item.measure_ids)
        if not rules.measures_do_not_raise(content.inherent, content.current):
            yield Problem(
                rows.sheet,
                item.row.line,
                rows.titles.get("current_likelihood", ""),
                _("Risikoen nå kan ikke være høyere enn uten tiltak. Rett en av dem."),
            )
        if not rules.residual_builds_on_measures(content.current, content.residual, measures):
            yield Problem(
                rows.sheet,
                item.row.line,
                rows.titles.get("residual_likelihood", ""),
                _(
                    "Risikoen kan bare bli lavere når et tiltak gjør den det. "
                    "La den stå som nå, og planlegg tiltaket i Tryggmøte."
                ),
            )
