"""Residual risk and what fills the elements in a random organisation, and who may see it (3.0, 3.2-3.4).

From the product's description: what is approved or chosen is seen by all employees of the unit and by leaders
and representatives above it on both lines; a draft by those who lead the unit and those who represent it.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.utils import timezone

from tests.security.assessments import leads, represents, sees_documents_of
from tests.security.world import World
from tryggmote.organisation.models import Person
from tryggmote.residual.models import Approval, Filling, Hearing, Record, Version, Withdrawal
from tryggmote.risk import libraries


@dataclass
class Left:
    """What there is, as it stands after all that was done."""

    records: list[Record] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    fillings: list[Filling] = field(default_factory=list)


def may_see_filling(world: World, person: Person, filling: Filling) -> bool:
    """Whoever reads the unit's documents."""
    return sees_documents_of(world, person, filling.unit_id)


def may_see_record(world: World, person: Person, record: Record) -> bool:
    """Approved once: whoever reads the unit's documents. Else those who lead or represent the unit."""
    is_read = record.in_force_number is not None and sees_documents_of(world, person, record.unit_id)
    return is_read or leads(world, person, record.unit_id) or represents(world, person, record.unit_id)


def may_see_version(world: World, person: Person, version: Version) -> bool:
    """Approved: with the record. A draft: those who lead or represent the unit."""
    unit_id = version.record.unit_id
    is_read = version.approved_at is not None and may_see_record(world, person, version.record)
    return is_read or leads(world, person, unit_id) or represents(world, person, unit_id)


def build(world: World, random: Random) -> Left:
    """Records with drafts, approved versions and withdrawals, and things chosen for elements."""
    for number in range(random.randint(4, 7)):
        _record(world, random, number)
        Filling.objects.create(
            unit=random.choice(world.units), element="layout", form="planned", card=f"card{number}",
            by=random.choice(world.people),
        )  # fmt: skip
    return Left(
        records=list(Record.objects.all()),
        versions=list(Version.objects.select_related("record")),
        fillings=list(Filling.objects.all()),
    )


def _record(world: World, random: Random, number: int) -> None:
    by = random.choice(world.people)
    record = Record.objects.create(unit=random.choice(world.units), title=f"Arkiv {number}", created_by=by)
    first = _version(record, 1, by)
    Hearing.objects.create(version=first, person=by, answer="agree", revision=1, by=by)
    if random.random() < 0.6:
        review_on = timezone.localdate() + timedelta(days=30)
        Approval.objects.create(version=first, revision=1, review_on=review_on, by=by)
        if random.random() < 0.5:
            Hearing.objects.create(
                version=_version(record, 2, by), person=by, answer="agree", revision=1, by=by
            )
    if random.random() < 0.4:
        Withdrawal.objects.create(record=record, reason="På plass.", by=by)


def _version(record: Record, number: int, by: Person) -> Version:
    return Version.objects.create(
        record=record, number=number, why="Trangt.", instead="To.", likelihood=2, consequence=2,
        matrix=libraries.matrix().definition(), by=by,
    )  # fmt: skip
