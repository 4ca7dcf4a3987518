"""What the nightly job would have seen of the history: several for one person, one form in a unit."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tryggmote.demo.history.clock import at, id_at
from tryggmote.incidents.models import Incident
from tryggmote.learning.limits import limits
from tryggmote.learning.models import Pattern
from tryggmote.learning.vocabulary import Aspect, PatternKind


def write_patterns(incidents: Sequence[Incident], *, seed: int, anchor: date) -> None:
    """Those above the limits of the rule data, as they were seen the night before `anchor`."""
    chance = random.Random(f"{seed} patterns")
    found = [*_of_people(incidents, anchor), *_of_forms(incidents, anchor)]
    seen_at = at(anchor - timedelta(days=1), 3 * 60 + 40)
    for pattern in found:
        pattern.id = id_at(seen_at, chance)
        pattern.rule_version = limits().version
        pattern.until_on = seen_at.date()
        pattern.found_at = seen_at
    Pattern.objects.bulk_create(found)


def _of_people(incidents: Sequence[Incident], anchor: date) -> Iterator[Pattern]:
    rule = limits().person
    exposed = Counter(i.exposed_id for i in _since(incidents, anchor, rule.days) if i.exposed_id)
    for person_id, n in exposed.items():
        if n >= rule.incidents:
            yield Pattern(
                kind=PatternKind.PERSON, person_id=person_id, days=rule.days, n=n, people=1, units=1
            )


def _of_forms(incidents: Sequence[Incident], anchor: date) -> Iterator[Pattern]:
    rule = limits().form
    alike = defaultdict(list)
    for incident in _since(incidents, anchor, rule.days):
        alike[incident.workforce.unit_id, incident.form].append(incident)
    for (unit_id, form), found in alike.items():
        if len(found) >= rule.incidents:
            people = {incident.exposed_id or incident.reporter_id for incident in found}
            yield Pattern(
                kind=PatternKind.SETTING, unit_id=unit_id, aspect=Aspect.FORM, value=form,
                days=rule.days, n=len(found), people=len(people), units=1,
            )  # fmt: skip


def _since(incidents: Sequence[Incident], anchor: date, days: int) -> list[Incident]:
    return [i for i in incidents if i.happened_at >= at(anchor - timedelta(days=days), 0)]
