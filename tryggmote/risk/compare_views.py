"""The page that tells what has changed from one version to another (2.1)."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tryggmote.access.requests import PersonRequest
from tryggmote.risk import queries
from tryggmote.risk.comparing import PersonSide, Risk, ScenarioSide, Side, compare
from tryggmote.risk.content import Said, consultation_of, factor_titles
from tryggmote.risk.mapping_forms import activity_name
from tryggmote.risk.models import Activity, Assessment, Version, words_of
from tryggmote.risk.pages import Line, Weighed, assessment_or_404, lines_of
from tryggmote.risk.vocabulary import Capacity
from tryggmote.risk.writing import SCORES, TEXTS, in_words
from tryggmote.risk.writing_forms import PARTS, ScenarioForm

WORDS = {name: ScenarioForm.base_fields[name].label for name in (*TEXTS, "is_especially_dangerous")} | dict(
    PARTS
)
"""What each part of a scenario is called, by column."""


@require_GET
def comparison(request: PersonRequest, assessment_id: UUID, old: int, new: int) -> HttpResponse:
    """What caused the new version, and what is different in it; some twenty queries."""
    if old > new:
        return redirect("risk:compare", assessment_id, new, old)
    row = assessment_or_404(assessment_id)
    versions = {version.number: version for version in queries.versions_of(row)}
    if old not in versions or new not in versions:
        raise Http404
    before, after = versions[old], versions[new]
    context = {
        "assessment": row,
        "versions": [before, after],
        "causes": [
            reopening
            for number in range(old + 1, new + 1)
            if number in versions
            for reopening in versions[number].reopenings.all()
        ],
        "comparison": compare(_side(row, before), _side(row, after)),
        "factor_titles": {str(number): title for number, title in factor_titles().items()},
        "words": WORDS,
    }
    return render(request, "risk/compare.html", context)


def _side(assessment: Assessment, version: Version) -> Side:
    version.assessment = assessment
    covers = assessment if version.is_draft else version
    return Side(
        forms=version.form_words,
        activities=[activity_name(row) for row in Activity.objects.filter(id__in=covers.activity_ids)],
        factors={judgement.factor: judgement.text for judgement in queries.factors_of(version)},
        scenarios=[_scenario(line) for line in lines_of(version)],
        people=[_person(said) for said in consultation_of(version).said],
    )


def _scenario(line: Line) -> ScenarioSide:
    scenario = line.scenario
    return ScenarioSide(
        lineage=scenario.lineage,
        hazard=scenario.hazard,
        texts=in_words(scenario),
        risks={part: _risk(getattr(line, part)) for part in SCORES},
        forms=words_of(scenario.forms),
        factors=scenario.factors,
        measures=[measure.title for measure in line.measures],
    )


def _risk(weighed: Weighed | None) -> Risk | None:
    return Risk(weighed.score, weighed.area) if weighed else None


def _person(said: Said) -> PersonSide:
    participant = said.participant
    return PersonSide(
        participant.person_id, participant.person.name, participant.get_capacity_display(), _words(said)
    )


def _words(said: Said) -> str:
    """Leaders decide and are not asked."""
    if said.opinion:
        return said.opinion.get_answer_display()
    if said.not_heard:
        return said.not_heard.get_why_display()
    return "" if said.participant.capacity == Capacity.LEADER else _("Ikke svart")
