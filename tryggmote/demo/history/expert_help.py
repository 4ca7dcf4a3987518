"""What the office of Fjordvik has asked experts: one answer that was used, two that are awaited (1.2)."""

import random
from datetime import date, timedelta

from tryggmote.demo.county import FJORDVIK
from tryggmote.demo.history.clock import id_at, in_office_hours, later, workday_before
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest, UsedIn
from tryggmote.expertise.vocabulary import Kind
from tryggmote.organisation.models import Unit
from tryggmote.organisation.roles import Role
from tryggmote.organisation.standing import holders_of, leaders_of, representatives_of
from tryggmote.risk.models import Assessment

ROOMS = (
    "Vi har tre samtalerom uten vindu mot gangen. Hva bør vi endre først for at den som sitter der, skal "
    "kunne bli sett og komme seg ut?"
)
ROOMS_ANSWER = (
    "Begynn med å flytte den ansattes plass nærmest døra i alle tre. Sett inn felt av klart glass i dørene. "
    "Rom 2 bør ikke brukes til samtaler der det skal gis avslag, før det har to utganger."
)
ROAD = "Hvor lang tid tar det før noen kan være hos oss på kveldstid, og hva skal vi si når vi ringer?"
PATH = "Personalinngangen ligger skjult. Kan dere se på lys og kamera sammen med oss før det blir mørkt?"


def write_expert_help(*, seed: int, anchor: date) -> None:
    """Write the questions, and the answer that came."""
    chance = random.Random(f"{seed} expert help")
    unit = Unit.objects.get(code=FJORDVIK)
    leader_id = leaders_of(unit.id)[0].person_id
    representative_id = representatives_of(unit.id)[0].person_id
    answered = _ask(unit, Kind.OCCUPATIONAL_HEALTH, ROOMS, leader_id, workday_before(anchor, 84), chance)
    _answer(answered, chance)
    _ask(unit, Kind.POLICE, ROAD, leader_id, workday_before(anchor, 12), chance)
    _ask(unit, Kind.SECURITY, PATH, representative_id, workday_before(anchor, 9), chance)


def _ask(
    unit: Unit, kind: Kind, question: str, by_id: int, day: date, chance: random.Random
) -> ExpertRequest:
    asked_at = in_office_hours(day, chance)
    return ExpertRequest.objects.create(
        id=id_at(asked_at, chance),
        unit=unit,
        kind=kind,
        question=question,
        wanted_by=day + timedelta(days=21),
        asked_by_id=by_id,
        asked_at=asked_at,
    )


def _answer(request: ExpertRequest, chance: random.Random) -> None:
    expert = holders_of(request.unit_id, [Role.OCCUPATIONAL_HEALTH])[0]
    answered_at = later(request.asked_at, 9, chance)
    ExpertAnswer.objects.create(
        id=id_at(answered_at, chance),
        request=request,
        text=ROOMS_ANSWER,
        answered_on=answered_at.date(),
        is_own=True,
        by_id=expert.person_id,
        at=answered_at,
    )
    used_at = later(answered_at, 5, chance)
    assessment = Assessment.objects.filter(unit_id=request.unit_id).order_by("created_at", "id").first()
    if assessment:
        UsedIn.objects.create(
            id=id_at(used_at, chance),
            request=request,
            assessment=assessment,
            by_id=request.asked_by_id,
            at=used_at,
        )
