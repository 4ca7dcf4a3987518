"""The part of "Min side" that says who one is to the system."""

from typing import Any

from tryggmote.access.context import SignedInPerson
from tryggmote.organisation.clearance import clearance
from tryggmote.organisation.directory import facts_of
from tryggmote.organisation.models import Person
from tryggmote.ui.dates import oslo_today


def context(person: SignedInPerson) -> dict[str, Any]:
    """What `organisation/own_page.html` shows."""
    facts = facts_of(Person.objects.get(id=person.id), oslo_today())
    return {"facts": facts, "clearance": clearance(person.id)}
