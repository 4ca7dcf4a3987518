"""What the fictional offices have written on the action cards (3.2, 3.3, 3.4).

Fjordvik has most of them, Skjærgård and the contact centre some. Granlia has nothing in force yet: the
draft of its safety representative waits.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tryggmote.controls.models import CardAddition, CardAdditionApproval
from tryggmote.demo.county import CONTACT_CENTRE, FJORDVIK, GRANLIA, SKJAERGARD
from tryggmote.demo.history.clock import id_at, in_office_hours, workday_before
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import leaders_of

WRITTEN_IN_DAYS = 6
"""From the first words of a draft until it is approved."""


@dataclass(frozen=True)
class Said:
    """One version of what a unit adds to a card, approved some days before the demo is shown, or a draft."""

    unit: str
    card: str
    by: str
    days_ago: int
    facts: dict[str, str | int] = field(default_factory=dict)
    is_draft: bool = False


_BY_FJORDVIK = "fjordvik-arbeid-stat-1"
_OUT_FJORDVIK = "Sidedøra i mottaket, bakdøra ved kjøkkenet. Trappa bak møterommene går rett ut."
_TOGETHER_FJORDVIK = "Naustet, låses innenfra. Er vi ute: bak rådhuset."
_POLICE_FJORDVIK = "Vekteren, ved varemottaket."
SAID = (
    Said(
        FJORDVIK,
        "violence",
        _BY_FJORDVIK,
        330,
        {"exits": "Sidedøra i mottaket, bakdøra ved kjøkkenet.", "police_minutes": 20},
    ),
    # After an exercise: longer than they had thought, and one more way out.
    Said(
        FJORDVIK,
        "violence",
        _BY_FJORDVIK,
        118,
        {
            "exits": _OUT_FJORDVIK,
            "assembly_point": _TOGETHER_FJORDVIK,
            "police_minutes": 35,
            "meets_police": _POLICE_FJORDVIK,
            "more": "Kortet til bakdøra henger i en rød snor ved kopimaskinen.",
        },
    ),
    Said(
        FJORDVIK,
        "threat",
        _BY_FJORDVIK,
        118,
        {
            "exits": _OUT_FJORDVIK,
            "police_minutes": 35,
            "meets_police": _POLICE_FJORDVIK,
            "more": "Alarmknappene: under skranken, ved døra i hvert samtalerom, i gangen.",
        },
    ),
    Said(
        FJORDVIK,
        "bomb",
        _BY_FJORDVIK,
        118,
        {
            "assembly_point": "Skoleplassen. Ikke foran kontoret.",
            "police_minutes": 35,
            "meets_police": _POLICE_FJORDVIK,
        },
    ),
    Said(
        FJORDVIK,
        "visit",
        "fjordvik-sosial-fjordvik-2",
        60,
        {
            "police_minutes": 50,
            "more": "Ingen dekning innenfor brua. Ring før du kjører inn, og når du er ute.",
        },
    ),
    Said(
        SKJAERGARD,
        "violence",
        "skjaergard-nav-leder",
        150,
        {
            "exits": "Hovuddøra og nauddøra mot kaia.",
            "assembly_point": "Butikken ved ferjekaia.",
            "police_minutes": 90,
            "meets_police": "Den som ringde, på kaia.",
            "more": "Lensmannen kjem med båt. Rekn med å klare oss sjølve.",
        },
    ),
    Said(
        CONTACT_CENTRE,
        "phone",
        "kontaktsenter-telefon-stat-3",
        90,
        {"more": "Vink med det røde arket. Teamlederen ringer kontoret det gjelder."},
    ),
    Said(
        CONTACT_CENTRE,
        "suicide",
        "kontaktsenter-telefon-stat-3",
        40,
        {"more": "Teamlederen ringer 113 fra sin plass og holder begge linjer til helsehjelp har tatt over."},
    ),
    Said(
        GRANLIA,
        "threat",
        "granlia-arbeid-stat-2",
        8,
        {"exits": "Hovedinngangen. Døra bak arkivet, hvis den kan låses opp.", "police_minutes": 45},
        is_draft=True,
    ),
)


def write_action_cards(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write the additions with their versions and approvals. `ids`: people by key."""
    chance = random.Random(f"{seed} action cards")
    units = {unit.code: unit.id for unit in Unit.objects.all()}
    numbers: dict[tuple[str, str], int] = {}
    for said in SAID:
        number = numbers[said.unit, said.card] = numbers.get((said.unit, said.card), 0) + 1
        addition = _written(said, units[said.unit], ids[said.by], number, anchor, chance)
        if not said.is_draft:
            _approve(addition, said, anchor, chance)


def _written(
    said: Said, unit_id: int, by_id: int, number: int, anchor: date, chance: random.Random
) -> CardAddition:
    begun = in_office_hours(workday_before(anchor, said.days_ago + WRITTEN_IN_DAYS), chance)
    return CardAddition.objects.create(
        id=id_at(begun, chance),
        unit_id=unit_id,
        card=said.card,
        number=number,
        by_id=by_id,
        at=begun,
        saved_with=id_at(begun, chance),
        ready_at=begun + timedelta(hours=2),
        **said.facts,
    )


def _approve(addition: CardAddition, said: Said, anchor: date, chance: random.Random) -> None:
    moment = in_office_hours(workday_before(anchor, said.days_ago), chance)
    CardAdditionApproval.objects.create(
        id=id_at(moment, chance),
        addition=addition,
        revision=addition.revision,
        by_id=leaders_of(addition.unit_id)[0].person_id,
        at=moment,
    )
