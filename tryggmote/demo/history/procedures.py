"""The procedures of the fictional offices, and who has read them (2.3, 2.4, AML § 3-2).

Fjordvik adds its own words to one of the county; Granlia has come no further than a draft.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from dateutil.relativedelta import relativedelta

from tryggmote.controls.models import Procedure, ProcedureApproval, ProcedureReading, ProcedureVersion
from tryggmote.controls.procedure_rules import REVIEW_MONTHS
from tryggmote.demo.history.clock import id_at, in_office_hours, workday_before
from tryggmote.demo.history.procedure_texts import PLANS, Plan, Text
from tryggmote.demo.history.readership import Readership, read_at
from tryggmote.information.queries import audience_of
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import leaders_of

WRITTEN_IN_DAYS = 9
"""From the first words of a draft until it is approved."""


@dataclass(frozen=True)
class _Shelf:
    """Where the procedures go, and who reads them. `written` and `readers`: of what is there, by title."""

    ids: Mapping[str, int]
    readership: Readership
    anchor: date
    until: datetime
    chance: random.Random
    written: dict[str, Procedure]
    readers: dict[UUID, list[int]]


def write_procedures(
    ids: Mapping[str, int], readership: Readership, *, seed: int, anchor: date, until: datetime
) -> None:
    """Write the procedures with their versions, and what was read before `until`. `ids`: people by key."""
    chance = random.Random(f"{seed} procedures")
    shelf = _Shelf(ids, readership, anchor, until, chance, written={}, readers={})
    units = {unit.code: unit.id for unit in Unit.objects.all()}
    for plan in PLANS:
        _write(plan, units[plan.unit], shelf)


def _write(plan: Plan, unit_id: int, shelf: _Shelf) -> None:
    begun = _begun(plan.texts[0], shelf)
    procedure = Procedure.objects.create(
        id=id_at(begun, shelf.chance),
        unit_id=unit_id,
        title=plan.title,
        kind=plan.kind,
        forms=list(plan.forms),
        parent=shelf.written[plan.adds_to] if plan.adds_to else None,
        created_by_id=shelf.ids[plan.by],
        created_at=begun,
    )
    shelf.written[plan.title] = procedure
    leader_id = leaders_of(unit_id)[0].person_id
    shelf.readers[procedure.id] = _readers(procedure, {leader_id, shelf.ids[plan.by]}, shelf)
    for number, text in enumerate(plan.texts, start=1):
        version = _version(number, text, plan, procedure, shelf)
        if not text.is_draft:
            approval = _approve(version, text, leader_id, shelf)
            procedure.refresh_from_db()
            _read(procedure, approval, shelf)


def _begun(text: Text, shelf: _Shelf) -> datetime:
    return in_office_hours(workday_before(shelf.anchor, text.days_ago + WRITTEN_IN_DAYS), shelf.chance)


def _version(number: int, text: Text, plan: Plan, procedure: Procedure, shelf: _Shelf) -> ProcedureVersion:
    at = procedure.created_at if number == 1 else _begun(text, shelf)
    return ProcedureVersion.objects.create(
        id=id_at(at, shelf.chance),
        procedure=procedure,
        number=number,
        text=text.words,
        change_note=text.note,
        by_id=shelf.ids[plan.by],
        at=at,
        saved_with=id_at(at, shelf.chance),
        ready_at=None if text.is_draft else at + timedelta(hours=2),
    )


def _approve(version: ProcedureVersion, text: Text, leader_id: int, shelf: _Shelf) -> ProcedureApproval:
    moment = in_office_hours(workday_before(shelf.anchor, text.days_ago), shelf.chance)
    return ProcedureApproval.objects.create(
        id=id_at(moment, shelf.chance),
        version=version,
        revision=version.revision,
        by_id=leader_id,
        at=moment,
        review_on=moment.date() + relativedelta(months=REVIEW_MONTHS),
    )


def _readers(procedure: Procedure, also: set[int], shelf: _Shelf) -> list[int]:
    """Those who read it: of an addition, those who have read what it adds to."""
    audience = sorted(audience_of(procedure.unit_id))
    if procedure.parent_id:
        known = also.union(shelf.readers[procedure.parent_id])
        return [person for person in audience if person in known]
    return shelf.readership.pick(audience, shelf.chance, also=also)


def _read(procedure: Procedure, approval: ProcedureApproval, shelf: _Shelf) -> None:
    """Whoever approves has read it. With an addition one confirms what it adds to as well, unless one has."""
    moments = {person: read_at(approval.at, shelf.chance) for person in shelf.readers[procedure.id]}
    moments[approval.by_id] = approval.at
    parts = [part for part in (procedure, procedure.parent) if part]
    ProcedureReading.objects.bulk_create(
        (
            ProcedureReading(procedure=part, number=part.in_force_number or 0, person_id=person, at=moment)
            for part in parts
            for person, moment in moments.items()
            if moment < shelf.until
        ),
        ignore_conflicts=True,
    )
