"""Measures, procedures, action cards and agreements in a random organisation, and who may see them.

From the product's description: measures and procedures are seen by all employees of the unit and by leaders
and representatives above it on both lines; a draft by its author and the unit's leaders; who has read by the
reader, by those who lead the reader, and by those who lead the unit.
"""

from dataclasses import dataclass, field
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import World
from tryggmote.controls.models import (
    Agreement,
    AgreementReview,
    AgreementSigning,
    Cancellation,
    CardAddition,
    CardAdditionApproval,
    Escalated,
    Establishment,
    Evaluation,
    Handover,
    Measure,
    Postponement,
    Procedure,
    ProcedureApproval,
    ProcedureEnding,
    ProcedurePicture,
    ProcedureReading,
    ProcedureVersion,
)
from tryggmote.organisation.models import Person, Unit

TODAY = timezone.localdate()
OF_A_MEASURE = (Establishment, Evaluation, Postponement, Handover, Cancellation, Escalated)
OF_A_PROCEDURE = (ProcedureEnding, ProcedurePicture)
OF_AN_AGREEMENT = (AgreementSigning, AgreementReview)


@dataclass
class Shelf:
    """What there is, as it stands after all that was done."""

    measures: list[Measure] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    versions: list[ProcedureVersion] = field(default_factory=list)
    readings: list[ProcedureReading] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    card_additions: list[CardAddition] = field(default_factory=list)


def may_see_measure(world: World, person: Person, measure: Measure) -> bool:
    """Whoever reads the unit's documents; and its owner."""
    return measure.owner_id == person.id or sees_documents_of(world, person, measure.unit_id)


def may_see_procedure(world: World, person: Person, procedure: Procedure) -> bool:
    """In force: whoever reads the unit's documents. Else whoever began it, and the unit's leaders."""
    return (
        (procedure.in_force_number is not None and sees_documents_of(world, person, procedure.unit_id))
        or leads(world, person, procedure.unit_id)
        or procedure.created_by_id == person.id
    )


def may_see_version(world: World, person: Person, version: ProcedureVersion) -> bool:
    """Approved: with the procedure. A draft: its author and the unit's leaders."""
    if version.by_id == person.id or leads(world, person, version.procedure.unit_id):
        return True
    return version.approved_at is not None and may_see_procedure(world, person, version.procedure)


def may_see_reading(world: World, person: Person, reading: ProcedureReading) -> bool:
    """One's own; those of people one leads; those of a unit one leads."""
    places = [p.workforce_id for p in world.placements if p.person_id == reading.person_id]
    return (
        reading.person_id == person.id
        or world.leads_person(person, reading.person_id)
        or any(world.leads_unit(person, place) for place in places)
        or leads(world, person, reading.procedure.unit_id)
    )


def may_see_agreement(world: World, person: Person, agreement: Agreement) -> bool:
    """Whoever reads the unit's documents."""
    return sees_documents_of(world, person, agreement.unit_id)


def may_see_card_addition(world: World, person: Person, addition: CardAddition) -> bool:
    """Approved: whoever reads the unit's documents. A draft: those who lead or represent the unit."""
    is_read = addition.approved_at is not None and sees_documents_of(world, person, addition.unit_id)
    return is_read or leads(world, person, addition.unit_id) or represents(world, person, addition.unit_id)


def build(world: World, random: Random) -> Shelf:
    """Measures in every state, procedures with drafts and approved versions, and agreements."""
    for _ in range(random.randint(4, 7)):
        _measure(world, random)
        _procedure(world, random)
    for _ in range(random.randint(1, 3)):
        _agreement(world, random)
        _card_addition(world, random)
    return Shelf(
        measures=list(Measure.objects.all()),
        procedures=list(Procedure.objects.all()),
        versions=list(ProcedureVersion.objects.select_related("procedure")),
        readings=list(ProcedureReading.objects.select_related("procedure")),
        agreements=list(Agreement.objects.all()),
        card_additions=list(CardAddition.objects.all()),
    )


def _measure(world: World, random: Random) -> None:
    by, unit, owner = random.choice(world.people), random.choice(world.units), random.choice(world.people)
    measure = Measure.objects.create(
        unit=unit, title="Tiltak", kind="design", hierarchy="design", owner=owner, due_on=TODAY, created_by=by
    )
    if random.random() < 0.4:
        Postponement.objects.create(measure=measure, by=by, from_on=TODAY, to_on=TODAY, reason="Vent.")
    if random.random() < 0.4:
        Escalated.objects.create(measure=measure, to_person=by, due_on=TODAY)
    if at_work := _at_work_in(world, unit):
        Handover.objects.create(measure=measure, by=by, from_owner=owner, to_owner=random.choice(at_work))
    if random.random() < 0.6:
        Establishment.objects.create(measure=measure, by=by)
        Evaluation.objects.create(measure=measure, by=by, effect="unknown", words="Vi vet ikke.")
    if random.random() < 0.4:
        Cancellation.objects.create(measure=measure, by=by, reason="Nei.")


def _at_work_in(world: World, unit: Unit) -> list[Person]:
    return [p.person for p in world.placements if unit.id in world.with_all_above(p.workforce.unit_id)]


def _procedure(world: World, random: Random) -> None:
    by = random.choice(world.people)
    procedure = Procedure.objects.create(unit=random.choice(world.units), title="Rutine", created_by=by)
    if random.random() < 0.6:
        approved = ProcedureVersion.objects.create(procedure=procedure, number=1, text="Gå ut.", by=by)
        ProcedureApproval.objects.create(version=approved, revision=1, by=by, review_on=TODAY)
        for person in random.sample(world.people, 2):
            ProcedureReading.objects.create(procedure=procedure, number=1, person=person)
    if random.random() < 0.6:
        author = random.choice(world.people)
        ProcedureVersion.objects.create(procedure=procedure, number=2, text="Gå ut nå.", by=author)
    ProcedurePicture.objects.create(
        procedure=procedure, alt="Dør", kind="image/png", content=b"", width=1, height=1, by=by
    )
    if random.random() < 0.3:
        ProcedureEnding.objects.create(procedure=procedure, by=by, reason="Erstattet.")


def _agreement(world: World, random: Random) -> None:
    by, employers = random.choice(world.people), world.employers[:2]
    agreement = Agreement.objects.create(
        unit=random.choice(world.units), employer_ids=[employer.id for employer in employers],
        co_ordinator=random.choice(world.people), text="Sammen.", from_on=TODAY, created_by=by,
    )  # fmt: skip
    for employer in employers:
        AgreementSigning.objects.create(agreement=agreement, by=by, employer=employer)
    AgreementReview.objects.create(agreement=agreement, by=by)


def _card_addition(world: World, random: Random) -> None:
    by, unit = random.choice(world.people), random.choice(world.units)
    number = 1 + CardAddition.objects.filter(unit=unit, card="violence").count()
    if CardAddition.objects.filter(unit=unit, card="violence", approved_at=None).exists():
        return
    addition = CardAddition.objects.create(unit=unit, card="violence", number=number, exits="Bakdøra.", by=by)
    if random.random() < 0.6:
        CardAdditionApproval.objects.create(addition=addition, revision=1, by=by)
