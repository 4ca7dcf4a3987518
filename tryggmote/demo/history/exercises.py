"""Exercises in the fictional offices (4.1): Fjordvik's reception has held one and Skjærgård plans one.

Fjordvik's is the one whose drill stands among the calls; what was found in it led to a measure that works.
The contact centre has none: its leader is asked for one.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from tryggmote.assistance.models import Call
from tryggmote.assistance.vocabulary import Purpose
from tryggmote.controls.models import Establishment, Evaluation, Measure
from tryggmote.controls.vocabulary import Effect, MeasureKind, OriginKind, Rung
from tryggmote.demo.history.calls import RECEPTION
from tryggmote.demo.history.calls import SKJAERGARD as SKJAERGARD_OFFICE
from tryggmote.demo.history.clock import at, id_at, in_office_hours, later, workday_before
from tryggmote.exercises import library
from tryggmote.exercises.models import Drill, Exercise, Finding, Objective, Observation, Participant, Step
from tryggmote.exercises.models import Evaluation as Opinion
from tryggmote.exercises.vocabulary import Becomes, Part, Reached, StepKind, Way
from tryggmote.organisation.models import Unit
from tryggmote.organisation.queries import colleagues
from tryggmote.organisation.standing import leaders_of, representatives_of
from tryggmote.organisation.workdays import add_workdays

SUGGESTED_DAYS_AGO = 110
IN_WORKDAYS = 9
TAKING_PART = tuple(f"{RECEPTION}-stat-{number}" for number in range(1, 6))
LEADS, OBSERVES = f"{RECEPTION}-leder", f"{RECEPTION}-fjordvik-1"
SEEN = (
    (1, "Den i skranken trakk stolen bakover med en gang. Det ga tid."),
    (2, "Alarmen ble trykket, men to på bakrommet trodde det var brannalarmen."),
    (3, "Ingen hadde ansvaret for barnet før vi sa det høyt."),
)
FOUND = "Alarmen for vold og brannalarmen lyder likt på bakrommet."
MEASURE = "Gi alarmen for vold en egen lyd på bakrommet"
WORKS = "Øvd på nytt: Alle gikk riktig vei da den nye lyden gikk."
ALREADY = "Vi mangler et sted å gå med barn fra ventesonen."
ALREADY_BECAUSE = "Møterom 4 er avtalt, og står i tiltakskortet nå."
LEARNED = (
    "Vi kommer fort nok, men bare hvis vi vet hvilken alarm det er. Én går fram, én tar med seg de andre ut. "
    "Det sier vi høyt fra nå av."
)
OPINIONS = (
    ("yes", "yes", "yes", "premises", "Lyden må være en annen enn brannalarmen."),
    ("yes", "partly", "yes", "practice", ""),
    ("partly", "yes", "yes", "premises", ""),
    ("yes", "yes", "partly", "procedures", "Fint at vi tok samtalen med en gang."),
    ("yes", "no", "yes", "practice", ""),
)


def write_exercises(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write both, with what was seen, found and learned in the one that is held. Calls are written before."""
    chance = random.Random(f"{seed} exercises")
    _hold(ids, anchor, chance)
    _plan(anchor, chance)


def _exercise(unit: Unit, scenario: str, way: Way, starts_at: datetime, by_id: int, planned_at: datetime,
              chance: random.Random) -> Exercise:  # fmt: skip
    played = library.current().find(scenario)
    assert played, "the demo exercises what the library holds"
    exercise = Exercise.objects.create(
        id=id_at(planned_at, chance),
        unit=unit,
        version=library.current().version,
        scenario=scenario,
        way=way,
        forms=[form.value for form in played.forms],
        starts_at=starts_at,
        place="Mottaket etter stengetid" if way is Way.PRACTICAL else "Møterommet",
        planned_by_id=by_id,
        planned_at=planned_at,
    )
    for number in range(1, len(played.objectives) + 1):
        Objective.objects.create(id=id_at(planned_at, chance), exercise=exercise, number=number)
    return exercise


def _step(exercise: Exercise, kind: StepKind, moment: datetime, by_id: int, chance: random.Random,
          **details: object) -> None:  # fmt: skip
    Step.objects.create(
        id=id_at(moment, chance), exercise=exercise, kind=kind, by_id=by_id, at=moment, **details
    )


def _take_in(exercise: Exercise, parts: Mapping[int, Part], *, attended: bool | None) -> None:
    Participant.objects.bulk_create(
        Participant(
            exercise=exercise, person_id=person_id, part=part, attended=attended, by_id=exercise.planned_by_id
        )
        for person_id, part in parts.items()
    )


def _hold(ids: Mapping[str, int], anchor: date, chance: random.Random) -> None:
    """The drill of the reception some three months ago, and all that was around it."""
    drill = Call.objects.filter(unit__code=RECEPTION, purpose=Purpose.DRILL).order_by("raised_at")[1]
    leader_id = ids[LEADS]
    started = drill.raised_at - timedelta(minutes=6)
    planned = in_office_hours(workday_before(anchor, SUGGESTED_DAYS_AGO), chance)
    exercise = _exercise(drill.unit, "reception_threat", Way.PRACTICAL, started, leader_id, planned, chance)
    taking_part = [ids[key] for key in TAKING_PART]
    parts = {leader_id: Part.LEADS, ids[OBSERVES]: Part.OBSERVES} | dict.fromkeys(
        taking_part, Part.TAKES_PART
    )
    _take_in(exercise, parts, attended=True)
    _step(exercise, StepKind.DECIDED, planned + timedelta(minutes=4), leader_id, chance)
    _step(exercise, StepKind.STARTED, started, leader_id, chance)
    for number, inject in enumerate(exercise.played.injects, 1):
        given = started + timedelta(minutes=inject.minute + 1)
        _step(exercise, StepKind.INJECT, given, leader_id, chance, number=number)
    for number, words in SEEN:
        seen = started + timedelta(minutes=5 * number)
        Observation.objects.create(
            id=id_at(seen, chance),
            exercise=exercise,
            inject=number,
            words=words,
            by_id=ids[OBSERVES],
            at=seen,
        )
    Drill.objects.create(
        id=id_at(drill.raised_at, chance), exercise=exercise, call_id=drill.id, by_id=drill.caller_id,
        at=drill.raised_at,
    )  # fmt: skip
    held = started + timedelta(minutes=38)
    _step(exercise, StepKind.HELD, held, leader_id, chance)
    _evaluate(exercise, taking_part, held, chance)
    _settle(exercise, leader_id, held, chance)


def _evaluate(exercise: Exercise, people: list[int], held: datetime, chance: random.Random) -> None:
    for person_id, (understood, knew_how, safer, change, words) in zip(people, OPINIONS, strict=True):
        Opinion.objects.create(
            id=id_at(later(held, 1, chance), chance), exercise=exercise, person_id=person_id,
            understood=understood, knew_how=knew_how, safer=safer, change=change, words=words,
        )  # fmt: skip


def _settle(exercise: Exercise, leader_id: int, held: datetime, chance: random.Random) -> None:
    for objective, reached in zip(
        exercise.objectives.order_by("number"), (Reached.YES, Reached.PARTLY, Reached.YES), strict=True
    ):
        objective.reached = reached
        objective.save(update_fields=["reached"])
    found = held + timedelta(minutes=12)
    for words, became, reason in ((FOUND, Becomes.MEASURE, ""), (ALREADY, Becomes.NOTHING, ALREADY_BECAUSE)):
        finding = Finding.objects.create(
            id=id_at(found, chance), exercise=exercise, words=words, became=became, reason=reason,
            by_id=leader_id, at=found, decided_by_id=leader_id, decided_at=found,
        )  # fmt: skip
        if became is Becomes.MEASURE:
            _measure(exercise, finding, chance)
    closed = later(held, 3, chance)
    _step(exercise, StepKind.CLOSED, closed, leader_id, chance, words=LEARNED)


def _measure(exercise: Exercise, finding: Finding, chance: random.Random) -> None:
    owner_id, planned = finding.by_id, finding.at
    measure = Measure.objects.create(
        id=id_at(planned, chance),
        unit=exercise.unit,
        title=MEASURE,
        what=finding.words,
        kind=MeasureKind.CALLING_HELP,
        hierarchy=Rung.DESIGN,
        forms=exercise.forms,
        origin_kind=OriginKind.EXERCISE,
        origin_id=finding.id,
        origin_words=str(exercise.played.title.nb),
        owner_id=owner_id,
        due_on=(planned + timedelta(days=30)).date(),
        created_by_id=owner_id,
        created_at=planned,
    )
    done, judged = later(planned, 14, chance), later(planned, 40, chance)
    Establishment.objects.create(id=id_at(done, chance), measure=measure, by_id=owner_id, at=done)
    Evaluation.objects.create(
        id=id_at(judged, chance),
        measure=measure,
        effect=Effect.REDUCED,
        words=WORKS,
        by_id=owner_id,
        at=judged,
    )


def _plan(anchor: date, chance: random.Random) -> None:
    """Skjærgård talks through a home visit next week; its representative observes."""
    unit = Unit.objects.get(code=SKJAERGARD_OFFICE)
    leader_id = leaders_of(unit.id)[0].person_id
    planned = in_office_hours(workday_before(anchor, 5), chance)
    day = add_workdays(at(anchor, 13 * 60), IN_WORKDAYS).date()
    exercise = _exercise(unit, "home_visit_turns", Way.TABLETOP, at(day, 13 * 60), leader_id, planned, chance)
    everybody = colleagues(unit.id, anchor).values_list("id", flat=True)
    observers = {each.person_id for each in representatives_of(unit.id)}
    parts = (
        dict.fromkeys(everybody, Part.TAKES_PART)
        | dict.fromkeys(observers, Part.OBSERVES)
        | {leader_id: Part.LEADS}
    )
    _take_in(exercise, parts, attended=None)
    _step(exercise, StepKind.DECIDED, planned + timedelta(minutes=9), leader_id, chance)
