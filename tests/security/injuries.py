"""Injuries and notices in a random organisation, and who may see which, said a second time in Python.

From the law (AML §§ 5-1 and 5-2, folketrygdloven § 13-14) and the product's description.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.world import World
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.statutory.models import (
    Consent,
    Injury,
    Judgement,
    LimitReminder,
    MedicalDetail,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)

OF_A_NOTICE = (Judgement, NoticeAct, NoInjury)
OF_A_REPORT = (ReportDecision, ReportSending, LimitReminder)
READERS_BY_LAW = (Role.OCCUPATIONAL_HEALTH, Role.COMMITTEE_MEMBER)


@dataclass
class Records:
    """Every injury there is, with its incident; `consenting`: those whose injured has the text in."""

    injuries: list[Injury] = field(default_factory=list)
    consenting: set[object] = field(default_factory=set)


def leads_incident(world: World, person: Person, incident: Incident) -> bool:
    """A leader of the one concerned or of the unit; above, when it was escalated or is very serious."""
    concerned = incident.exposed_id or incident.reporter_id
    return (
        world.leads_person(person, concerned)
        or world.leads_unit(person, incident.workforce_id)
        or (
            world.stands_above(person, incident.workforce_id)
            and (incident.escalated_at is not None or (incident.assessed_level or 0) >= 4)
        )
    )


def may_see_notice(world: World, person: Person, incident: Incident) -> bool:
    """The one it happened to, their leaders, and the safety representative. Not whoever only reported."""
    return (
        person.id == (incident.exposed_id or incident.reporter_id)
        or leads_incident(world, person, incident)
        or world.represents(person, incident.safety_area_id)
    )


def may_see_injury(world: World, person: Person, injury: Injury) -> bool:
    """The injured; their leaders; the representative; the health service and committee that serve them."""
    return (
        person.id == injury.injured_id
        or world.leads_person(person, injury.injured_id)
        or world.leads_unit(person, injury.workforce_id)
        or world.represents(person, injury.safety_area_id)
        or any(
            r.role in READERS_BY_LAW and world.covers(r, injury.workforce_id) for r in world.roles_of(person)
        )
        or leads_incident(world, person, injury.incident)
    )


def may_see_report(world: World, person: Person, injury: Injury) -> bool:
    """The injured and their leaders."""
    return (
        person.id == injury.injured_id
        or world.leads_person(person, injury.injured_id)
        or world.leads_unit(person, injury.workforce_id)
        or leads_incident(world, person, injury.incident)
    )


def build(world: World, random: Random) -> Records:
    """Something of everything on the incidents of the world."""
    records = Records()
    now = timezone.now()
    for incident in world.incidents:
        by = random.choice(world.people)
        Judgement.objects.create(incident=incident, by=by, rule_version="1", must_notify=True)
        NoticeAct.objects.create(
            incident=incident, by=by, step="confirmed", done_at=now, done_by=by, text="A"
        )
        NoInjury.objects.create(incident=incident, by=by, reason="Nei")
        injured = random.choice([incident.exposed_id or incident.reporter_id, incident.reporter_id])
        injury = Injury.objects.create(
            incident=incident,
            by=by,
            injured_id=injured,
            workforce=random.choice(world.workforces),
            safety_area=random.choice([None, *world.areas]),
            kinds=["psychological"],
            natures=incident.natures,
            form="planned",
            happened_on=now.date(),
        )
        records.injuries.append(injury)
        ReportDecision.objects.create(injury=injury, by=by, rule_version="1", is_due=True)
        ReportSending.objects.create(injury=injury, by=by, to="nav", sent_on=now.date())
        LimitReminder.objects.create(injury=injury, days_before=30)
        Consent.objects.create(injury=injury, by_id=injured, is_given=True)
        MedicalDetail.objects.create(injury=injury, text="Sover dårlig.")
        # The product deletes the text with the consent; a text left behind must not be readable either.
        if random.random() < 0.5:
            Consent.objects.create(injury=injury, by_id=injured, is_given=False)
        else:
            records.consenting.add(injury.id)
    return records
