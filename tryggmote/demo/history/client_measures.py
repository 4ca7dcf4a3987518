"""Two cases about measures towards clients: one in force with its letter, one waiting for the client."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.letters import letter_of, text_of
from tryggmote.client_measures.models import ClientMeasure, Handler, LinkedIncident, Step
from tryggmote.client_measures.vocabulary import How, Outcome, StepKind
from tryggmote.demo.county import FJORDVIK
from tryggmote.demo.history.case_texts import ANSWER, IN_FORCE, REASONS, UNDER_HEARING
from tryggmote.demo.history.clock import at, id_at, workday_before
from tryggmote.demo.history.story import BLOW_DAYS, COUNSELLOR, EXPOSED, OFFICE_LEADER
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.models import Person, Unit

COLLEAGUE = "fjordvik-mottak-stat-2"
_LASTS = timedelta(days=55)
_REVIEWED_AFTER = timedelta(days=27)


@dataclass(frozen=True)
class _Taken:
    """A step as it is told: who took it on which day, and by when the client may answer."""

    kind: StepKind
    by_id: int
    day: date
    fields: dict[str, Any]
    due_on: date | None = None

    @property
    def at(self) -> datetime:
        return at(self.day, 13 * 60 + 10 + 5 * list(StepKind).index(self.kind))


def write_client_measures(ids: dict[str, int], *, seed: int, anchor: date) -> None:
    """The two, of the office in Fjordvik, whose leader decides. The counsellor of the story handles both."""
    chance = random.Random(f"{seed} client measures")
    unit = Unit.objects.get(code=FJORDVIK)
    _write_in_force(ids, unit, anchor, chance)
    _write_under_hearing(ids, unit, anchor, chance)


def _write_in_force(ids: dict[str, int], unit: Unit, anchor: date, chance: random.Random) -> None:
    begun, heard, decided = (workday_before(anchor, days) for days in (BLOW_DAYS - 1, 6, 5))
    counsellor, leader = ids[COUNSELLOR], ids[OFFICE_LEADER]
    case = _begin(
        unit, counsellor, begun, IN_FORCE | _days(decided), chance, case_reference="SAK-2026-0417 (oppdiktet)"
    )
    _take_all(
        case,
        [
            _Taken(StepKind.FOREWARNED, counsellor, begun, {"how": How.DIGITAL}, due_on=heard),
            _Taken(StepKind.ANSWERED, counsellor, heard, {"how": How.PHONE, "text": ANSWER}),
            _Taken(StepKind.SUBMITTED, counsellor, heard, {}),
            _Taken(
                StepKind.DECIDED, leader, decided,
                {"outcome": Outcome.IMPOSED, "text": REASONS, "revision": case.revision},
            ),
            _Taken(StepKind.TOLD, counsellor, decided, {"how": How.DIGITAL}),
        ],
        chance,
    )  # fmt: skip
    rests_on = Incident.objects.filter(
        reporter_id=ids[EXPOSED], natures__0__in=[Nature.THREATENING_CONDUCT, Nature.BLOW_OR_KICK]
    )
    LinkedIncident.objects.bulk_create(
        LinkedIncident(id=id_at(case.created_at, chance), measure=case, incident=incident)
        for incident in rests_on.order_by("happened_at")
    )


def _write_under_hearing(ids: dict[str, int], unit: Unit, anchor: date, chance: random.Random) -> None:
    begun, warned = workday_before(anchor, 4), workday_before(anchor, 1)
    colleague = ids[COLLEAGUE]
    case = _begin(
        unit, colleague, begun, UNDER_HEARING | _days(anchor + timedelta(days=8)), chance,
        case_reference="SAK-2026-0452 (oppdiktet)", letter_language="nn",
    )  # fmt: skip
    due_on = anchor + timedelta(days=7)
    _take_all(
        case,
        [_Taken(StepKind.FOREWARNED, colleague, warned, {"how": How.LETTER}, due_on=due_on)],
        chance,
    )
    Handler.objects.create(
        id=id_at(case.created_at, chance), measure=case, person_id=ids[COUNSELLOR], by_id=colleague
    )


def _days(first: date) -> dict[str, date]:
    return {"from_on": first, "to_on": first + _LASTS, "review_on": first + _REVIEWED_AFTER}


def _begin(
    unit: Unit, by_id: int, day: date, text: dict[str, Any], chance: random.Random, **fields: str
) -> ClientMeasure:
    """The case as it was when the first step was taken. In the database it begins today: see `_take_all`."""
    created_at = at(day, 12 * 60)
    case = ClientMeasure(
        id=id_at(created_at, chance), unit=unit, created_by_id=by_id, rule_version=guidelines().version,
        **{"letter_language": "nb", **text, **fields},
    )  # fmt: skip
    told = {name: getattr(case, name) for name in ("from_on", "to_on", "review_on")}
    for name, value in _days(timezone.localdate()).items():
        setattr(case, name, value)
    case.save(force_insert=True)
    case.created_at = created_at
    for name, value in told.items():
        setattr(case, name, value)
    return case


def _take_all(case: ClientMeasure, taken: Sequence[_Taken], chance: random.Random) -> None:
    """Take the steps, then set the case back to the days it is told of.

    The database dates every step itself and lets nobody decide afterwards what held before; only the owner of
    the tables can move the days.
    """
    steps: list[Step] = []
    for one in taken:
        steps.append(_take(case, one, steps, chance))
    by_kind = {one.kind: one for one in taken}
    ClientMeasure.objects.filter(id=case.id).update(
        from_on=case.from_on, to_on=case.to_on, review_on=case.review_on
    )
    moments = {
        "forewarned_at": StepKind.FOREWARNED,
        "heard_at": StepKind.ANSWERED,
        "submitted_at": StepKind.SUBMITTED,
        "decided_at": StepKind.DECIDED,
    }
    ClientMeasure.objects.filter(id=case.id).update(
        created_at=case.created_at,
        respond_by=by_kind[StepKind.FOREWARNED].due_on,
        told_on=by_kind[StepKind.TOLD].day if StepKind.TOLD in by_kind else None,
        **{column: by_kind[kind].at for column, kind in moments.items() if kind in by_kind},
    )


def _take(case: ClientMeasure, one: _Taken, earlier: list[Step], chance: random.Random) -> Step:
    today = timezone.localdate()
    is_of_a_day = one.kind in (StepKind.FOREWARNED, StepKind.ANSWERED, StepKind.TOLD)
    on = one.day if is_of_a_day else None
    step = Step(id=id_at(one.at, chance), measure=case, by=Person.objects.get(id=one.by_id), kind=one.kind,
                on=on, due_on=one.due_on, **one.fields)  # fmt: skip
    if letter := letter_of(step):
        step.letter = text_of(letter, case, step, steps=earlier, today=one.day)
    step.on, step.due_on = today if is_of_a_day else None, today + timedelta(days=7) if one.due_on else None
    step.save(force_insert=True)
    Step.objects.filter(id=step.id).update(at=one.at, on=on, due_on=one.due_on)
    return step
