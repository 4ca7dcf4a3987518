"""Somebody who reads every page there is, remembers all of it, and adds and subtracts.

Knows how the numbers hang together (a unit is the sum of what lies below it, a half-year of its months) and
what was shown. `determined` says which numbers follow exactly, by elimination; `limits` between what each
must lie, by narrowing until nothing changes.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from math import inf
from typing import Generic, TypeVar

PRIME = 2_147_483_647
"""Elimination is done in remainders: fast, and as good as exact for sums of few terms."""
Name = TypeVar("Name", bound=Hashable)


class Attacker(Generic[Name]):
    """`sums`: each number and the numbers it is the sum of. `told`: what was shown, or known from before."""

    def __init__(self, sums: Iterable[tuple[Name, Iterable[Name]]], told: Mapping[Name, int]) -> None:
        self.told = dict(told)
        self.equations: list[dict[Name, int]] = []
        for whole, parts in sums:
            equation: dict[Name, int] = defaultdict(int)
            equation[whole] -= 1
            for part in parts:
                equation[part] += 1
            self.equations.append(dict(equation))

    def determined(self) -> set[Name]:
        """The numbers that were not told and follow exactly from those that were."""
        pivots: dict[Name, dict[Name, int]] = {}
        for equation in self.equations:
            row = {name: factor % PRIME for name, factor in equation.items() if name not in self.told}
            for name in [name for name in row if name in pivots]:
                row = _less(row, pivots[name], row.get(name, 0))
            while held := next((name for name in row if name in pivots), None):
                row = _less(row, pivots[held], row[held])
            if not row:
                continue
            pivot, factor = next(iter(row.items()))
            inverse = pow(factor, -1, PRIME)
            row = {name: value * inverse % PRIME for name, value in row.items()}
            for name, other in pivots.items():
                if pivot in other:
                    pivots[name] = _less(other, row, other[pivot])
            pivots[pivot] = row
        return {name for name, row in pivots.items() if len(row) == 1}

    def limits(self) -> dict[Name, tuple[float, float]]:
        """The least and the most each number can be, knowing that none is negative."""
        names = {name for equation in self.equations for name in equation}
        low = {name: float(self.told.get(name, 0)) for name in names}
        high = {name: float(self.told.get(name, inf)) for name in names}
        changed = True
        while changed:
            changed = False
            for equation in self.equations:
                whole = next(name for name, factor in equation.items() if factor < 0)
                parts = [name for name in equation if name != whole]
                changed |= _narrow(whole, sum(low[p] for p in parts), sum(high[p] for p in parts), low, high)
                for part in parts:
                    others = [other for other in parts if other != part]
                    least = low[whole] - sum(high[o] for o in others)
                    most = high[whole] - sum(low[o] for o in others)
                    changed |= _narrow(part, least, most, low, high)
        return {name: (low[name], high[name]) for name in names}


def _less(row: dict[Name, int], other: Mapping[Name, int], factor: int) -> dict[Name, int]:
    left = dict(row)
    for name, value in other.items():
        left[name] = (left.get(name, 0) - factor * value) % PRIME
    return {name: value for name, value in left.items() if value}


def _narrow(name: Name, least: float, most: float, low: dict[Name, float], high: dict[Name, float]) -> bool:
    changed = False
    if least > low[name]:
        low[name], changed = least, True
    if most < high[name]:
        high[name], changed = most, True
    return changed
