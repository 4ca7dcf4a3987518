"""Certificates and files of completions in a random organisation, and who may see them.

From the product's description: what somebody has sent in is seen by that person and by those who lead them;
when nobody leads them, by the directorate, who decides. A file on its way in by whoever sent it, and what
courses are called by those who read the unit's documents.
"""

from dataclasses import dataclass
from random import Random

from django.utils import timezone

from tests.security.assessments import sees_documents_of
from tests.security.world import World
from tryggmote.access.models import ReadEntry
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.training.models import (
    Certificate,
    CertificateDecision,
    CertificateFile,
    CourseName,
    TrainingFile,
)

TODAY = timezone.localdate()


@dataclass
class Drawer:
    """What there is."""

    certificates: list[Certificate]
    files: list[CertificateFile]
    decisions: list[CertificateDecision]
    reads: list[ReadEntry]
    on_their_way: list[TrainingFile]
    courses: list[CourseName]


def leads(world: World, person: Person, other_id: int) -> bool:
    """Daily or formally, or as leader of where the other works; never oneself."""
    places = [p.workforce_id for p in world.placements if p.person_id == other_id]
    return person.id != other_id and (
        world.leads_person(person, other_id) or any(world.leads_unit(person, place) for place in places)
    )


def may_decide(world: World, person: Person, other_id: int) -> bool:
    """A leader; the directorate for those who have none."""
    is_led = any(leads(world, each, other_id) for each in world.people)
    is_directorate = any(role.role == Role.DIRECTORATE for role in world.roles_of(person))
    return leads(world, person, other_id) or (is_directorate and not is_led and person.id != other_id)


def may_see_certificate(world: World, person: Person, certificate: Certificate) -> bool:
    return certificate.person_id == person.id or may_decide(world, person, certificate.person_id)


def may_see_what_is_of_it(world: World, person: Person, row: CertificateFile | CertificateDecision) -> bool:
    """The file and the decision: whoever sees the certificate."""
    return may_see_certificate(world, person, row.certificate)


def may_see_read(world: World, person: Person, read: ReadEntry) -> bool:
    """Whoever read, and whose certificate it is."""
    owners = {each.id: each.person_id for each in Certificate.objects.all()}
    return person.id in (read.person_id, owners[read.object_id])


def may_see_file(world: World, person: Person, file: TrainingFile) -> bool:
    return file.by_id == person.id


def may_see_course(world: World, person: Person, course: CourseName) -> bool:
    return course.unit_id is None or sees_documents_of(world, person, course.unit_id)


def build(world: World, random: Random) -> Drawer:
    """Certificates of random people, some decided and some read; a file; what courses are called."""
    for number in range(random.randint(5, 9)):
        certificate = Certificate.objects.create(
            person=random.choice(world.people), element="communication", done_on=TODAY
        )
        CertificateFile.objects.create(certificate=certificate, kind="application/pdf", content=b"%PDF-")
        by = random.choice(world.people)
        if random.random() < 0.6:
            approved = random.random() < 0.5
            CertificateDecision.objects.create(
                certificate=certificate, approved=approved, reason="" if approved else "Nei.", by=by
            )
        if random.random() < 0.5:
            ReadEntry.objects.create(person_id=by.id, kind="certificate", object_id=certificate.id)
        CourseName.objects.create(
            unit=random.choice([None, *world.units]), name=f"kurs{number}", element="communication"
        )
    TrainingFile.objects.create(
        by=random.choice(world.people), unit=random.choice(world.units), name="a.csv", content=b""
    )
    return Drawer(
        certificates=list(Certificate.objects.all()),
        files=list(CertificateFile.objects.select_related("certificate")),
        decisions=list(CertificateDecision.objects.select_related("certificate")),
        reads=list(ReadEntry.objects.filter(kind="certificate")),
        on_their_way=list(TrainingFile.objects.all()),
        courses=list(CourseName.objects.all()),
    )
