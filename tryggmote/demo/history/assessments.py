"""Risk assessments of the fictional offices and the measures that come from them (1.1, 2.1, 2.3).

Fjordvik has assessed most of what it does, Skjærgård all of it, the contact centre its telephone; in Granlia
the assessment has run out. A scenario is taken from the starter library and scored here.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta
from django.utils import translation

from tryggmote.controls.models import Establishment, Evaluation, Measure
from tryggmote.controls.vocabulary import SUGGESTED_RUNG, MeasureKind
from tryggmote.demo.county import CONTACT_CENTRE, FJORDVIK, GRANLIA, SKJAERGARD
from tryggmote.demo.history.clock import at, id_at
from tryggmote.demo.history.episodes import Words
from tryggmote.demo.history.judgements import EFFECT, FACTORS, NO_EFFECT, REMARK
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.queries import colleagues
from tryggmote.organisation.standing import UnitPerson, leaders_of, representatives_of
from tryggmote.risk import libraries, rules
from tryggmote.risk.models import (
    Activity,
    Approval,
    Assessment,
    FactorJudgement,
    Opinion,
    Participant,
    Scenario,
    Version,
)
from tryggmote.risk.vocabulary import Answer, Capacity, Cause


@dataclass(frozen=True)
class Plan:
    """One assessment. `approved_days_ago`: None for one that is still worked on."""

    office: str
    title: Words
    forms: tuple[str, ...]
    approved_days_ago: int | None
    scenarios: int


PLANS = (
    Plan(
        FJORDVIK, Words("Samtaler og mottak", "Samtalar og mottak"), ("reception", "planned", "group"), 120, 9
    ),
    Plan(
        FJORDVIK,
        Words("Telefon, video og chat", "Telefon, video og chat"),
        ("telephone", "video", "written"),
        210,
        6,
    ),
    Plan(
        FJORDVIK, Words("Hjemmebesøk og kjøring", "Heimebesøk og køyring"), ("home_visit", "driving"), None, 5
    ),
    Plan(
        GRANLIA, Words("Alt brukerarbeid", "Alt brukararbeid"), ("reception", "planned", "telephone"), 400, 5
    ),
    Plan(
        SKJAERGARD,
        Words("Møte med brukarar", "Møte med brukarar"),
        ("reception", "planned", "home_visit", "telephone", "written"),
        60,
        8,
    ),
    Plan(CONTACT_CENTRE, Words("Telefonsamtaler", "Telefonsamtalar"), ("telephone",), 150, 6),
)
MAPPED = (FJORDVIK, SKJAERGARD, CONTACT_CENTRE)
_SCORES = ((4, 3, 3, 2), (2, 5, 1, 5), (5, 2, 4, 2), (3, 4, 2, 3), (4, 4, 4, 3), (3, 2, 2, 2), (5, 3, 5, 3))
"""Likelihood and consequence without measures, and as it is now, taken in turn."""

_ESPECIALLY_DANGEROUS = {(FJORDVIK, "reception"), (FJORDVIK, "home_visit"), (SKJAERGARD, "home_visit")}
"""By office and meeting form. Instructions are there for all but the draft about home visits in Fjordvik."""


@dataclass
class _Written:
    """What goes into the database together."""

    scenarios: list[Scenario] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    established: list[Establishment] = field(default_factory=list)
    evaluated: list[Evaluation] = field(default_factory=list)


@dataclass(frozen=True)
class _Office:
    unit: Unit
    language: str
    leaders: list[UnitPerson]
    representatives: list[UnitPerson]
    employees: list[Person]


def write_assessments(*, seed: int, anchor: date) -> None:
    """Write the mapping of the work, the assessments and their measures, up to the day before `anchor`."""
    chance = random.Random(f"{seed} assessments")
    offices = {code: _office(code, anchor) for code in dict.fromkeys(plan.office for plan in PLANS)}
    for code in MAPPED:
        _map(offices[code], at(anchor - timedelta(days=300), 9 * 60), chance)
    for plan in PLANS:
        _write(plan, offices[plan.office], anchor, chance)


def _office(code: str, anchor: date) -> _Office:
    unit = Unit.objects.get(code=code)
    return _Office(
        unit=unit,
        language="nn" if code == SKJAERGARD else "nb",
        leaders=leaders_of(unit.id),
        representatives=representatives_of(unit.id),
        employees=list(colleagues(unit.id, anchor).filter(placements__meets_clients=True)[:3]),
    )


def _map(office: _Office, moment: datetime, chance: random.Random) -> None:
    used = office.unit.meeting_forms
    Activity.objects.bulk_create(
        Activity(
            id=id_at(moment, chance),
            unit=office.unit,
            starter=activity.code,
            forms=[form for form in activity.forms if form in used],
            added_by_id=office.leaders[0].person_id,
            added_at=moment,
        )
        for activity in libraries.activities()
        if not set(activity.forms).isdisjoint(used)
    )


def _write(plan: Plan, office: _Office, anchor: date, chance: random.Random) -> None:
    begun = at(anchor - timedelta(days=(plan.approved_days_ago or 12) + 20), 10 * 60)
    leader = office.leaders[0].person_id
    assessment = Assessment.objects.create(
        id=id_at(begun, chance),
        unit=office.unit,
        title=plan.title.in_language(office.language),
        forms=list(plan.forms),
        created_by_id=leader,
        created_at=begun,
    )
    version = Version.objects.create(
        id=id_at(begun, chance),
        assessment=assessment,
        number=1,
        matrix=libraries.matrix().definition(),
        cause=Cause.FIRST,
        opened_by_id=leader,
        opened_at=begun,
        consult_by=rules.consult_default(begun + timedelta(days=7)),
        consulted_at=begun + timedelta(days=7),
    )
    is_approved = plan.approved_days_ago is not None
    _judge(version, office, begun, chance, how_many=9 if is_approved else 5)
    _describe(plan, version, office, anchor, chance)
    _consult(version, office, begun, chance, have_answered=is_approved)
    if is_approved:
        _approve(version, office, at(anchor - timedelta(days=plan.approved_days_ago or 0), 13 * 60), chance)


def _judge(
    version: Version, office: _Office, begun: datetime, chance: random.Random, *, how_many: int
) -> None:
    judged = list(FACTORS.items())[:how_many]
    FactorJudgement.objects.bulk_create(
        FactorJudgement(
            id=id_at(begun, chance),
            version=version,
            factor=factor.number,
            text=dict(judged)[factor.number].in_language(office.language)
            if factor.number in dict(judged)
            else "",
            saved_by_id=office.leaders[0].person_id,
            saved_at=begun + timedelta(days=factor.number),
        )
        for factor in libraries.factors()
    )


def _describe(plan: Plan, version: Version, office: _Office, anchor: date, chance: random.Random) -> None:
    written = _Written()
    chosen = chance.sample(libraries.scenarios_for(plan.forms), plan.scenarios)
    with translation.override(office.language):
        for number, known in enumerate(chosen):
            _scenario(number, known, plan, version, office, anchor, chance, written)
    Measure.objects.bulk_create(written.measures)
    Establishment.objects.bulk_create(written.established)
    Evaluation.objects.bulk_create(written.evaluated)
    Scenario.objects.bulk_create(written.scenarios)


def _scenario(
    number: int,
    known: libraries.LibraryScenario,
    plan: Plan,
    version: Version,
    office: _Office,
    anchor: date,
    chance: random.Random,
    written: _Written,
) -> None:
    likelihood, consequence, now_likelihood, now_consequence = _SCORES[number % len(_SCORES)]
    moment = version.opened_at + timedelta(days=2, minutes=number)
    scenario = Scenario(
        id=id_at(moment, chance),
        lineage=id_at(moment, chance),
        version=version,
        starter=known.code,
        hazard=str(known.hazard),
        forms=[form for form in known.forms if form in plan.forms],
        factors=list(known.factors),
        situation=str(known.situation),
        causes=str(known.causes),
        consequences=str(known.consequences),
        is_especially_dangerous=all(
            (plan.office, form) in _ESPECIALLY_DANGEROUS for form in known.forms if form in plan.forms
        ),
        inherent_likelihood=likelihood,
        inherent_consequence=consequence,
        current_likelihood=now_likelihood,
        current_consequence=now_consequence,
        saved_by_id=office.leaders[0].person_id,
        saved_at=moment,
    )
    if version.scale.area_of(now_likelihood, now_consequence).code != "green":
        measure = _measure(number, known, scenario, plan, office, anchor, chance, written)
        scenario.measure_ids = [measure.id]
        scenario.residual_likelihood = max(1, now_likelihood - 1)
        scenario.residual_consequence = now_consequence
    written.scenarios.append(scenario)


def _measure(
    number: int,
    known: libraries.LibraryScenario,
    scenario: Scenario,
    plan: Plan,
    office: _Office,
    anchor: date,
    chance: random.Random,
    written: _Written,
) -> Measure:
    suggestion = known.measures[number % len(known.measures)]
    planned = scenario.saved_at + timedelta(days=1)
    due = (planned + timedelta(days=45)).date()
    measure = Measure(
        id=id_at(planned, chance),
        unit=office.unit,
        title=str(suggestion.text)[:200],
        kind=suggestion.kind,
        hierarchy=SUGGESTED_RUNG[MeasureKind(suggestion.kind.value)],
        forms=scenario.forms,
        factors=list(known.factors),
        origin_kind="scenario",
        origin_id=scenario.lineage,
        owner_id=chance.choice(office.leaders).person_id,
        due_on=due if due < anchor or plan.office != GRANLIA else anchor - timedelta(days=20),
        created_by_id=office.leaders[0].person_id,
        created_at=planned,
    )
    written.measures.append(measure)
    if plan.office != GRANLIA and due < anchor and number % 4 != 3:
        _carry_out(number, measure, office, at(due - timedelta(days=5), 12 * 60), anchor, chance, written)
    elif plan.office != GRANLIA and due < anchor:
        measure.due_on = anchor + timedelta(days=14)
    return measure


def _carry_out(
    number: int,
    measure: Measure,
    office: _Office,
    moment: datetime,
    anchor: date,
    chance: random.Random,
    written: _Written,
) -> None:
    written.established.append(
        Establishment(id=id_at(moment, chance), measure=measure, by_id=measure.owner_id, at=moment)
    )
    evaluated = moment + timedelta(days=90)
    if evaluated.date() < anchor:
        words = NO_EFFECT if number % 5 == 4 else EFFECT
        written.evaluated.append(
            Evaluation(
                id=id_at(evaluated, chance),
                measure=measure,
                by_id=measure.owner_id,
                at=evaluated,
                effect="unknown" if words is NO_EFFECT else "reduced",
                words=words.in_language(office.language),
            )
        )


def _consult(
    version: Version, office: _Office, begun: datetime, chance: random.Random, *, have_answered: bool
) -> None:
    taking_part = [(leader.person_id, Capacity.LEADER) for leader in office.leaders]
    taking_part += [(person.person_id, Capacity.SAFETY_REPRESENTATIVE) for person in office.representatives]
    known = {person_id for person_id, _capacity in taking_part}
    taking_part += [(person.id, Capacity.EMPLOYEE) for person in office.employees if person.id not in known]
    Participant.objects.bulk_create(
        Participant(
            id=id_at(begun, chance),
            version=version,
            person_id=person_id,
            capacity=capacity,
            writes=capacity is Capacity.LEADER,
            invited_by_id=office.leaders[0].person_id,
            at=begun,
        )
        for person_id, capacity in taking_part
    )
    if have_answered:
        _answer(version, office, [row for row in taking_part if row[1] is not Capacity.LEADER], begun, chance)


def _answer(
    version: Version,
    office: _Office,
    asked: list[tuple[int, Capacity]],
    begun: datetime,
    chance: random.Random,
) -> None:
    version.refresh_from_db(fields=["edition"])
    moment = begun + timedelta(days=10)
    Opinion.objects.bulk_create(
        Opinion(
            id=id_at(moment, chance),
            version=version,
            person_id=person_id,
            answer=Answer.REMARK if number == 0 else Answer.AGREE,
            words=REMARK.in_language(office.language) if number == 0 else "",
            edition=version.edition,
            at=moment + timedelta(hours=number),
        )
        for number, (person_id, _capacity) in enumerate(asked)
    )


def _approve(version: Version, office: _Office, moment: datetime, chance: random.Random) -> None:
    seats = rules.seats(office.leaders)
    Approval.objects.bulk_create(
        Approval(
            id=id_at(moment, chance),
            version=version,
            by_id=leader.person_id,
            employer_id=leader.employer_id if leader.employer_id in seats else None,
            at=moment,
        )
        for leader in (office.leaders if len(seats) > 1 else office.leaders[:1])
    )
    version.review_on = moment.date() + relativedelta(months=12)
    version.approved_at = moment
    version.save(update_fields=["review_on", "approved_at"])
