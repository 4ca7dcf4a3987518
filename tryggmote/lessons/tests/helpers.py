"""Acts around short lessons, done by people of the story."""

from collections.abc import Collection

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.lessons import library, services
from tryggmote.lessons.library import Lesson
from tryggmote.lessons.models import Gathering
from tryggmote.organisation.models import Person, Unit
from tryggmote.ui.dates import oslo_today


def lesson_of(code: str) -> Lesson:
    """The lesson with this code."""
    found = library.find(code)
    assert found is not None
    return found


def held_by(person: Person, unit: Unit, there: Collection[Person], *, lesson: str = "a_refusal") -> Gathering:
    """A lesson held today in the unit, with those who were there."""
    with acting_as(person.id) as by:
        return services.hold(
            by=by,
            gathering_id=new_id(),
            unit_id=unit.id,
            lesson=lesson_of(lesson),
            held_on=oslo_today(),
            person_ids=[each.id for each in there],
        )
