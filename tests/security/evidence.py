"""Evidence and police reports in a random organisation, and who may do what, said a second time in Python.

From the product's description: whoever sees the incident with its text; the one who added evidence sees that
too. To decide, to hand over and to remove is for a leader in whose own case it is not.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.world import World, may_see_incident
from tryggmote.access.models import ReadEntry
from tryggmote.exhibits.models import Chunk, CustodyAct, Exhibit
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person
from tryggmote.police.models import Account, PoliceAct


@dataclass
class Evidence:
    """Everything there is."""

    exhibits: list[Exhibit] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    links: list[CustodyAct] = field(default_factory=list)
    acts: list[PoliceAct] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    reads: list[ReadEntry] = field(default_factory=list)


def incident_of(world: World, row: Exhibit | PoliceAct | Account) -> Incident:
    return next(incident for incident in world.incidents if incident.id == row.incident_id)


def may_see_exhibit(world: World, person: Person, exhibit: Exhibit) -> bool:
    return person.id == exhibit.added_by_id or may_see_incident(world, person, incident_of(world, exhibit))


def may_see_with_exhibit(world: World, person: Person, row: Chunk | CustodyAct) -> bool:
    return may_see_exhibit(world, person, row.exhibit)


def may_see_with_incident(world: World, person: Person, row: PoliceAct | Account) -> bool:
    return may_see_incident(world, person, incident_of(world, row))


def may_see_read(world: World, evidence: Evidence, person: Person, read: ReadEntry) -> bool:
    """The reader; of an exhibit all who see it; of a list or a report those it is about and the VO."""
    if person.id == read.person_id:
        return True
    if read.kind in ("exhibit", "exhibit_page"):
        exhibit = next(e for e in evidence.exhibits if e.id == read.object_id)
        return may_see_exhibit(world, person, exhibit)
    incident = next(i for i in world.incidents if i.id == read.object_id)
    return person.id in involved(incident) or world.represents(person, incident.safety_area_id)


def involved(incident: Incident) -> set[int]:
    return {incident.reporter_id, incident.exposed_id or incident.reporter_id}


def leads(world: World, person: Person, incident: Incident) -> bool:
    """Leads whoever it happened to, or stands above, and sees it."""
    concerned = incident.exposed_id or incident.reporter_id
    return may_see_incident(world, person, incident) and (
        world.leads_person(person, concerned)
        or world.leads_unit(person, incident.workforce_id)
        or world.stands_above(person, incident.workforce_id)
    )


def may_decide(world: World, person: Person, incident: Incident) -> bool:
    return leads(world, person, incident) and person.id not in involved(incident)


def may_tell(world: World, person: Person, incident: Incident) -> bool:
    return leads(world, person, incident) or person.id in involved(incident)


def an_exhibit(incident: Incident, person: Person) -> Exhibit:
    """A row as the service makes it; its bytes do not matter here."""
    return Exhibit(
        incident=incident, added_by=person, what="SMS", kind="image", media_type="image/png", size=1,
        sha256="0" * 64, scan="clean", limits_version="1", key_id="k", sealed_key=b"x",
    )  # fmt: skip


def an_act(incident: Incident, person: Person) -> PoliceAct:
    return PoliceAct(
        incident=incident, by=person, deed="report", day=timezone.localdate(), guidance_version="1"
    )


def build(world: World, random: Random) -> Evidence:
    """Evidence added by random people, also by some who do not see the incident any more."""
    evidence = Evidence()
    for incident in world.incidents:
        for _ in range(random.randint(0, 2)):
            exhibit = an_exhibit(incident, random.choice(world.people))
            exhibit.save()
            evidence.exhibits.append(exhibit)
            evidence.chunks.append(
                Chunk.objects.create(exhibit=exhibit, part="original", number=0, content=b"x")
            )
            evidence.links.append(
                CustodyAct.objects.create(exhibit=exhibit, by=exhibit.added_by, deed="added")
            )
            evidence.reads += [_read(world, random, kind, exhibit) for kind in ("exhibit", "exhibit_page")]
        if random.random() < 0.7:
            act = an_act(incident, random.choice(world.people))
            act.save()
            evidence.acts.append(act)
            evidence.accounts.append(
                Account.objects.create(
                    incident=incident, by=random.choice(world.people), channel="phone", exact_words="Ord"
                )
            )
            evidence.reads += [_read(world, random, kind, incident) for kind in ("exhibits", "police")]
    return evidence


def _read(world: World, random: Random, kind: str, row: Exhibit | Incident) -> ReadEntry:
    return ReadEntry.objects.create(person_id=random.choice(world.people).id, kind=kind, object_id=row.id)
