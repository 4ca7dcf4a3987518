"""What somebody sees of a unit's year."""

from datetime import timedelta

from tryggmote.access.context import acting_as
from tryggmote.cycle import queries
from tryggmote.cycle.registry import Event
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office
from tryggmote.ui.dates import oslo_today


def seen_by(person: Person, office: Office, kind: str = "") -> list[Event]:
    """The events about now that the person sees: those of last month and of the coming year."""
    first, last = oslo_today() - timedelta(days=31), oslo_today() + timedelta(days=400)
    with acting_as(person.id):
        units = queries.units_of_year(office.unit.id)
        found = queries.events_of(units, first.year, until=last.year, kind=kind)
    return [event for event in found if first <= event.on <= last]
