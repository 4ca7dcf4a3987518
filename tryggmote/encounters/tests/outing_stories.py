"""Somebody goes out, and time passes: what tests of outings begin with."""

from copy import copy
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.encounters import outings
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outings import Answer, Plan
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office

ADDRESS = "Storgata 1"


def gone_out(office: Office, *, minutes: int = 60, **fields: Any) -> Outing:
    """The counsellor is on a home visit, and the colleague keeps an eye on it."""
    plan = {
        "id": new_id(), "form": "home_visit", "place": ADDRESS, "contact_id": office.colleague.id,
        "expected_at": timezone.now() + timedelta(minutes=minutes), **fields,
    }  # fmt: skip
    with acting_as(office.counsellor.id) as by:
        outing = outings.check_out(by=by, plan=Plan(**plan))
    return Outing.objects.get(id=outing.id)


def well(person: Person, outing: Outing, *, minutes: int = 30, **answer: Any) -> Outing:
    """Somebody says that all is well with whoever is out."""
    with acting_as(person.id) as by:
        said = Answer(**{"id": new_id(), **answer})
        outings.say_all_is_well(by=by, outing=copy(outing), minutes=minutes, answer=said)
    return Outing.objects.get(id=outing.id)


def back(person: Person, outing: Outing, **answer: Any) -> Outing:
    """Whoever is out says that they are back."""
    with acting_as(person.id) as by:
        outings.come_back(by=by, outing=copy(outing), answer=Answer(**{"id": new_id(), **answer}))
    return Outing.objects.get(id=outing.id)
