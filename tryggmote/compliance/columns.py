"""The requirements that are seen across units: those whose rule is registered, in the order of the sets."""

from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from tryggmote.catalogue.loader import load_standards
from tryggmote.catalogue.schema import Requirement, Standard
from tryggmote.compliance.registry import EvidenceRule, rules


@dataclass(frozen=True)
class Column:
    """A requirement with the rule that answers for it."""

    standard: Standard
    requirement: Requirement
    rule: EvidenceRule

    @property
    def name(self) -> str:
        """Number and title: "2.4 Melde og følge opp"."""
        return f"{self.requirement.name} {self.requirement.title}"

    @cached_property
    def url(self) -> str:
        """How it stands in each unit in sight."""
        return reverse("compliance:requirement", args=[self.standard.code, self.requirement.number])


def columns() -> list[Column]:
    """All of them."""
    return [
        Column(standard, requirement, found)
        for standard in load_standards()
        for requirement in standard.requirements
        if (found := rules().get(requirement.evidence.rule or ""))
    ]


def by_rule() -> dict[str, Column]:
    """The first requirement of each rule."""
    return {column.rule.name: column for column in reversed(columns())}
