"""Who above, and at the other employer, is told when an incident is judged serious (2.4, AML § 2-2)."""

from datetime import datetime

from django.urls import reverse

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.incidents.consequence_rules import consequence_rules
from tryggmote.incidents.models import Incident, Recipient
from tryggmote.incidents.rules import VERY_SERIOUS_FROM_LEVEL, involved
from tryggmote.incidents.vocabulary import Capacity
from tryggmote.notices import services as notices
from tryggmote.organisation.queries import directors_of, leader_above
from tryggmote.organisation.roles import LEADS_DIRECTLY, OVERSEES


def tell(*, by: SignedInPerson, incident: Incident, level: int, at: datetime) -> dict[str, bool]:
    """Tell those above whom the level asks for. Returns each such step, and whether anybody was there.

    `by`, who set the level, and those whose own case it is are never told.
    """
    tellers = {"next_leader": _tell_next_leader, "directors": _tell_directors}
    passed = involved(incident) | {by.id}
    asked = {rule.code for rule in consequence_rules().at_level(level)} & tellers.keys()
    return {code: tellers[code](incident, level, passed, at) for code in sorted(asked)}


def tell_other_employer(incident: Incident, workforce_id: int) -> None:
    """Tell the leader of the other employer's people that something serious happened; not what."""
    leader = leader_above(workforce_id=workforce_id, passed=involved(incident), roles=LEADS_DIRECTLY)
    if leader is None:
        return  # the director above is told when the step is late (`overdue_steps`)
    notices.tell(
        person_ids=[leader],
        kind="incident_shared",
        subject_id=incident.id,
        url=reverse("incidents:shared"),
        context={"unit": incident.workforce.unit.name},
    )


def _tell_next_leader(incident: Incident, level: int, passed: frozenset[int], at: datetime) -> bool:
    place = incident.workforce_id
    leader = leader_above(workforce_id=place, passed=passed, roles=LEADS_DIRECTLY)
    above = leader or leader_above(workforce_id=place, passed=passed, roles=OVERSEES)
    if above is None:
        return False
    # A director reads the incident itself from level 4; at level 3 they are told that it is followed up.
    may_open = leader is not None or level >= VERY_SERIOUS_FROM_LEVEL
    _notify(incident, [above], level, incident.get_absolute_url() if may_open else reverse("now"))
    return True


def _tell_directors(incident: Incident, level: int, passed: frozenset[int], at: datetime) -> bool:
    directors = [each for each in directors_of(incident.workforce_id) if each not in passed]
    with acting_as_job():
        Recipient.objects.bulk_create(
            [
                Recipient(incident=incident, person_id=director, capacity=Capacity.DIRECTOR, at=at)
                for director in directors
            ],
            ignore_conflicts=True,  # told already, when it went up unread
        )
    _notify(incident, directors, level, incident.get_absolute_url())
    return bool(directors)


def _notify(incident: Incident, person_ids: list[int], level: int, url: str) -> None:
    notices.tell(
        person_ids=person_ids,
        kind="incident_serious",
        subject_id=incident.id,
        url=url,
        context={"unit": incident.workforce.unit.name, "level": level},
    )
