"""Who may do what with an assessment, and what stands between it and approval (2.1, § 23A-1, AML § 6-2).

No database, no request.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from tryggmote.organisation.standing import UnitPerson
from tryggmote.organisation.workdays import add_workdays
from tryggmote.risk.libraries import ALL_TOGETHER
from tryggmote.risk.matrix import Area, AreaCode, Matrix

FACTORS = range(1, 9)
CONSULTATION_WORKDAYS = 5
REVIEW_MONTHS = 12
LONGEST_REVIEW_MONTHS = 24
AGAIN_WORKDAYS = 20
"""Within four weeks an assessment that was opened again is approved anew. Our own judgement: no law says."""
HAZARD_WORKDAYS = 10
"""Within two weeks somebody has judged a hazard, or it goes to the next leader."""

Seat = int | None
"""For which employer an approval counts: its unit's id, or None for everybody who works there."""


@dataclass(frozen=True)
class Score:
    """Likelihood and consequence, 1 to 5 each."""

    likelihood: int
    consequence: int


@dataclass(frozen=True)
class ScenarioFacts:
    """What approval needs to know of a scenario. `measures`: how many measures act on it.

    `lacks_instruction`: it is especially dangerous, and no written instruction holds for it.
    """

    id: object
    hazard: str
    inherent: Score | None
    current: Score | None
    residual: Score | None
    measures: int
    lacks_instruction: bool = False


@dataclass(frozen=True)
class Voice:
    """A safety representative: whether they have answered, or it is recorded why they were not heard."""

    name: str
    has_answered: bool
    is_recorded: bool


@dataclass(frozen=True)
class Content:
    """A version as it stands. `judged`: the factors with a text. `nobody_elected`: recorded by the leader."""

    forms: Collection[str]
    judged: Collection[int]
    scenarios: Collection[ScenarioFacts]
    representatives: Collection[Voice]
    nobody_elected: bool
    employees_took_part: bool


class Where(StrEnum):
    """Where on the working page an obstacle is put right."""

    FACTORS = "factors"
    SCENARIOS = "scenarios"
    PEOPLE = "people"


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way of approval. `target`: the factor's number or the scenario's id."""

    code: str
    text: str
    where: Where
    target: object = None


def obstacles(content: Content, matrix: Matrix, factor_titles: Mapping[int, str]) -> list[Obstacle]:
    """All that must be put right before approval, in the order of the work; empty when it can be approved."""
    return [
        *_blank_factors(content, factor_titles),
        *_open_scenarios(content, matrix),
        *_unheard(content),
    ]


def _blank_factors(content: Content, titles: Mapping[int, str]) -> Iterable[Obstacle]:
    for factor in FACTORS:
        if factor not in content.judged:
            text = _("Faktor %(number)s er ikke vurdert: %(title)s.") % {
                "number": factor,
                "title": titles[factor],
            }
            yield Obstacle("factor_blank", text, Where.FACTORS, factor)
    if ALL_TOGETHER not in content.judged:
        yield Obstacle(
            "together_blank", _("De åtte faktorene er ikke vurdert samlet."), Where.FACTORS, ALL_TOGETHER
        )


def _open_scenarios(content: Content, matrix: Matrix) -> Iterable[Obstacle]:
    if not content.scenarios:
        yield Obstacle("no_scenario", _("Ingen situasjoner er vurdert ennå."), Where.SCENARIOS)
    for scenario in content.scenarios:
        named = {"hazard": scenario.hazard}
        if scenario.inherent is None or scenario.current is None:
            text = _("«%(hazard)s» mangler vurdering av risikoen uten tiltak eller slik den er nå.") % named
            yield Obstacle("not_scored", text, Where.SCENARIOS, scenario.id)
        elif needs_measure(scenario, matrix) and not scenario.measures:
            text = _("«%(hazard)s» er rød. Rød risiko kan ikke godtas uten tiltak.") % named
            yield Obstacle("red_without_measure", text, Where.SCENARIOS, scenario.id)
        elif needs_measure(scenario, matrix) and scenario.residual is None:
            text = _("«%(hazard)s» mangler vurdering av risikoen når tiltakene er på plass.") % named
            yield Obstacle("residual_missing", text, Where.SCENARIOS, scenario.id)
        elif not residual_builds_on_measures(scenario.current, scenario.residual, scenario.measures):
            text = _("«%(hazard)s» regner med lavere risiko uten at noe tiltak gjør den lavere.") % named
            yield Obstacle("residual_without_measure", text, Where.SCENARIOS, scenario.id)
        if scenario.lacks_instruction:
            text = (
                _("«%(hazard)s» er særlig farlig, og har ikke skriftlig instruks for alle møteformene sine.")
                % named
            )
            yield Obstacle("no_instruction", text, Where.SCENARIOS, scenario.id)


def _unheard(content: Content) -> Iterable[Obstacle]:
    if not content.representatives and not content.nobody_elected:
        text = _("Ingen verneombud er registrert. Skriv hvorfor, og hva dere gjør med det.")
        yield Obstacle("no_representative", text, Where.PEOPLE)
    for voice in content.representatives:
        if not voice.has_answered and not voice.is_recorded:
            text = _(
                "%(name)s, verneombud, har ikke svart. Vent på svaret, eller skriv hvorfor det ikke kommer."
            ) % {"name": voice.name}
            yield Obstacle("representative_unheard", text, Where.PEOPLE)
    if not content.employees_took_part:
        text = _("Ingen ansatt er med. Inviter minst én som gjør arbeidet.")
        yield Obstacle("no_employee", text, Where.PEOPLE)


def needs_measure(scenario: ScenarioFacts, matrix: Matrix) -> bool:
    """Whether the risk as it is now is red: not acceptable without a measure."""
    return scenario.current is not None and _area(scenario.current, matrix).code is AreaCode.RED


def is_instructed(forms: Collection[str], instructions: Collection[Collection[str]]) -> bool:
    """Whether written instructions hold for all these meeting forms; one without forms holds for all.

    Work without meeting forms (a room, a project) may concern any. Source: AML § 3-2 third paragraph.
    """
    if any(not held for held in instructions):
        return True
    return bool(forms) and all(any(form in held for held in instructions) for form in forms)


def _area(score: Score, matrix: Matrix) -> Area:
    return matrix.area_of(score.likelihood, score.consequence)


def residual_builds_on_measures(current: Score | None, residual: Score | None, measures: int) -> bool:
    """The risk that will be left may be lower than today's only where a measure makes it so."""
    if current is None or residual is None or measures:
        return True
    return residual.likelihood >= current.likelihood and residual.consequence >= current.consequence


def measures_do_not_raise(inherent: Score | None, current: Score | None) -> bool:
    """Existing measures are no reason for a higher risk than without them."""
    if inherent is None or current is None:
        return True
    return current.likelihood <= inherent.likelihood and current.consequence <= inherent.consequence


def seats(leaders: Collection[UnitPerson]) -> frozenset[Seat]:
    """Who must approve: one leader for all, or with two-part leadership one for each employer."""
    lines = frozenset(leader.employer_id for leader in leaders)
    return frozenset({None}) if None in lines or not lines else lines


def seats_of(person_id: int, leaders: Collection[UnitPerson]) -> frozenset[Seat]:
    """The seats that this person fills today."""
    needed = seats(leaders)
    own = {leader.employer_id for leader in leaders if leader.person_id == person_id}
    return needed if None in own else frozenset(own & needed)


def review_default(today: date) -> date:
    """A year from now."""
    return today + relativedelta(months=REVIEW_MONTHS)


def review_is_allowed(review_on: date, today: date) -> bool:
    """After today, and not further off than two years."""
    return today < review_on <= today + relativedelta(months=LONGEST_REVIEW_MONTHS)


def consult_default(now: datetime) -> date:
    """The day by which those who are consulted should have answered."""
    return add_workdays(now, CONSULTATION_WORKDAYS).date()


def assess_again_by(opened_at: datetime) -> date:
    """The day by which an assessment that was opened again should be approved anew."""
    return add_workdays(opened_at, AGAIN_WORKDAYS).date()


def hazard_due(raised_at: datetime) -> datetime:
    """When a hazard must have been assessed, merged or declined."""
    return add_workdays(raised_at, HAZARD_WORKDAYS)


def is_left_undecided(waiting_since: datetime, now: datetime) -> bool:
    """True when a hazard has waited so long that the next leader must be told."""
    return now >= hazard_due(waiting_since)
