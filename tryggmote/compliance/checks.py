"""Tells at start when a requirement names a rule there is not: it would never be measured."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error

from tryggmote.catalogue.errors import CatalogueError
from tryggmote.catalogue.loader import OURS, load_standards, read_standards
from tryggmote.catalogue.schema import Standard
from tryggmote.compliance.registry import rules

HINT = "Name one of the rules, or write `rule: null` where nothing measures it. See docs/drift/kravsett.md."


def requirements_name_rules_that_exist(**_: Any) -> list[CheckMessage]:
    """One error for each row; none while the sets cannot be read, which `catalogue` tells of."""
    try:
        return [Error(sentence, hint=HINT, id="compliance.E001") for sentence in faults(load_standards())]
    except CatalogueError:
        return []


def faults(standards: tuple[Standard, ...]) -> Iterator[str]:
    """A sentence for each row of these sets whose rule is neither registered nor of our own sets."""
    ours = {r.evidence.rule for standard in read_standards([OURS]) for r in standard.requirements}
    known = sorted({*rules(), *(rule for rule in ours if rule)})
    for standard in standards:
        for requirement in standard.requirements:
            rule = requirement.evidence.rule
            if rule and rule not in known:
                where = f"set {standard.code}, requirement {requirement.number}, field evidence.rule"
                yield f"{where}: there is no rule “{rule}”; the rules are {', '.join(known)}"
