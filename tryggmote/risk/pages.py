"""What the pages of an assessment have in common: which unit, which draft, and what is shown of them."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tryggmote.access.errors import NotPossible
from tryggmote.access.requests import PersonRequest
from tryggmote.controls.models import Evaluation, Measure, Procedure
from tryggmote.controls.queries import latest_evaluations, measures_in
from tryggmote.organisation.models import Unit
from tryggmote.risk import libraries, queries
from tryggmote.risk.content import acting_on, facts_of, instructions_on, scenarios_of, score
from tryggmote.risk.matrix import LEVELS, Area, Matrix
from tryggmote.risk.models import Assessment, Hazard, Scenario, Version
from tryggmote.risk.rules import ScenarioFacts, Score
from tryggmote.risk.sources import address_of_cause
from tryggmote.risk.vocabulary import Outcome


def unit_of(request: PersonRequest) -> Unit:
    """The unit whose pages are shown. Raises: Http404 for one who belongs nowhere."""
    if request.person.unit is None:
        raise Http404
    return get_object_or_404(Unit, id=request.person.unit.id)


def assessment_or_404(assessment_id: UUID) -> Assessment:
    """Raises: Http404 when it is not there for the one who asks."""
    return get_object_or_404(queries.assessment_in_full(assessment_id))


def draft_or_404(assessment_id: UUID) -> Version:
    """The version that is worked on.

    Raises: NotPossible when it has been approved meanwhile, Http404 when there is none for the one who asks.
    """
    assessment = assessment_or_404(assessment_id)
    version = queries.draft_of(assessment)
    if version is None and assessment.approved_number:
        raise NotPossible(_("Vurderingen er godkjent. Åpne den igjen for å endre den."))
    if version is None:
        raise Http404
    return version


MOST_MEASURES = 100
SHOWN_AT_FIRST = 12
MOST_HAZARDS = 20
MOST_REASONS = 10  # each asks its own capability for the way to it


def measures_to_choose(version: Version) -> list[Measure]:
    """Measures of the unit that a scenario can be said to build on, the latest first."""
    return list(measures_in(version.assessment.unit_id).filter(cancelled_at=None)[:MOST_MEASURES])


@dataclass(frozen=True)
class Weighed:
    """One of the three risks with the area it lies in."""

    score: Score
    area: Area


@dataclass(frozen=True)
class Line:
    """A scenario as pages show it, numbered as on the matrix."""

    number: int
    scenario: Scenario
    facts: ScenarioFacts
    inherent: Weighed | None
    current: Weighed | None
    residual: Weighed | None
    measures: list[Measure]
    instructions: list[Procedure]


def lines_of(version: Version) -> list[Line]:
    """The scenarios of a version in order; three queries whatever their number."""
    scenarios = list(scenarios_of(version))
    acting, instructions = acting_on(version, scenarios), instructions_on(version, scenarios)
    return [
        _line(number, version, scenario, acting[scenario.id], instructions[scenario.id])
        for number, scenario in enumerate(scenarios, start=1)
    ]


def _line(
    number: int, version: Version, scenario: Scenario, acting: list[Measure], instructions: list[Procedure]
) -> Line:
    matrix = version.scale
    return Line(
        number=number,
        scenario=scenario,
        facts=facts_of(version, scenario, acting, instructions),
        inherent=weigh(score(scenario, "inherent"), matrix),
        current=weigh(score(scenario, "current"), matrix),
        residual=weigh(score(scenario, "residual"), matrix),
        measures=acting,
        instructions=instructions,
    )


def weigh(given: Score | None, matrix: Matrix) -> Weighed | None:
    """A score with its area; None for none."""
    return Weighed(given, matrix.area_of(given.likelihood, given.consequence)) if given else None


@dataclass(frozen=True)
class Finding:
    """What was found out about a measure that acts on a scenario; `risk` as it was scored then, if it was."""

    evaluation: Evaluation
    risk: Weighed | None


def findings_on(version: Version, scenario: Scenario) -> list[Finding]:
    """What is known of the measures' effect when the risk is scored again (2.3); three queries."""
    acting = acting_on(version, [scenario])[scenario.id]
    return [
        Finding(evaluation, weigh(_score_of(evaluation), version.scale))
        for evaluation in latest_evaluations([measure.id for measure in acting])
    ]


def _score_of(evaluation: Evaluation) -> Score | None:
    if evaluation.likelihood and evaluation.consequence:
        return Score(evaluation.likelihood, evaluation.consequence)
    return None


def by_risk(lines: list[Line]) -> list[Line]:
    """The gravest first, as the risk is now; those not scored come first of all, since they wait."""
    return sorted(
        lines,
        key=lambda line: (
            (-line.current.area.rank, -line.current.score.consequence, -line.current.score.likelihood)
            if line.current
            else (-9, 0, 0)
        ),
    )


def shown_of(lines: list[Line], *, all_of_them: bool) -> list[Line]:
    """Those drawn in full: the gravest, unless all are asked for. All of them stand in the matrix."""
    return by_risk(lines) if all_of_them else by_risk(lines)[:SHOWN_AT_FIRST]


def matrix_rows(matrix: Matrix, lines: list[Line], part: str) -> list[dict[str, Any]]:
    """The matrix as a table: the gravest consequence on top, in each cell the scenarios that lie there."""
    return [
        {
            "consequence": consequence,
            "cells": [
                {
                    "likelihood": likelihood,
                    "area": matrix.area_of(likelihood.number, consequence.number),
                    "lines": [
                        line
                        for line in lines
                        if (weighed := getattr(line, part))
                        and weighed.score == Score(likelihood.number, consequence.number)
                    ],
                }
                for likelihood in matrix.likelihoods
            ],
        }
        for consequence in reversed(matrix.consequences)
    ]


def address_of_scenario(lineage: UUID) -> str:
    """Where the scenario is found: the assessment it lives in, "" for one who may not see it."""
    scenario = (
        Scenario.objects.filter(lineage=lineage)
        .select_related("version__assessment")
        .order_by("-version__number")
        .first()
    )
    return scenario.version.assessment.get_absolute_url() if scenario else ""


def reasons_of(version: Version) -> list[dict[str, Any]]:
    """Why an assessment was opened again, the latest first, each with the way to what asks for it."""
    latest = version.reopenings.select_related("by").order_by("-at")[:MOST_REASONS]
    return [
        {"reopening": reopening, "url": address_of_cause(reopening.cause, reopening.cause_id)}
        for reopening in latest
    ]


def hazards_in(scenario: Scenario) -> list[Hazard]:
    """The hazards that are assessed in a scenario, those one may see; one query."""
    found = Hazard.objects.filter(decision__lineage=scenario.lineage, decision__outcome=Outcome.ASSESSED)
    return list(found.order_by("-raised_at")[:MOST_HAZARDS])


def areas_by_cell(matrix: Matrix) -> str:
    """What `scoring.js` shows for each choice, as JSON: keyed "likelihood-consequence"."""
    return json.dumps(
        {
            f"{likelihood}-{consequence}": {
                "code": area.code,
                "letter": area.letter,
                "word": str(area.word),
                "says": str(area.says),
            }
            for likelihood in LEVELS
            for consequence in LEVELS
            if (area := matrix.area_of(likelihood, consequence))
        }
    )


def factor_rows(version: Version) -> list[dict[str, Any]]:
    """The factors with their titles and whether each is judged."""
    return [
        {
            "judgement": judgement,
            "title": libraries.factor(judgement.factor).title,
            "is_judged": bool(judgement.text.strip()),
        }
        for judgement in queries.factors_of(version)
    ]
