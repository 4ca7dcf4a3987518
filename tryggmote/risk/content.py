"""A version as rules and pages need it: what is judged, scored and said."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.procedure_queries import IN_FORCE, procedures
from tryggmote.controls.queries import measures_by_id, measures_of_origins
from tryggmote.controls.vocabulary import OriginKind, ProcedureKind
from tryggmote.organisation.standing import UnitPerson, representatives_of
from tryggmote.risk import libraries, rules
from tryggmote.risk.models import FactorJudgement, NotConsulted, Opinion, Participant, Scenario, Version
from tryggmote.risk.rules import Content, ScenarioFacts, Score, Voice
from tryggmote.risk.vocabulary import Capacity
from tryggmote.ui.dates import oslo_today


def factor_titles() -> dict[int, str]:
    """The eight factors and the judgement of them together, in the language in force."""
    return {factor.number: str(factor.title) for factor in libraries.factors()}


def score(scenario: Scenario, part: str) -> Score | None:
    """One of the three risks ("inherent", "current", "residual"); None while half or nothing of it is set."""
    likelihood, consequence = (
        getattr(scenario, f"{part}_likelihood"),
        getattr(scenario, f"{part}_consequence"),
    )
    return Score(likelihood, consequence) if likelihood and consequence else None


def acting_on(version: Version, scenarios: Collection[Scenario]) -> dict[UUID, list[Measure]]:
    """The measures of each scenario, by its id; two queries.

    In a draft also those that were planned from the scenario while an earlier version was in force. An
    approved version tells what it was approved with.
    """
    known = measures_by_id({id for scenario in scenarios for id in scenario.measure_ids})
    planned = (
        measures_of_origins(OriginKind.SCENARIO, [scenario.lineage for scenario in scenarios])
        if version.is_draft
        else {}
    )
    return {
        scenario.id: list(
            {
                measure.id: measure
                for measure in (
                    *(known[id] for id in scenario.measure_ids if id in known),
                    *planned.get(scenario.lineage, ()),
                )
            }.values()
        )
        for scenario in scenarios
    }


def instructions_on(version: Version, scenarios: Collection[Scenario]) -> dict[UUID, list[Procedure]]:
    """The instructions in force for each especially dangerous scenario, by its id; one query if any is."""
    there: list[Procedure] = []
    if any(scenario.is_especially_dangerous for scenario in scenarios):
        there = list(
            procedures(
                here=[version.assessment.unit_id], kind=ProcedureKind.WRITTEN_INSTRUCTION, show=IN_FORCE
            )
        )
    return {
        scenario.id: [
            instruction
            for instruction in there
            if scenario.is_especially_dangerous
            and (not instruction.forms or not set(instruction.forms).isdisjoint(forms_of(version, scenario)))
        ]
        for scenario in scenarios
    }


def forms_of(version: Version, scenario: Scenario) -> list[str]:
    """The meeting forms a scenario is about: its own, else all that are assessed."""
    return scenario.forms or (version.assessment if version.is_draft else version).forms


def lacks_instruction(version: Version, scenario: Scenario, instructions: Collection[Procedure]) -> bool:
    """Whether it is especially dangerous in a meeting form that none of its instructions is about."""
    forms, held = forms_of(version, scenario), [instruction.forms for instruction in instructions]
    return scenario.is_especially_dangerous and not rules.is_instructed(forms, held)


def facts_of(
    version: Version, scenario: Scenario, acting: Collection[Measure], instructions: Collection[Procedure]
) -> ScenarioFacts:
    """What rules need to know. A measure that was called off or changed nothing, acts on nothing."""
    return ScenarioFacts(
        id=scenario.id,
        hazard=scenario.hazard,
        inherent=score(scenario, "inherent"),
        current=score(scenario, "current"),
        residual=score(scenario, "residual"),
        measures=sum(measure.can_be_built_on for measure in acting),
        lacks_instruction=lacks_instruction(version, scenario, instructions),
    )


@dataclass(frozen=True)
class Said:
    """Somebody who takes part, with their latest opinion or why they were not heard."""

    participant: Participant
    opinion: Opinion | None
    not_heard: NotConsulted | None

    @property
    def has_left(self) -> bool:
        """Whether they do not work here any more; nobody waits for what they think."""
        ended_on = self.participant.person.ended_on
        return ended_on is not None and ended_on < oslo_today()

    @property
    def is_late(self) -> bool:
        """Whether they were asked, and the day by which they should have answered has passed."""
        version = self.participant.version
        by = timezone.localdate(version.approved_at) if version.approved_at else oslo_today()
        return version.consult_by is not None and version.consult_by < by

    @property
    def is_outdated(self) -> bool:
        """Whether the draft has been changed since they answered."""
        return self.opinion is not None and self.opinion.edition < self.participant.version.edition


@dataclass(frozen=True)
class Consultation:
    """Everybody who takes part; those who should and are not invited; whether nobody is elected."""

    said: list[Said]
    missing: list[UnitPerson]
    nobody: NotConsulted | None
    representatives: list[UnitPerson]

    @property
    def has_representatives(self) -> bool:
        """Whether anybody is elected for those who work in the unit."""
        return bool(self.representatives)

    @property
    def no_employee_has_answered(self) -> bool:
        """Whether nobody who does the work has said what they think (1.1)."""
        return not any(said.opinion for said in self.said if said.participant.capacity == Capacity.EMPLOYEE)

    @property
    def unheard(self) -> list[Said]:
        """Safety representatives who take part, and have neither answered nor been recorded as not heard."""
        elected = {person.person_id for person in self.representatives}
        return [
            said
            for said in self.said
            if said.participant.person_id in elected and said.opinion is None and said.not_heard is None
        ]


def consultation_of(version: Version) -> Consultation:
    """Who takes part in a version and what they have said; four queries."""
    participants = list(
        Participant.objects.filter(version=version)
        .select_related("person")
        .order_by("capacity", "person__sort_key")
    )
    for participant in participants:
        participant.version = version
    opinions = {
        opinion.person_id: opinion for opinion in Opinion.objects.filter(version=version).order_by("at")
    }
    not_heard = {record.person_id: record for record in NotConsulted.objects.filter(version=version)}
    representatives = representatives_of(version.assessment.unit_id)
    invited = {participant.person_id for participant in participants}
    return Consultation(
        said=[
            Said(participant, opinions.get(participant.person_id), not_heard.get(participant.person_id))
            for participant in participants
        ],
        missing=[person for person in representatives if person.person_id not in invited],
        nobody=not_heard.get(None),
        representatives=representatives,
    )


def content_of(version: Version) -> Content:
    """A version as approval looks at it; some eight queries."""
    scenarios = list(scenarios_of(version))
    acting, instructions = acting_on(version, scenarios), instructions_on(version, scenarios)
    return content(
        version,
        list(version.factors.all()),
        [facts_of(version, row, acting[row.id], instructions[row.id]) for row in scenarios],
        consultation_of(version),
    )


def scenarios_of(version: Version) -> Any:
    """The scenarios of a version, as they were added, without those that were taken out."""
    return Scenario.objects.filter(version=version, removed_at=None).order_by("id")


def content(
    version: Version,
    factors: list[FactorJudgement],
    scenarios: list[ScenarioFacts],
    consultation: Consultation,
) -> Content:
    """The same from what a page has read already."""
    return Content(
        forms=version.assessment.forms,
        judged=frozenset(judgement.factor for judgement in factors if judgement.text.strip()),
        scenarios=scenarios,
        representatives=_voices(consultation),
        nobody_elected=consultation.nobody is not None,
        employees_took_part=any(said.participant.capacity == Capacity.EMPLOYEE for said in consultation.said),
    )


def _voices(consultation: Consultation) -> list[Voice]:
    """Those who are elected today, in whatever capacity they were invited; nobody else is waited for."""
    said = {row.participant.person_id: row for row in consultation.said}
    return [
        Voice(
            person.name,
            has_answered=(row := said.get(person.person_id)) is not None and row.opinion is not None,
            is_recorded=row is not None and row.not_heard is not None,
        )
        for person in consultation.representatives
    ]
