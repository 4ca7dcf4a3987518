"""Two sets of requirements side by side in one unit: which rows rest on the same evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from tryggmote.catalogue.schema import Standard
from tryggmote.compliance.queries import Status, chapters_of
from tryggmote.compliance.states import State
from tryggmote.organisation.models import Unit


@dataclass(frozen=True)
class Pair:
    """A requirement of the one set, and those of the other that rest on the same evidence."""

    status: Status
    others: list[Status] = field(default_factory=list)


@dataclass(frozen=True)
class Beside:
    """The rows of the one with their counterparts, and what only the other asks for."""

    one: Standard
    other: Standard
    pairs: list[Pair]
    only_other: list[Status]

    @property
    def shared(self) -> int:
        """How many rows of the one have a counterpart."""
        return sum(bool(pair.others) for pair in self.pairs)

    @property
    def met(self) -> tuple[int, int]:
        """How many rows of the one, and of the other, are met."""
        theirs = {status.anchor: status for pair in self.pairs for status in pair.others}
        others = [*theirs.values(), *self.only_other]
        return _met([pair.status for pair in self.pairs]), _met(others)


def shared_evidence(standards: Sequence[Standard]) -> tuple[str, str] | None:
    """The codes of the first two sets with requirements that rest on the same evidence, or None."""
    for one, other in combinations(standards, 2):
        if _rules_of(one) & _rules_of(other):
            return one.code, other.code
    return None


def _rules_of(standard: Standard) -> set[str]:
    return {r.evidence.rule for r in standard.requirements if r.evidence.rule}


def side_by_side(unit: Unit, one: Standard, other: Standard) -> Beside:
    """How the unit stands on both; one query."""
    of_set: dict[str, list[Status]] = {one.code: [], other.code: []}
    for chapter in chapters_of(unit):
        if chapter.standard.code in of_set:
            of_set[chapter.standard.code] += chapter.statuses
    by_rule: dict[str, list[Status]] = {}
    for status in of_set[other.code]:
        if status.requirement.evidence.rule:
            by_rule.setdefault(status.requirement.evidence.rule, []).append(status)
    pairs = [Pair(s, by_rule.get(s.requirement.evidence.rule or "", [])) for s in of_set[one.code]]
    found = {status.anchor for pair in pairs for status in pair.others}
    return Beside(one, other, pairs, [s for s in of_set[other.code] if s.anchor not in found])


def _met(statuses: list[Status]) -> int:
    return sum(status.state == State.MET for status in statuses)
