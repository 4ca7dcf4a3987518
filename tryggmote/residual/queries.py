"""What is read of residual risk (3.0). The database decides which; nothing here asks who is looking."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from tryggmote.controls.models import Measure
from tryggmote.controls.queries import measures, measures_by_id
from tryggmote.information.models import Item, Reading
from tryggmote.organisation.models import UnitClosure
from tryggmote.organisation.standing import representatives_of
from tryggmote.residual.models import Hearing, Record, Version
from tryggmote.residual.rules import Draft, Voice

MOST_MEASURES = 60


def records_in(unit_id: int, *, withdrawn: bool = False) -> QuerySet[Record]:
    """What holds in a unit or is written for it: its own, those of units above, and those below; by date."""
    above = UnitClosure.objects.filter(descendant_id=unit_id).values("ancestor_id")
    below = UnitClosure.objects.filter(ancestor_id=unit_id).values("descendant_id")
    found = Record.objects.filter(
        Q(unit_id__in=above) | Q(unit_id__in=below), withdrawn_at__isnull=not withdrawn
    )
    return found.select_related("unit").order_by(F("review_on").asc(nulls_first=True), "created_at", "id")


@dataclass(frozen=True)
class Line:
    """A record in the list: what stands of it, and whether a draft waits."""

    record: Record
    standing: Version | None
    has_draft: bool


def lines_of(records: Collection[Record]) -> list[Line]:
    """The records with their versions; one query."""
    found: dict[UUID, list[Version]] = {record.id: [] for record in records}
    for version in Version.objects.filter(record_id__in=found).defer("why", "instead").order_by("-number"):
        found[version.record_id].append(version)
    return [
        Line(
            record,
            next((each for each in found[record.id] if each.number == record.in_force_number), None),
            any(each.approved_at is None for each in found[record.id]),
        )
        for record in records
    ]


def approved_in(unit_ids: Collection[int]) -> list[tuple[Record, Version]]:
    """What holds of residual risk in these units, with the version that does, by the day of review."""
    found = Version.objects.filter(
        record__unit_id__in=unit_ids, record__withdrawn_at=None, number=F("record__in_force_number")
    )
    versions = found.select_related("record").order_by("record__review_on", "record_id")
    return [(version.record, version) for version in versions]


def living_record(unit_id: int, element: str, form: str) -> Record | None:
    """The record of the unit about an element in a meeting form that is not withdrawn."""
    return Record.objects.filter(unit_id=unit_id, element=element, form=form, withdrawn_at=None).first()


def record_in_full(record_id: UUID) -> QuerySet[Record]:
    """The one record with its unit named, and who withdrew it."""
    return Record.objects.filter(id=record_id).select_related("unit", "came_from", "withdrawal__by")


def versions_of(record: Record) -> list[Version]:
    """The versions one may see, the latest first, with who wrote and approved each; one query."""
    found = Version.objects.filter(record=record).select_related("by", "approval__by").order_by("-number")
    versions = list(found)
    for version in versions:
        version.record = record
    return versions


def draft_of(record: Record) -> Version | None:
    """The version that is written on, when there is one that one may see."""
    return (
        Version.objects.filter(record=record, approved_at=None).select_related("record__unit", "by").first()
    )


def version_in_force(record: Record) -> Version | None:
    """The approved version that stands, whether its day has passed or not."""
    return Version.objects.filter(record=record, number=F("record__in_force_number")).first()


def making_up(version: Version) -> list[Measure]:
    """The measures that make up for what cannot be done, those one may see; one query."""
    found = measures_by_id(version.measure_ids)
    return [found[measure_id] for measure_id in version.measure_ids if measure_id in found]


def measures_to_choose(unit_id: int, form: str) -> list[Measure]:
    """Measures of the unit and those above it that can make up for something in a meeting form."""
    above = UnitClosure.objects.filter(descendant_id=unit_id).values("ancestor_id")
    found = measures(form=form).filter(unit_id__in=above, cancelled_at=None)
    return list(found.defer("what")[:MOST_MEASURES])


@dataclass(frozen=True)
class Said:
    """What a safety representative said, or why they did not; `hearing` None while nobody knows."""

    person_id: int | None
    name: str
    hearing: Hearing | None


def heard_on(version: Version) -> list[Said]:
    """Each safety representative of the unit with what they said last; and those who said something before.

    One who is not elected any more is named with what they said. Two queries.
    """
    latest: dict[int | None, Hearing] = {}
    for hearing in (
        Hearing.objects.filter(version=version).select_related("person", "by").order_by("at", "id")
    ):
        # What somebody says themselves is not covered by what a leader records of them.
        before = latest.get(hearing.person_id)
        if hearing.is_own or before is None or not before.is_own:
            latest[hearing.person_id] = hearing
    said = [
        Said(each.person_id, each.name, latest.pop(each.person_id, None))
        for each in representatives_of(version.record.unit_id)
    ]
    left = [
        Said(person_id, hearing.person.name if hearing.person else "", hearing)
        for person_id, hearing in latest.items()
    ]
    return said + left


def draft_to_approve(version: Version) -> Draft:
    """What the decision to approve builds on; three queries."""
    said = heard_on(version)
    return Draft(
        area=version.area.code,
        measures_in_use=sum(measure.is_in_use for measure in making_up(version)),
        representatives=[Voice(each.name, each.hearing is not None) for each in said if each.person_id],
        nobody_recorded=any(each.person_id is None for each in said),
    )


@dataclass(frozen=True)
class Known:
    """Who knows of the version in force: the item that makes it known, and how far it has come.

    `waits_for_me`: it concerns the one who asks, and they have not confirmed. `mine`: when they did.
    """

    item: Item
    concerned: int
    confirmed: int
    waits_for_me: bool
    mine: Reading | None


_KNOWN = """
select count(*), count(read_at), coalesce(bool_or(person_id = %(me)s and read_at is null), false)
from app.receipts() where item_id = %(item)s and unit_id = %(unit)s
"""


def known_of(version: Version, person_id: int) -> Known | None:
    """How far it is known, as far as the one who asks may see; three queries. None when it stands no longer.

    Only those who lead or represent the unit see how many have confirmed; others see whether they have.
    """
    item = Item.objects.filter(subject_id=version.id, is_standing=True, ended_at=None).first()
    if item is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"item": item.id, "unit": item.unit_id, "me": person_id})
        concerned, confirmed, waits = cursor.fetchone()
    return Known(
        item, concerned, confirmed, waits, Reading.objects.filter(item=item, person_id=person_id).first()
    )
