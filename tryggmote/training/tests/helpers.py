"""Short ways to say what tests of training need."""

import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import connection

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person, Placement, Unit
from tryggmote.training import elements, services
from tryggmote.training.models import Completion, Override
from tryggmote.training.queries import Line, lines_of
from tryggmote.training.vocabulary import Source, Standing
from tryggmote.ui.dates import oslo_today

CLIENT_WORK = [each.code for each in elements.current().elements if "meets_clients" in each.who]
GATE = [each.code for each in elements.current().elements if each.before_first_meeting]


def done(person: Person, *codes: str, on: date | None = None) -> list[Completion]:
    """As if the person had done these elements, today unless another day is said."""
    return Completion.objects.bulk_create(
        Completion(person=person, element=code, done_on=on or oslo_today(), source=Source.IMPORTED)
        for code in codes
    )


def everybody_did(unit: Unit, codes: Collection[str] = CLIENT_WORK, *, on: date | None = None) -> None:
    """As if all who work in the unit had."""
    for placement in Placement.objects.filter(workforce__unit=unit).select_related("person"):
        done(placement.person, *codes, on=on)


def declared_by(leader: Person, person: Person, *codes: str, on: date | None = None) -> None:
    """The leader says that the person did these."""
    with acting_as(leader.id) as by:
        services.declare(by=by, person_id=person.id, done=codes, done_on=on or oslo_today())


def let_go_by(leader: Person, person: Person, *, days: int = 5) -> Override:
    """The leader makes an exception."""
    with acting_as(leader.id) as by:
        return services.let_go_until(
            by=by,
            override_id=new_id(),
            person_id=person.id,
            until=oslo_today() + timedelta(days=days),
            reason="Vi er alltid to i møtene til kurset er holdt.",
        )


def lines(person: Person, *, seen_by: Person | None = None) -> dict[str, Line]:
    """How somebody stands, by element, as they or another sees it."""
    with acting_as((seen_by or person).id):
        return {line.element: line for line in lines_of(person.id)}


def stands(person: Person, code: str) -> Standing:
    return lines(person)[code].standing


def evidence(seen_by: Person, unit: Unit, rule: str) -> tuple[str, str, dict[str, Any], date | None]:
    """State, reason, figures and last day of a rule for the unit."""
    with acting_as(seen_by.id), connection.cursor() as cursor:
        cursor.execute(
            f"select state, reason, figures::text, runs_out_on from {rule} where unit_id = %s",
            [unit.id],
        )
        state, reason, figures, until = cursor.fetchone()
    return state, reason, json.loads(figures), until
