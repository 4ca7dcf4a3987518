"""What a workbook says of an assessment, as plain values that can be compared with the draft."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.content import score
from tryggmote.risk.models import Scenario
from tryggmote.risk.rules import Score
from tryggmote.risk.writing import SCORES, TEXTS

_NOT_IN_A_WORKBOOK = dict.fromkeys(map(ord, "\ufffe\uffff"))


def plain(text: str) -> str:
    """A text as it comes back: one character breaks a line, no space around, nothing that XML cannot hold."""
    return text.replace("\r\n", "\n").translate(_NOT_IN_A_WORKBOOK).strip()


def on_one_line(text: str) -> str:
    """A text without line breaks and double spaces."""
    return " ".join(plain(text).split())


@dataclass(frozen=True)
class ScenarioContent:
    """What people say of a scenario. Meeting forms and factors in their usual order."""

    hazard: str
    situation: str = ""
    causes: str = ""
    consequences: str = ""
    existing: str = ""
    is_especially_dangerous: bool = False
    forms: tuple[str, ...] = ()
    factors: tuple[int, ...] = ()
    inherent: Score | None = None
    current: Score | None = None
    residual: Score | None = None

    @classmethod
    def of(cls, scenario: Scenario) -> Self:
        """What stands in the draft."""
        said: dict[str, Any] = {name: plain(getattr(scenario, name)) for name in TEXTS}
        said["hazard"] = on_one_line(scenario.hazard)
        scores = {part: score(scenario, part) for part in SCORES}
        return cls(
            **said | scores,
            is_especially_dangerous=scenario.is_especially_dangerous,
            forms=in_order(scenario.forms),
            factors=tuple(sorted(scenario.factors)),
        )


def in_order(forms: Sequence[str]) -> tuple[str, ...]:
    """Meeting forms in the usual order, each once."""
    return tuple(form.value for form in MeetingForm if form.value in forms)


def fingerprint(content: ScenarioContent | str) -> str:
    """Short, and the same for the same content; not marked, the same as before there was a mark."""
    plainly = content if isinstance(content, str) else asdict(content)
    if isinstance(plainly, dict) and not plainly["is_especially_dangerous"]:
        del plainly["is_especially_dangerous"]
    return sha256(json.dumps(plainly, ensure_ascii=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class FactorRow:
    """A line about a factor. `as_exported`: the fingerprint it left us with, "" when it never did."""

    line: int
    number: int
    text: str
    as_exported: str = ""


@dataclass(frozen=True)
class ScenarioRow:
    """A line about a scenario. `key`: its lineage where it comes from, None when it is new in the file."""

    line: int
    content: ScenarioContent
    key: UUID | None = None
    as_exported: str = ""
    starter: str = ""
    measure_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Rows:
    """All that a workbook says. `assessment_id`: which assessment it was made from, None for a foreign one.

    `titles`: what each column is called in it, by field.
    """

    sheet: str
    assessment_id: UUID | None = None
    factors_sheet: str = ""
    factors: list[FactorRow] = field(default_factory=list)
    scenarios: list[ScenarioRow] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
