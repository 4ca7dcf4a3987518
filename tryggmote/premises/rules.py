"""What a room is suitable for, and who decides about premises (3.1). No database, no request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.meeting_levels import Level
from tryggmote.organisation.standing import Standing
from tryggmote.premises.fact_sets import FactSet

IN_OFFICE = (MeetingForm.RECEPTION, MeetingForm.PLANNED, MeetingForm.GROUP)
"""The meeting forms that are held in the unit's own rooms."""


@dataclass(frozen=True)
class Limit:
    """One thing that keeps a room from being suitable above a level. `up_to` None: for no meeting at all."""

    up_to: Level | None
    reason: str


@dataclass(frozen=True)
class Suitability:
    """The highest level a room is suitable for, None for no meeting, and all that limits it, worst first."""

    up_to: Level | None
    limits: tuple[Limit, ...]

    def fits(self, level: Level) -> bool:
        """Whether a meeting of this level can be held there."""
        return self.up_to is not None and level.rank <= self.up_to.rank

    def reasons_against(self, level: Level) -> tuple[str, ...]:
        """Why a meeting of this level should not be held there, worst first; empty when it can."""
        return tuple(limit.reason for limit in self.limits if _rank(limit.up_to) < level.rank)

    def with_also(self, limits: Iterable[Limit]) -> "Suitability":
        """The same with what else limits it, such as an alarm that failed its test."""
        return _together([*self.limits, *limits])


def suitability_of(facts: Mapping[str, str], asked: FactSet) -> Suitability:
    """What a room is suitable for, from what is noted about it: as good as its worst side.

    What nobody has noted protects nobody: until every fact has an answer the room is for meetings of low
    risk only. Sources: standard 3.1 and 3.2, arbeidsplassforskriften §§ 2-1 and 2-21; the limits are data.
    """
    answers = [fact.answer(facts.get(fact.code, "")) for fact in asked.facts]
    limits = [Limit(answer.up_to, str(answer.reason)) for answer in answers if answer and answer.reason]
    if None in answers:
        limits.append(Limit(Level.LOW, str(asked.unknown)))
    return _together(limits)


def may_change(standing: Standing) -> bool:
    """Whether one notes rooms and buildings: leaders of the unit. Others say it in a review."""
    return standing.leads


def may_move(standing: Standing) -> bool:
    """Whether one takes a building from a unit, or gives it one: its leaders, and directors above it."""
    return standing.leads or standing.oversees


def _together(limits: Iterable[Limit]) -> Suitability:
    worst_first = tuple(sorted(limits, key=lambda limit: _rank(limit.up_to)))
    return Suitability(worst_first[0].up_to if worst_first else Level.HIGH, worst_first)


def _rank(up_to: Level | None) -> int:
    return up_to.rank if up_to else 0
