"""All rules in use as one view: SQL made of what is registered. `standing.sql` keeps its answers."""

from pathlib import Path

from tryggmote.catalogue.loader import load_standards
from tryggmote.compliance.registry import COLUMNS, EvidenceRule, rules

_TYPED = ", ".join(f"{column}::{type_}" for column, type_ in COLUMNS.items())


def rules_in_use() -> list[EvidenceRule]:
    """The registered rules that some requirement of the sets in use names."""
    named = {r.evidence.rule for standard in load_standards() for r in standard.requirements}
    return [rule for name, rule in rules().items() if name in named]


def everything_sql() -> str:
    """The view `evidence_part_everything` (a rule, its version and `COLUMNS`), and what keeps its answers."""
    answers = [_answers_of(rule) for rule in rules_in_use()] or [f"{_NO_ANSWER} where false"]
    everything = "\nunion all\n".join(answers)
    keeping = Path(__file__).with_name("standing.sql").read_text(encoding="utf-8")
    return (
        f"create or replace view evidence_part_everything (rule, rule_version, {', '.join(COLUMNS)}) as\n"
        f"{everything};\n{keeping}"
    )


_NO_ANSWER = f"select ''::text, ''::text, {', '.join(f'null::{type_}' for type_ in COLUMNS.values())}"


def _answers_of(rule: EvidenceRule) -> str:
    # Both names and the version have been checked by the registry; they cannot be parameters.
    return f"select '{rule.name}'::text, '{rule.version}'::text, {_TYPED} from {rule.view}"  # noqa: S608
