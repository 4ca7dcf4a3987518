"""Who holds a lesson and corrects who was there, and which lesson comes next: pure rules (4.1)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tryggmote.organisation.standing import Standing

AT_LEAST = 2
"""People who must have been there: one alone reads, and has met nobody to practise with."""
LATEST_AFTER = timedelta(days=30)
"""How long afterwards a meeting can still be recorded."""
REST = timedelta(days=60)
"""How long a lesson that was held is not suggested again."""


class Teaches(Protocol):
    """A lesson, as far as choosing one goes."""

    @property
    def code(self) -> str: ...
    @property
    def elements(self) -> Collection[str]: ...


@dataclass(frozen=True)
class Suggestion:
    """The next lesson. `needed_by`: how many need what it belongs to; 0 when it only has rested longest."""

    code: str
    needed_by: int


def may_hold(standing: Standing, *, is_member: bool) -> bool:
    """Whoever works in the unit, or leads it, leads its meetings too."""
    return standing.leads or is_member


def may_tell_who_was_there(standing: Standing, *, person_id: int, holder_id: int) -> bool:
    """Whoever held it, and leaders of the unit; they also see who it was."""
    return standing.leads or person_id == holder_id


def can_be_of(day: date, today: date) -> bool:
    """Whether a meeting of that day can be recorded today."""
    return today - LATEST_AFTER <= day <= today


def suggest(
    lessons: Collection[Teaches], *, needs: Mapping[str, int], last_held: Mapping[str, date], today: date
) -> Suggestion | None:
    """What to take next: what most people need, else what has rested longest. None when all rest.

    `needs`: how many lack or soon lack each element. `last_held`: the last day of each lesson in the unit.
    """
    rested = [
        lesson for lesson in lessons if lesson.code not in last_held or last_held[lesson.code] + REST <= today
    ]
    if not rested:
        return None
    found = {lesson.code: max(needs.get(code, 0) for code in lesson.elements) for lesson in rested}
    first = min(rested, key=lambda lesson: (-found[lesson.code], last_held.get(lesson.code, date.min)))
    return Suggestion(first.code, found[first.code])
