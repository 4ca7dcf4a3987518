"""The nightly job that looks for patterns, and tells each once for its window (requirement 2.4).

It counts through functions of the database that give figures back and no incident; what is worth telling is
rule data (`limits.py`). Nobody is told twice of the same pattern while its days last.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.learning.limits import Repeated, limits
from tryggmote.learning.models import Pattern
from tryggmote.learning.vocabulary import Aspect, PatternKind
from tryggmote.notices.services import tell
from tryggmote.organisation.models import Unit
from tryggmote.organisation.queries import nearest_leaders
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import holders_of, leaders_of, representatives_of

log = logging.getLogger(__name__)

COUNTY_ROLES = (Role.COUNTY_DIRECTOR, Role.COUNTY_SECURITY_COORDINATOR, Role.CHIEF_SAFETY_REPRESENTATIVE)


@dataclass(frozen=True)
class Found:
    """A figure above its limit, before anybody is told."""

    kind: PatternKind
    days: int
    n: int
    people: int
    units: int = 1
    unit_id: int | None = None
    person_id: int | None = None
    aspect: str = ""
    value: str = ""
    usual: float | None = None
    limit: float | None = None

    @property
    def key(self) -> dict[str, Any]:
        """What makes it the same pattern as one seen before."""
        return {
            "kind": self.kind,
            "unit_id": self.unit_id,
            "person_id": self.person_id,
            "aspect": self.aspect,
            "value": self.value,
            "days": self.days,
        }


def look_for_patterns() -> int:
    """Keep and tell what is above its limit today, each in its own transaction. Returns how many are new.

    Running it twice, or twice at once, tells nobody twice. One that cannot be kept or told is logged, holds
    no other back, and is tried again the next night.
    """
    with acting_as_job():
        found = [*_of_people(limits().person), *_of_settings(), *_waves()]
    return sum(_kept(pattern) for pattern in found)


def forget_old_patterns() -> int:
    """Delete what is older than the rule says. Returns how many went."""
    oldest = timezone.localdate() - timedelta(days=limits().kept_days)
    with acting_as_job():
        gone, _by_model = Pattern.objects.filter(until_on__lt=oldest).delete()
    return gone


def _rows(sql: str, *values: int | str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _of_people(rule: Repeated) -> Iterator[Found]:
    counted = _rows(
        "select person_id, n, units from app.patterns_of_people(%s, %s)", rule.incidents, rule.days
    )
    for person_id, n, units in counted:
        yield Found(PatternKind.PERSON, rule.days, n, 1, units=units, person_id=person_id)


def _of_settings() -> Iterator[Found]:
    rules = {Aspect.FORM: limits().form, Aspect.PLACE: limits().place, Aspect.TRIGGER: limits().trigger}
    for aspect, rule in rules.items():
        counted = _rows(
            "select unit_id, value, n, people from app.patterns_of_settings(%s, %s, %s)",
            aspect.value, rule.incidents, rule.days,
        )  # fmt: skip
        for unit_id, value, n, people in counted:
            yield Found(
                PatternKind.SETTING, rule.days, n, people, unit_id=unit_id, aspect=aspect, value=value
            )


def _waves() -> Iterator[Found]:
    rule = limits().wave
    for days in rule.windows:
        counted = _rows(
            "select unit_id, n, people, units, usual, above from app.waves(%s, %s, %s)",
            days, rule.history_days, rule.fewest_past_windows,
        )  # fmt: skip
        for unit_id, n, people, units, usual, above in counted:
            is_across = units >= rule.fewest_units and people >= limits().fewest_people_outside
            if is_across and n >= rule.fewest_incidents:
                yield Found(
                    PatternKind.WAVE, days, n, people, units=units, unit_id=unit_id, usual=usual, limit=above
                )


def _kept(found: Found) -> bool:
    try:
        return _keep(found)
    except Exception:
        log.exception("A pattern of the kind %s was not kept.", found.kind.value)
        return False


def _keep(found: Found) -> bool:
    """Keep it and tell whom it concerns, unless it was told within its days."""
    today = timezone.localdate()
    with acting_as_job():
        if Pattern.objects.filter(**found.key, until_on__gt=today - timedelta(days=found.days)).exists():
            return False
        pattern = Pattern(
            **found.key, n=found.n, people=found.people, units=found.units, usual=found.usual,
            limit=found.limit, rule_version=limits().version, until_on=today,
        )  # fmt: skip
        Pattern.objects.bulk_create([pattern], ignore_conflicts=True)
        if not Pattern.objects.filter(id=pattern.id).exists():
            return False  # another worker kept it at the same moment
        _tell(pattern)
    return True


def _tell(pattern: Pattern) -> None:
    for kind, person_ids in _whom_to_tell(pattern).items():
        tell(
            person_ids=person_ids,
            kind=kind,
            subject_id=pattern.id,
            url=reverse("learning:patterns"),
            context=_context(pattern),
        )


def _whom_to_tell(pattern: Pattern) -> dict[str, list[int]]:
    if pattern.person_id is not None:
        leaders = nearest_leaders(pattern.person_id).ids
        return {"pattern_of_you": [pattern.person_id], "pattern_of_one_you_lead": leaders}
    unit_id = int(pattern.unit_id or 0)
    if pattern.kind == PatternKind.WAVE:
        return {"pattern_wave": [holder.person_id for holder in holders_of(unit_id, COUNTY_ROLES)]}
    near = [*leaders_of(unit_id), *representatives_of(unit_id)]
    return {"pattern_in_unit": [person.person_id for person in near]}


def _context(pattern: Pattern) -> dict[str, str | int]:
    if pattern.unit_id is None:
        return {}
    unit = Unit.objects.get(id=pattern.unit_id)
    return {"unit": unit.name, "days": pattern.days}
