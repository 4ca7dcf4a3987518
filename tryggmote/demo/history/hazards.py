"""The hazard inboxes of the fictional offices: some hazards wait, one too long, some are answered (2.1)."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tryggmote.demo.county import CONTACT_CENTRE, SKJAERGARD
from tryggmote.demo.history.clock import id_at, in_office_hours, later, workdays
from tryggmote.demo.history.episodes import Words
from tryggmote.encounters.hazards import source_of
from tryggmote.encounters.hazards import words_of as report_words
from tryggmote.encounters.models import RiskReport
from tryggmote.incidents.hazards import words_of as incident_words
from tryggmote.incidents.models import Incident
from tryggmote.organisation.models import Unit, Workforce
from tryggmote.organisation.standing import deciders_of, leaders_above
from tryggmote.risk import rules
from tryggmote.risk.models import Hazard, HazardDecision, HazardEscalation, Scenario
from tryggmote.risk.queries import units_around
from tryggmote.risk.vocabulary import Outcome, Source

MOTTAK = "fjordvik-mottak"


@dataclass(frozen=True)
class Answered:
    """What became of it, and how many working days after it was raised."""

    outcome: Outcome
    workdays: int
    answer: Words


@dataclass(frozen=True)
class Concern:
    """A hazard somebody raised. `workdays_ago`: before the day the demo is shown."""

    unit: str
    by: str
    workdays_ago: int
    form: str
    what: Words
    answered: Answered | None = None


CONCERNS = (
    Concern(
        MOTTAK, "fjordvik-mottak-stat-1", 18, "reception",
        Words(
            "Døra mellom mottaket og kontorene blir stående åpen i lunsjen, så hvem som helst kan gå inn.",
            "Døra mellom mottaket og kontora blir ståande open i lunsjen, så kven som helst kan gå inn.",
        ),
        Answered(
            Outcome.ASSESSED, 4,
            Words(
                "Takk for at du sa fra. Det er med i vurderingen av mottaket nå. Døra får lukker denne uka.",
                "Takk for at du sa frå. Det er med i vurderinga av mottaket no. Døra får lukkar denne veka.",
            ),
        ),
    ),
    Concern(
        MOTTAK, "fjordvik-mottak-fjordvik-1", 15, "reception",
        Words(
            "Låsen i døra inn til kontorene smekker ikke i av seg selv.",
            "Låsen i døra inn til kontora smett ikkje i av seg sjølv.",
        ),
        Answered(
            Outcome.MERGED, 3,
            Words(
                "Takk for at du sa fra. En kollega har meldt den samme døra, og vi vurderer det under ett.",
                "Takk for at du sa frå. Ein kollega har meldt den same døra, og vi vurderer det under eitt.",
            ),
        ),
    ),
    Concern(
        MOTTAK, "fjordvik-mottak-stat-2", 4, "reception",
        Words(
            "Sakser og hullemaskin ligger fremme på skranken og kan kastes eller brukes til å stikke med.",
            "Sakser og holemaskin ligg framme på skranken og kan kastast eller brukast til å stikke med.",
        ),
    ),
    Concern(
        "granlia-arbeid", "granlia-arbeid-stat-3", 16, "planned",
        Words(
            "Flere har hatt kniv i sekken når de kom til samtale. Vi har aldri vurdert hva vi gjør da.",
            "Fleire har hatt kniv i sekken når dei kom til samtale. Vi har aldri vurdert kva vi gjer då.",
        ),
    ),
    Concern(
        SKJAERGARD, "skjaergard-3", 12, "home_visit",
        Words(
            "Det er glatt på parkeringsplassen når vi drar på hjemmebesøk.",
            "Det er glatt på parkeringsplassen når vi dreg på heimebesøk.",
        ),
        Answered(
            Outcome.DECLINED, 2,
            Words(
                "Takk. Det handler ikke om vold og trusler, så vi tar det i HMS-runden. Drift strør nå.",
                "Takk. Det handlar ikkje om vald og trugsmål, så vi tek det i HMS-runden. Drift strør no.",
            ),
        ),
    ),
    Concern(
        f"{CONTACT_CENTRE}-telefon", "kontaktsenter-telefon-stat-2", 6, "telephone",
        Words(
            "Når vi ringer ut fra hjemmekontor, vises noen ganger det private nummeret.",
            "Når vi ringjer ut frå heimekontor, blir det private nummeret vist nokre gonger.",
        ),
    ),
)  # fmt: skip


def write_hazards(
    ids: Mapping[str, int],
    incidents: Sequence[Incident],
    reports: Sequence[RiskReport],
    *,
    seed: int,
    anchor: date,
    until: datetime,
) -> None:
    """Write what people raised, and the hazards of the last incident in a reception and of the last report.

    `ids`: people by key. What nobody had judged before the deadline was passed on.
    """
    chance = random.Random(f"{seed} hazards")
    units = {unit.code: unit for unit in Unit.objects.all()}
    days = workdays(anchor - timedelta(days=60), anchor - timedelta(days=1))
    concerns = [
        _raised(concern, units, ids, in_office_hours(days[-concern.workdays_ago], chance), chance)
        for concern in CONCERNS
    ]
    unit_of = dict(Workforce.objects.values_list("id", "unit_id"))
    in_reception = [i for i in incidents if unit_of[i.workforce_id] == units[MOTTAK].id]
    hazards = [
        *concerns,
        _of_incident(in_reception[-1], units[MOTTAK].id, chance),
        _of_report(reports[-1], unit_of[reports[-1].workforce_id], chance),
    ]
    Hazard.objects.bulk_create(hazards)
    for concern, hazard in zip(CONCERNS, concerns, strict=True):
        if concern.answered:
            _answer(concern, concern.answered, hazard, concerns[0], chance)
        elif hazard.due_at < until:
            _pass_on(hazard, hazard.due_at + timedelta(minutes=12), chance)


def _raised(
    concern: Concern,
    units: Mapping[str, Unit],
    ids: Mapping[str, int],
    moment: datetime,
    chance: random.Random,
) -> Hazard:
    return _hazard(
        moment,
        chance,
        unit_id=units[concern.unit].id,
        source=Source.CONCERN,
        raised_by_id=ids[concern.by],
        what=concern.what.in_language(_language(concern)),
        forms=[concern.form],
    )


def _of_incident(incident: Incident, unit_id: int, chance: random.Random) -> Hazard:
    return _hazard(
        incident.created_at,
        chance,
        unit_id=unit_id,
        source=Source.INCIDENT,
        source_id=incident.id,
        raised_by_id=incident.reporter_id,
        what=incident_words(incident),
        forms=[incident.form],
    )


def _of_report(report: RiskReport, unit_id: int, chance: random.Random) -> Hazard:
    return _hazard(
        report.created_at,
        chance,
        unit_id=unit_id,
        source=source_of(report),
        source_id=report.id,
        raised_by_id=report.reporter_id,
        what=report_words(report),
        forms=[report.form] if report.form else [],
    )


def _hazard(moment: datetime, chance: random.Random, **fields: Any) -> Hazard:
    return Hazard(id=id_at(moment, chance), raised_at=moment, due_at=rules.hazard_due(moment), **fields)


def _language(concern: Concern) -> str:
    return "nn" if concern.unit == SKJAERGARD else "nb"


def _answer(
    concern: Concern, answered: Answered, hazard: Hazard, first: Hazard, chance: random.Random
) -> None:
    moment = later(hazard.raised_at, answered.workdays, chance)
    decision = HazardDecision(
        id=id_at(moment, chance),
        hazard=hazard,
        outcome=answered.outcome,
        answer=answered.answer.in_language(_language(concern)),
        by_id=deciders_of(hazard.unit_id)[0].person_id,
        at=moment,
    )
    if answered.outcome is Outcome.MERGED:
        decision.merged_into = first
    if answered.outcome is Outcome.ASSESSED:
        scenario = _scenario_for(hazard)
        decision.assessment_id, decision.lineage = scenario.version.assessment_id, scenario.lineage
    decision.save(force_insert=True)


def _scenario_for(hazard: Hazard) -> Scenario:
    """The first in its meeting form of what is in force where it was raised."""
    in_force = Scenario.objects.filter(
        version__assessment__unit_id__in=units_around(hazard.unit_id),
        version__approved_at__isnull=False,
        forms__overlap=hazard.forms,
    )
    return in_force.select_related("version").order_by("id")[0]


def _pass_on(hazard: Hazard, moment: datetime, chance: random.Random) -> None:
    asked = {leader.person_id for leader in deciders_of(hazard.unit_id)}
    HazardEscalation.objects.bulk_create(
        HazardEscalation(id=id_at(moment, chance), hazard=hazard, to_person_id=leader, at=moment)
        for leader in leaders_above(hazard.unit_id, passed=asked)
    )
