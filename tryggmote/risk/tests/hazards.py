"""Short ways to say what tests of hazards need."""

from datetime import datetime, timedelta
from typing import Any

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.organisation.models import Person, Unit
from tryggmote.risk import inbox
from tryggmote.risk.inbox import DecisionDraft, HazardDraft
from tryggmote.risk.models import Hazard, HazardDecision
from tryggmote.risk.rules import hazard_due
from tryggmote.risk.vocabulary import Outcome, Source

DOOR = "Døra mellom mottaket og kontorene blir stående åpen."
TEN_WORKDAYS = timedelta(days=16)


def raised_by(person: Person, unit: Unit, *, at: datetime | None = None, **answers: Any) -> Hazard:
    """A hazard this person has raised; `at`: as if it was then."""
    given = {"id": new_id(), "unit_id": unit.id, "what": DOOR, "forms": ("reception",), **answers}
    with acting_as(person.id) as by:
        hazard = inbox.raise_hazard(by=by, draft=HazardDraft(**given))
    if at:
        Hazard.objects.filter(id=hazard.id).update(raised_at=at, due_at=hazard_due(at))
    return Hazard.objects.get(id=hazard.id)


def decided_by(person: Person, hazard: Hazard, **answers: Any) -> HazardDecision:
    """This person decides about the hazard: that it is not taken in, if nothing else is said."""
    given = {"id": new_id(), "outcome": Outcome.DECLINED, "answer": "Døra er reparert.", **answers}
    with acting_as(person.id) as by:
        seen = Hazard.objects.get(id=hazard.id)
        return inbox.decide_hazard(by=by, hazard=seen, draft=DecisionDraft(**given))


def merged_by(person: Person, hazard: Hazard, other: Hazard, **answers: Any) -> HazardDecision:
    """This person says that the hazard is the same as the other one."""
    merge = {"outcome": Outcome.MERGED, "merged_into_id": other.id, "answer": "Det samme som en annen."}
    return decided_by(person, hazard, **merge, **answers)


def from_a_source(unit: Unit, person: Person, **answers: Any) -> Hazard:
    """A hazard that something this person reported has brought."""
    source_id = new_id()
    given = {
        "source": Source.INCIDENT,
        "source_id": source_id,
        "unit_id": unit.id,
        "raised_by_id": person.id,
        "what": "Mottak: utskjelling",
        "forms": ["reception"],
        **answers,
    }
    with acting_as(person.id):
        inbox.raise_from(**given)
    return Hazard.objects.get(source_id=given["source_id"])
