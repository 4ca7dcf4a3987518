"""Agreements on who co-ordinates the safety work of the employers in an office (AML § 2-2).

Skjærgård's is signed by both employers and gone through; Fjordvik's waits for the municipality; Granlia,
where three employers work side by side, has none.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tryggmote.controls.models import Agreement, AgreementReview, AgreementSigning
from tryggmote.demo.county import (
    FJORDVIK,
    FJORDVIK_MUNICIPALITY,
    SKJAERGARD,
    SKJAERGARD_MUNICIPALITY,
    STATE,
)
from tryggmote.demo.history.clock import id_at, in_office_hours, workday_before
from tryggmote.organisation.models import Unit


@dataclass(frozen=True)
class Signed:
    """A leader signed for an employer, some days before the demo is shown."""

    employer: str
    by: str
    days_ago: int


@dataclass(frozen=True)
class Plan:
    """One agreement. `co_ordinator` proposed it; people and units by key."""

    office: str
    employers: tuple[str, ...]
    co_ordinator: str
    proposed_days_ago: int
    signed: tuple[Signed, ...]
    text: str
    reviewed_days_ago: int | None = None


PLANS = (
    Plan(
        SKJAERGARD,
        (STATE, SKJAERGARD_MUNICIPALITY),
        "skjaergard-nav-leder",
        330,
        (
            Signed(SKJAERGARD_MUNICIPALITY, "skjaergard-nav-leder", 330),
            Signed(STATE, "fylkesdirektor", 320),
        ),
        "Nav-leiaren samordnar vernearbeidet for alle på kontoret, same kven som er arbeidsgivar.\n\n"
        "Vi vurderer risiko i lag, og begge arbeidsgivarane får vurderinga.\n"
        "Rutinar og tiltak mot vald og trugsmål gjeld alle på kontoret.\n"
        "Nav-leiaren les og svarer på alle meldingar, og seier frå til den andre arbeidsgivaren.\n"
        "Verneombodet er felles for heile kontoret og er med frå starten.\n"
        "Vi går gjennom avtalen kvart år.",
        reviewed_days_ago=45,
    ),
    Plan(
        FJORDVIK,
        (STATE, FJORDVIK_MUNICIPALITY),
        "fjordvik-nav-leder-stat",
        27,
        (Signed(STATE, "fjordvik-nav-leder-stat", 26),),
        "Nav-lederen for de statlig ansatte samordner vernearbeidet på kontoret.\n\n"
        "Mottaket, samtalerommene og alarmene er felles, og vi vurderer risikoen ved dem sammen.\n"
        "En rutine som begge lederne har lest, gjelder for alle, også vikarer.\n"
        "Den daglige lederen følger opp en melding samme dag. Lederen hos den ansattes egen arbeidsgiver "
        "får beskjed.\n"
        "Begge verneombudene er med når vi vurderer risiko og går gjennom lokalene.\n"
        "Blir vi uenige om et tiltak, bruker vi det strengeste til vi har snakket sammen.",
    ),
)


def write_agreements(ids: Mapping[str, int], *, seed: int, anchor: date) -> None:
    """Write the agreements with what has been signed. `ids`: people by key."""
    chance = random.Random(f"{seed} agreements")
    units = {unit.code: unit.id for unit in Unit.objects.all()}
    for plan in PLANS:
        _write(plan, units, ids, anchor, chance)


def _write(
    plan: Plan, units: Mapping[str, int], ids: Mapping[str, int], anchor: date, chance: random.Random
) -> None:
    proposed = in_office_hours(workday_before(anchor, plan.proposed_days_ago), chance)
    agreement = Agreement.objects.create(
        id=id_at(proposed, chance),
        unit_id=units[plan.office],
        employer_ids=sorted(units[employer] for employer in plan.employers),
        co_ordinator_id=ids[plan.co_ordinator],
        text=plan.text,
        from_on=proposed.date() + timedelta(days=14),
        created_by_id=ids[plan.co_ordinator],
        created_at=proposed,
    )
    for signed in plan.signed:  # one by one: the last to sign is what makes it hold
        day = workday_before(anchor, signed.days_ago)
        moment = max(proposed + timedelta(minutes=12), in_office_hours(day, chance))
        AgreementSigning.objects.create(
            id=id_at(moment, chance),
            agreement=agreement,
            by_id=ids[signed.by],
            employer_id=units[signed.employer],
            at=moment,
        )
    if plan.reviewed_days_ago is not None:
        moment = in_office_hours(workday_before(anchor, plan.reviewed_days_ago), chance)
        AgreementReview.objects.create(
            id=id_at(moment, chance), agreement=agreement, by_id=ids[plan.co_ordinator], at=moment
        )
