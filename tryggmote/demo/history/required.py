"""What the fictional offices have chosen for what must be in place (3.2, 3.3, 3.4).

Fjordvik has chosen for most of it and left a little open; Skjærgård and the contact centre for the telephone.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from tryggmote.controls.models import Establishment, Evaluation, Measure
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, Effect, MeasureKind
from tryggmote.demo.county import CONTACT_CENTRE, FJORDVIK, SKJAERGARD
from tryggmote.demo.history.clock import id_at, in_office_hours, later, workday_before
from tryggmote.demo.history.episodes import Words
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import leaders_of
from tryggmote.residual.models import Filling

ESTABLISHED_DAYS_AGO = 300
CHOSEN_DAYS_AGO = 40
EVALUATED_AFTER_DAYS = 60
WORKS = Words(
    "Vi har prøvd det i øvelse, og de ansatte sier at det virker.",
    "Vi har prøvd det i øving, og dei tilsette seier at det verkar.",
)


@dataclass(frozen=True)
class Chosen:
    """A measure of an office, and what it was chosen for: an element in these meeting forms."""

    office: str
    title: str
    kind: MeasureKind
    element: str
    forms: tuple[str, ...]


_INSIDE = ("reception", "planned", "group")
_OUTSIDE = ("home_visit", "others_premises", "outdoors", "driving")
MEASURES = (
    Chosen(
        FJORDVIK,
        "Alarmknapper i skranken, samtalerommene og møterommet",
        MeasureKind.CALLING_HELP,
        "calling_help",
        _INSIDE,
    ),
    Chosen(
        FJORDVIK,
        "Fastmonterte møbler og fri vei til to utganger",
        MeasureKind.DESIGN,
        "layout",
        ("reception", "planned"),
    ),
    Chosen(FJORDVIK, "Stoler i hestesko med døra bak den ansatte", MeasureKind.DESIGN, "layout", ("group",)),
    Chosen(
        FJORDVIK,
        "Verneskjold bak skranken, og avtale om når det brukes",
        MeasureKind.EQUIPMENT,
        "protective",
        _INSIDE,
    ),
    Chosen(
        FJORDVIK,
        "Bærbar alarm med posisjon til alle som skal ut",
        MeasureKind.CALLING_HELP,
        "calling_help",
        _OUTSIDE,
    ),
    Chosen(
        FJORDVIK,
        "Refleksvest og førstehjelpsutstyr i begge bilene",
        MeasureKind.EQUIPMENT,
        "protective",
        ("driving", "others_premises"),
    ),
    Chosen(
        FJORDVIK,
        "Kollega lytter inn når du vinker med det røde arket",
        MeasureKind.CALLING_HELP,
        "calling_help",
        ("telephone", "video"),
    ),
    Chosen(
        SKJAERGARD,
        "Kollega tek over telefonen når du rekkjer opp handa",
        MeasureKind.CALLING_HELP,
        "calling_help",
        ("telephone",),
    ),
    Chosen(
        CONTACT_CENTRE,
        "Teamlederen kobler seg på samtalen fra sin plass",
        MeasureKind.CALLING_HELP,
        "calling_help",
        ("telephone",),
    ),
)
CARDS = (
    ("alert_threat", "threat", _INSIDE),
    ("alert_violence", "violence", _INSIDE),
    ("evacuation", "visit", ("home_visit", "others_premises", "outdoors")),
)
"""The action cards Fjordvik has written on, and what they were chosen for. Driving has none yet."""


def write_required(*, seed: int, anchor: date) -> None:
    """Write the measures and the choices."""
    chance = random.Random(f"{seed} required")
    units = {unit.code: unit for unit in Unit.objects.all()}
    leaders = {
        code: leaders_of(units[code].id)[0].person_id for code in (FJORDVIK, SKJAERGARD, CONTACT_CENTRE)
    }
    moment = in_office_hours(workday_before(anchor, CHOSEN_DAYS_AGO), chance)
    for chosen in MEASURES:
        by_id = leaders[chosen.office]
        measure = _measure(chosen, units[chosen.office], by_id, anchor, chance)
        _fill(units[chosen.office], by_id, moment, chosen.element, chosen.forms, chance, measure=measure)
    for element, card, forms in CARDS:
        _fill(units[FJORDVIK], leaders[FJORDVIK], moment, element, forms, chance, card=card)


def _measure(chosen: Chosen, unit: Unit, by_id: int, anchor: date, chance: random.Random) -> Measure:
    planned = in_office_hours(workday_before(anchor, ESTABLISHED_DAYS_AGO + 30), chance)
    established = in_office_hours(workday_before(anchor, ESTABLISHED_DAYS_AGO), chance)
    measure = Measure.objects.create(
        id=id_at(planned, chance),
        unit=unit,
        title=chosen.title,
        kind=chosen.kind,
        hierarchy=SUGGESTED_RUNG[chosen.kind],
        forms=list(chosen.forms),
        owner_id=by_id,
        due_on=established.date(),
        created_by_id=by_id,
        created_at=planned,
    )
    Establishment.objects.create(id=id_at(established, chance), measure=measure, by_id=by_id, at=established)
    evaluated = later(established, EVALUATED_AFTER_DAYS, chance)
    Evaluation.objects.create(
        id=id_at(evaluated, chance),
        measure=measure,
        by_id=by_id,
        effect=Effect.REDUCED,
        words=WORKS.in_language("nn" if chosen.office == SKJAERGARD else "nb"),
        at=evaluated,
    )
    return measure


def _fill(
    unit: Unit,
    by_id: int,
    moment: datetime,
    element: str,
    forms: Iterable[str],
    chance: random.Random,
    *,
    measure: Measure | None = None,
    card: str = "",
) -> None:
    Filling.objects.bulk_create(
        Filling(
            id=id_at(moment, chance),
            unit=unit,
            element=element,
            form=form,
            measure=measure,
            card=card,
            by_id=by_id,
            at=moment,
        )
        for form in forms
    )
