"""How units stand: what the evidence views answer, with the words of the rules and the catalogue."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from tryggmote.catalogue.loader import load_standards
from tryggmote.catalogue.queries import address
from tryggmote.catalogue.schema import Area, Requirement, Standard
from tryggmote.compliance.everything import rules_in_use
from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct, rules
from tryggmote.compliance.states import State
from tryggmote.organisation.models import Unit


@dataclass(frozen=True)
class Finding:
    """What a rule's view says of one unit."""

    state: State
    reason: str
    figures: Figures
    runs_out_on: date | None


@dataclass(frozen=True)
class Status:
    """How one requirement stands in one unit. `rule`: None while there is none; then nothing says why.

    `anchor`: where it stands on the page: its rule, or its set and number where a row before has that rule.
    """

    requirement: Requirement
    url: str
    anchor: str
    state: State
    why: str = ""
    next_act: NextAct | None = None
    runs_out_on: date | None = None
    rule: EvidenceRule | None = None


@dataclass(frozen=True)
class Chapter:
    """An area of a set, with how its requirements stand."""

    standard: Standard
    area: Area
    statuses: list[Status]


def measured_units() -> QuerySet[Unit]:
    """The units one may see the status of, by name."""
    in_sight = RawSQL("select unnest(app.units_measured())", [])
    return Unit.objects.filter(id__in=in_sight).order_by("sort_key", "id")


def chapters_of(unit: Unit) -> list[Chapter]:
    """Every requirement of the sets in use, in order, as it stands in the unit; one query."""
    found, anchors = _findings(unit.id), _anchors()
    return [
        Chapter(
            standard,
            area,
            [
                _status(standard, requirement, anchors[standard.code, requirement.number], found, unit.id)
                for requirement in area.requirements
            ],
        )
        for standard in load_standards()
        for area in standard.areas
    ]


def _anchors() -> dict[tuple[str, str], str]:
    """Where each requirement stands on a page with all of them: several may rest on one rule."""
    taken: set[str] = set()
    anchors = {}
    for standard in load_standards():
        for requirement in standard.requirements:
            rule = requirement.evidence.rule
            own = f"{standard.code}-{requirement.number}"
            anchors[standard.code, requirement.number] = rule if rule and rule not in taken else own
            taken.add(rule or own)
    return anchors


def _status(
    standard: Standard, requirement: Requirement, anchor: str, found: dict[str, Finding], unit_id: int
) -> Status:
    url = address(standard, requirement)
    rule = rules().get(requirement.evidence.rule or "")
    if rule is None:
        return Status(requirement, url, anchor, State.NOT_MEASURED)
    finding = found.get(rule.name)
    if finding is None:
        why = _("Måles ikke for denne enheten.")
        return Status(requirement, url, anchor, State.NOT_MEASURED, why, rule=rule)
    return Status(
        requirement=requirement,
        url=url,
        anchor=anchor,
        state=finding.state,
        why=rule.says(finding.reason, finding.figures),
        next_act=rule.next_act(finding.reason, finding.figures, unit_id),
        runs_out_on=finding.runs_out_on,
        rule=rule,
    )


def _findings(unit_id: int) -> dict[str, Finding]:
    return {
        name: Finding(State(state), reason, json.loads(figures or "{}"), runs_out_on)
        for name, state, reason, figures, runs_out_on in _ask(
            "select rule, state, reason, figures, runs_out_on from ({evidence}) answered", [unit_id]
        )
    }


def _ask(question: str, unit_ids: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """Rows of one query over the views of the rules that some requirement names."""
    evidence = " union all ".join(map(_answers_of, rules_in_use()))
    if evidence:
        with connection.cursor() as cursor:
            cursor.execute(question.format(evidence=evidence), {"units": list(unit_ids)})
            yield from cursor.fetchall()


def _answers_of(rule: EvidenceRule) -> str:
    # Both names have been checked by the registry; they cannot be parameters.
    columns = "unit_id, state, reason, figures, runs_out_on"
    return f"select '{rule.name}' as rule, {columns} from {rule.view} where unit_id = any (%(units)s)"  # noqa: S608
