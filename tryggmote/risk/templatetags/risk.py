"""What templates of assessments ask."""

from collections.abc import Mapping

from django import template

from tryggmote.organisation.standing import standing_in
from tryggmote.risk import suggestions
from tryggmote.risk.models import Assessment, Scenario
from tryggmote.ui.dates import oslo_today

register = template.Library()


@register.simple_tag
def in_force(assessment: Assessment) -> bool:
    """Whether it is approved and not past its review date today."""
    return assessment.is_in_force(oslo_today())


@register.filter
def named(names: Mapping[str, object], name: str) -> object:
    """What something is called, by its name in the code."""
    return names[name]


@register.inclusion_tag("risk/measure_ideas.html")
def measure_ideas(scenario: Scenario) -> dict[str, object]:
    """What the library suggests against a scenario that began with it (2.3). Leaders plan from there."""
    ideas = suggestions.ideas_for(scenario)
    return {"ideas": ideas, "leads": bool(ideas) and standing_in(scenario.version.assessment.unit_id).leads}
