"""Which units' answers may be shown, decided once for everybody (ADR 0061). Pure: counts in, units out.

Decided for all at once, since those who see different parts could put them together: the same unit is shown
to everybody who may see it or to nobody. The rule is that of figures (`rules.parts_shown`): five or more, and
so is what is left of every unit that is shown when those below it are taken away.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from tryggmote.statistics.rules import Cell, Series, is_shown_whole, parts_shown

Parents = Mapping[int, int | None]
"""Every unit with the one above it; None for the uppermost."""


def with_all_below(parents: Parents, direct: Mapping[int, int]) -> dict[int, int]:
    """How many answered in each unit and everything below it. `direct`: in the unit itself."""
    sums: dict[int, int] = defaultdict(int)
    for unit, n in direct.items():
        for above in _way_up(parents, unit):
            sums[above] += n
    return {unit: sums[unit] for unit in parents}


def units_to_show(
    parents: Parents, sums: Mapping[int, int], among: Collection[int] | None = None
) -> set[int]:
    """The units whose number may be shown, of those in `among` (None: all)."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for unit, parent in parents.items():
        below[parent].append(unit)
    roots = {unit for unit in below[None] if is_shown_whole(_series(sums, unit))}
    shown = roots if among is None else roots & set(among)
    waiting = list(shown)
    while waiting:
        unit = waiting.pop()
        parts = {child: _series(sums, child) for child in below[unit]}
        found = parts_shown(_series(sums, unit), parts, among)
        shown |= found
        waiting += found
    return shown


def _series(sums: Mapping[int, int], unit: int) -> Series:
    """Everybody answers once: so many answers are so many people."""
    return [Cell(sums[unit], sums[unit])]


def _way_up(parents: Parents, unit: int) -> Iterator[int]:
    above: int | None = unit
    while above is not None:
        yield above
        above = parents[above]
