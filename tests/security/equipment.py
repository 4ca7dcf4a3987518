"""Safety equipment and tests in a random organisation, and who may see them.

From the product's description: premises, equipment and tests are seen by all employees of the unit and by
leaders and representatives above it on both lines; a spreadsheet on its way in by whoever sent it.
"""

from dataclasses import dataclass
from random import Random

from django.utils import timezone

from tests.security.assessments import sees_documents_of
from tests.security.controls import may_see_measure
from tests.security.world import World
from tryggmote.controls.models import Measure
from tryggmote.equipment.models import ImportDraft, Item, ItemTest, MeasureTest, Responsible
from tryggmote.organisation.models import Person

TODAY = timezone.localdate()


@dataclass
class Store:
    """What there is."""

    items: list[Item]
    tests: list[ItemTest]
    measure_tests: list[MeasureTest]
    responsible: list[Responsible]
    files: list[ImportDraft]


def may_see_item(world: World, person: Person, item: Item | Responsible) -> bool:
    """Whoever reads the unit's documents."""
    return sees_documents_of(world, person, item.unit_id)


def may_see_test(world: World, person: Person, test: ItemTest) -> bool:
    """Whoever sees the item."""
    return may_see_item(world, person, test.item)


def may_see_measure_test(world: World, person: Person, test: MeasureTest) -> bool:
    """Whoever sees the measure."""
    return may_see_measure(world, person, test.measure)


def may_see_file(world: World, person: Person, file: ImportDraft) -> bool:
    """Whoever sent it."""
    return file.by_id == person.id


def build(world: World, random: Random) -> Store:
    """Items that work and that do not, tests of them and of a measure, who tests, and a file."""
    for number in range(random.randint(4, 8)):
        by, unit = random.choice(world.people), random.choice(world.units)
        item = Item.objects.create(
            unit=unit, type="camera", name=f"Kamera {number}", place="Mottak", interval_months=6,
            in_use_from=TODAY, made_by=by,
        )  # fmt: skip
        reason = random.choice(["", "dead"])
        ItemTest.objects.create(item=item, by=random.choice(world.people), passed=not reason, reason=reason)
        Responsible.objects.get_or_create(
            unit=unit, type="camera", defaults={"person": random.choice(world.people), "chosen_by": by}
        )
        measure = Measure.objects.create(
            unit=random.choice(world.units), title="Vakt", kind="equipment", hierarchy="design", due_on=TODAY,
            owner=random.choice(world.people), created_by=by, interval_months=6,
        )  # fmt: skip
        MeasureTest.objects.create(measure=measure, by=random.choice(world.people), passed=True)
    ImportDraft.objects.create(
        by=random.choice(world.people), unit=random.choice(world.units), name="a.xlsx", content=b""
    )
    return Store(
        items=list(Item.objects.all()),
        tests=list(ItemTest.objects.select_related("item")),
        measure_tests=list(MeasureTest.objects.select_related("measure")),
        responsible=list(Responsible.objects.all()),
        files=list(ImportDraft.objects.all()),
    )
