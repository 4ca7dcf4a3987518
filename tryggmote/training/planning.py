"""What is proposed for a unit's year, how far it has come, what stops approval: pure rules (4.1)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tryggmote.residual.rules import Voice
from tryggmote.training.plan_vocabulary import Cause, Progress, Way
from tryggmote.training.vocabulary import Kind

NEXT_YEAR_FROM_MONTH = 11
ASKED_FOR_FROM_MONTH = 12
LAST_OF_FIRST_HALF = 6


@dataclass(frozen=True)
class Need:
    """So many in the unit stand alike in an element. `until`: the last day in order; None for never done.

    `is_renewal`: a changed risk asks for it again by then.
    """

    element: str
    kind: Kind
    until: date | None
    is_renewal: bool
    people: int


@dataclass(frozen=True)
class Proposal:
    """What the system would put in the plan."""

    element: str
    month: int
    people: int
    cause: Cause
    way: Way


@dataclass(frozen=True)
class Item:
    """What progress needs of something in the plan."""

    key: object
    element: str
    month: int
    people: int


def years_open(today: date) -> list[int]:
    """The years a plan can be made for: this one, and from November the next."""
    return [today.year, today.year + 1] if today.month >= NEXT_YEAR_FROM_MONTH else [today.year]


def year_asked_for(today: date) -> int:
    """The year for which leaders are asked for a plan: from December the next (`duties`)."""
    return today.year + 1 if today.month >= ASKED_FOR_FROM_MONTH else today.year


def proposals(needs: Iterable[Need], *, year: int, today: date) -> list[Proposal]:
    """What the gaps ask for in the year, by month; what runs out in the same half of it comes together.

    Nothing is put in a month that has been. Source: standard 4.1 (plan for the year), § 23A-2 (renewal).
    """
    first = today.month if year == today.year else 1
    found: dict[tuple[str, Cause, bool], list[tuple[int, int]]] = defaultdict(list)
    ways: dict[str, Way] = {}
    for need in needs:
        if need.until and need.until.year > year:
            continue
        month = max(first, need.until.month) if need.until and need.until.year == year else first
        cause = _cause(need)
        found[need.element, cause, month > LAST_OF_FIRST_HALF].append((month, need.people))
        ways[need.element] = _way(need)
    proposed = [
        Proposal(
            element, min(month for month, _n in gaps), sum(n for _month, n in gaps), cause, ways[element]
        )
        for (element, cause, _half), gaps in found.items()
    ]
    return sorted(proposed, key=lambda each: each.month)


def _cause(need: Need) -> Cause:
    if need.is_renewal:
        return Cause.RENEWAL
    return Cause.RUNS_OUT if need.until else Cause.MISSING


def _way(need: Need) -> Way:
    if need.kind is Kind.EXERCISE:
        return Way.EXERCISE
    return Way.COURSE if need.element == "representative_40_hours" else Way.SESSION


def why(cause: Cause, people: int) -> str:
    """Why something is in the plan, in a sentence."""
    return {
        Cause.MISSING: _("%(n)s har den ikke ennå."),
        Cause.RUNS_OUT: _("Den går ut for %(n)s i året."),
        Cause.RENEWAL: _("Risikoen den forbereder på, er endret. %(n)s må gjennom den på nytt."),
        Cause.OWN: _("Lagt til av lederen."),
    }[cause] % {"n": people}


def progress_in(
    items: Sequence[Item], done: Mapping[str, int], *, year: int, today: date
) -> dict[object, Progress]:
    """How far each has come. `done`: how many have gone through each element since the plan began.

    The earliest of an element is filled first.
    """
    left = dict(done)
    states: dict[object, Progress] = {}
    for item in sorted(items, key=lambda each: each.month):
        have = min(item.people, left.get(item.element, 0))
        left[item.element] = left.get(item.element, 0) - have
        states[item.key] = _progress(item, have, has_passed=(year, item.month) < (today.year, today.month))
    return states


def _progress(item: Item, have: int, *, has_passed: bool) -> Progress:
    if have >= item.people:
        return Progress.DONE
    if has_passed:
        return Progress.BEHIND
    return Progress.STARTED if have else Progress.PLANNED


def obstacles(representatives: Collection[Voice], *, nobody_recorded: bool, items: int) -> list[str]:
    """All that stands in the way of approval, in sentences; empty when it can be approved (AML § 6-2)."""
    found = []
    if not items:
        found.append(_("Planen er tom. Legg til minst én ting."))
    if not representatives and not nobody_recorded:
        found.append(_("Ingen verneombud er registrert. Skriv hvorfor, og hva dere gjør med det."))
    found.extend(
        _("%(name)s, verneombud, har ikke svart. Vent på svaret, eller skriv hvorfor det ikke kommer.")
        % {"name": voice.name}
        for voice in representatives
        if not voice.is_heard
    )
    return found
