"""What differs between two versions of an assessment (2.1). Scenarios are the same by lineage.

No database, no request: `compare_views` hands over both sides as plain values.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from tryggmote.risk.libraries import ALL_TOGETHER
from tryggmote.risk.matrix import Area
from tryggmote.risk.rules import Score

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True)
class Risk:
    """A score with the area it lies in, by the matrix of its own version."""

    score: Score
    area: Area


@dataclass(frozen=True)
class ScenarioSide:
    """A scenario in one version. `texts` and `risks` by column, `measures` by their titles."""

    lineage: UUID
    hazard: str
    texts: Mapping[str, str]
    risks: Mapping[str, Risk | None]
    forms: Sequence[str]
    factors: Sequence[int]
    measures: Sequence[str]


@dataclass(frozen=True)
class PersonSide:
    """Somebody who took part, in what capacity, and what they said or why they were not heard."""

    person_id: int
    name: str
    capacity: str
    said: str


@dataclass(frozen=True)
class Side:
    """One version. `factors`: what is judged, by number; `forms` and `activities` in words."""

    forms: Sequence[str]
    activities: Sequence[str]
    factors: Mapping[int, str]
    scenarios: Sequence[ScenarioSide]
    people: Sequence[PersonSide]


@dataclass(frozen=True)
class Change(Generic[Item]):
    """Something named that was one thing and is another."""

    name: str
    before: Item
    after: Item


@dataclass(frozen=True)
class ListChange(Generic[Item]):
    """What came to a list and what went out of it."""

    added: Sequence[Item]
    removed: Sequence[Item]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


@dataclass(frozen=True)
class ScenarioChange:
    """A scenario that is in both versions and is not the same."""

    scenario: ScenarioSide
    texts: Sequence[Change[str]]
    risks: Sequence[Change[Risk | None]]
    forms: ListChange[str]
    factors: ListChange[int]
    measures: ListChange[str]

    def __bool__(self) -> bool:
        return any((self.texts, self.risks, self.forms, self.factors, self.measures))


@dataclass(frozen=True)
class PersonChange:
    """Somebody who took part in one version or in both; None where they did not."""

    before: PersonSide | None
    after: PersonSide | None

    @property
    def name(self) -> str:
        """The name, as it is in the latest version they took part in."""
        side = self.after or self.before
        return side.name if side else ""


@dataclass(frozen=True)
class Comparison:
    """All that differs; `unchanged`: how many scenarios are the same in both."""

    forms: ListChange[str]
    activities: ListChange[str]
    factors: Sequence[Change[str]]
    added: Sequence[ScenarioSide]
    taken_out: Sequence[ScenarioSide]
    changed: Sequence[ScenarioChange]
    unchanged: int
    people: Sequence[PersonChange]

    @property
    def is_empty(self) -> bool:
        """Whether what is assessed is the same, whoever took part."""
        return not any((self.forms, self.activities, self.factors, self.added, self.taken_out, self.changed))


def compare(old: Side, new: Side) -> Comparison:
    """What has changed from the old version to the new one, in the order of the new."""
    before = {scenario.lineage: scenario for scenario in old.scenarios}
    kept = [scenario for scenario in new.scenarios if scenario.lineage in before]
    changed = [change for s in kept if (change := compare_scenarios(before[s.lineage], s))]
    remaining = {scenario.lineage for scenario in kept}
    return Comparison(
        forms=_lists(old.forms, new.forms),
        activities=_lists(old.activities, new.activities),
        factors=_factors(old.factors, new.factors),
        added=[scenario for scenario in new.scenarios if scenario.lineage not in before],
        taken_out=[scenario for scenario in old.scenarios if scenario.lineage not in remaining],
        changed=changed,
        unchanged=len(kept) - len(changed),
        people=_people(old.people, new.people),
    )


def compare_scenarios(old: ScenarioSide, new: ScenarioSide) -> ScenarioChange:
    """What has changed in one scenario; false when nothing has."""
    return ScenarioChange(
        scenario=new,
        texts=_texts(old.texts, new.texts, new.texts),
        risks=[
            Change(part, old.risks[part], new.risks[part])
            for part in new.risks
            if old.risks[part] != new.risks[part]
        ],
        forms=_lists(old.forms, new.forms),
        factors=_lists(old.factors, new.factors),
        measures=_lists(old.measures, new.measures),
    )


def _factors(old: Mapping[int, str], new: Mapping[int, str]) -> list[Change[str]]:
    """The eight in order, and all together last."""
    numbers = sorted(new, key=lambda number: (number == ALL_TOGETHER, number))
    named = {str(number): text for number, text in old.items()}
    return _texts(named, {str(number): text for number, text in new.items()}, map(str, numbers))


def _texts(old: Mapping[str, str], new: Mapping[str, str], names: Iterable[str]) -> list[Change[str]]:
    pairs = [Change(name, _plain(old.get(name, "")), _plain(new[name])) for name in names]
    return [pair for pair in pairs if pair.before != pair.after]


def _plain(text: str) -> str:
    """Browsers break lines with two characters, spreadsheets with one: that is no change."""
    return text.replace("\r\n", "\n").strip()


def _lists(old: Collection[Item], new: Collection[Item]) -> ListChange[Item]:
    return ListChange(
        added=[item for item in new if item not in old], removed=[item for item in old if item not in new]
    )


def _people(old: Sequence[PersonSide], new: Sequence[PersonSide]) -> list[PersonChange]:
    before = {person.person_id: person for person in old}
    staying = [PersonChange(before.pop(person.person_id, None), person) for person in new]
    return [*staying, *(PersonChange(person, None) for person in before.values())]
