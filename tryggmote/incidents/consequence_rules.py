"""What an incident asks of leaders, and by when, as data: `consequence_rules/<version>.yaml` (2.4)."""

from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Sentence, Text
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.organisation.workdays import OSLO, add_workdays

OURS = Path(__file__).parent / "consequence_rules" / "2026-1.yaml"
END_OF_DAY = time(23, 59)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Deadline(_Part):
    """How long a step may take: exactly one of the three."""

    at_once: bool = False
    same_day: bool = False
    workdays: Annotated[int, Field(ge=1, le=60)] | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if [self.at_once, self.same_day, self.workdays is not None].count(True) != 1:
            raise ValueError("give exactly one of at_once, same_day and workdays")
        return self

    def after(self, moment: datetime) -> datetime:
        """The deadline for what is asked for at `moment`; aware, in Oslo time."""
        if self.workdays:
            return add_workdays(moment, self.workdays)
        local = moment.astimezone(OSLO)
        return datetime.combine(local.date(), END_OF_DAY, OSLO) if self.same_day else local

    def in_sql(self, moment: str) -> str:
        """The same as an expression, of one that gives a moment."""
        if self.workdays:
            return f"app.add_workdays({moment}, {self.workdays})"
        day = f"({moment} at time zone 'Europe/Oslo')::date"
        return f"({day} + time '{END_OF_DAY}') at time zone 'Europe/Oslo'" if self.same_day else moment


class StepRule(_Part):
    """One thing to be done. What each field means stands at the top of the YAML file."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_]{3,30}$")]
    reported: Deadline | None = None
    levels: dict[Annotated[int, Field(ge=0, le=5)], Deadline] = {}
    derived: bool = False
    may_decline: bool = False
    other_employers: bool = False
    stays: bool = False
    basis: Sentence
    title: Text
    why: Text

    @model_validator(mode="after")
    def _is_asked_for_by_something(self) -> Self:
        if (self.reported is None) == (not self.levels):
            raise ValueError("give either reported or levels")
        return self

    def at_level(self, level: int) -> Deadline | None:
        """The deadline at this level, or None when the level does not ask for it."""
        reached = [lowest for lowest in self.levels if lowest <= level]
        return self.levels[max(reached)] if reached else None


class ConsequenceRules(_Part):
    """Every step, in the order in which they are shown."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    next_leader_after_workdays: Annotated[int, Field(ge=1, le=20)]
    steps: Annotated[tuple[StepRule, ...], Field(strict=False, min_length=1)]

    @model_validator(mode="after")
    def _are_different_steps(self) -> Self:
        codes = [step.code for step in self.steps]
        if len(set(codes)) < len(codes):
            raise ValueError("a code is given twice")
        return self

    def at_report(self) -> list[StepRule]:
        """What every report asks for."""
        return [step for step in self.steps if step.reported]

    def at_level(self, level: int) -> list[StepRule]:
        """What this level asks for."""
        return [step for step in self.steps if step.at_level(level)]

    def step(self, code: str) -> StepRule:
        """The rule of a step. Raises KeyError when there is none."""
        return {step.code: step for step in self.steps}[code]


def consequences_sql() -> str:
    """Whether a level asks for a step, for the database: who may take the other employer's step back."""
    lowest = "\n".join(
        f"  when '{step.code}' then level >= {min(step.levels)}"
        for step in consequence_rules().steps
        if step.levels
    )
    return f"""
create or replace function app.level_asks_for(step text, level integer) returns boolean
language sql immutable parallel safe
return coalesce(case step
{lowest}
  end, false);
"""


@cache
def consequence_rules() -> ConsequenceRules:
    """The rules in force. Read once a process."""
    return ConsequenceRules.model_validate(read_yaml(OURS).data)
