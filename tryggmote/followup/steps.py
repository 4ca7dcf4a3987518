"""What is offered to whom and by when, as data: `steps/<version>.yaml` (§ 23A-5)."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tryggmote.catalogue.errors import reasons
from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml
from tryggmote.followup.vocabulary import Relation

OURS = Path(__file__).parent / "steps" / "2026-1.yaml"
LEVELS = range(6)
WISH = "wish"
"""The code of a step that the person asks for in their own words; it stands in no file."""

ICONS = {
    "first_talk": "ChatIcon",
    "home_safely": "HouseIcon",
    "not_alone": "HandHeartIcon",
    "peer_support": "HandShakeHeartIcon",
    "occupational_health": "HeartIcon",
    "doctor": "FirstAidKitIcon",
    "changed_tasks": "TasklistIcon",
    "address_advice": "ShieldLockIcon",
    "police_interview": "GavelIcon",
    "contact_week": "PhoneIcon",
    "contact_month": "PhoneIcon",
    "contact_quarter": "PhoneIcon",
    "back_to_work": "BriefcaseIcon",
    WISH: "PencilIcon",
}
"""What the steps are recognised by. In Python, where the build looks for names of icons."""


class BrokenSteps(Exception):
    """The file cannot be used. The message has one line a fault: field and reason."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Deadline(_Part):
    """How long there is; exactly one of the units. `days: 0` is the end of the same day."""

    hours: int | None = Field(default=None, ge=1, le=72)
    days: int | None = Field(default=None, ge=0, le=31)
    workdays: int | None = Field(default=None, ge=1, le=60)
    weeks: int | None = Field(default=None, ge=1, le=12)
    months: int | None = Field(default=None, ge=1, le=24)

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("exactly one of hours, days, workdays, weeks and months is needed")
        return self


class StepText(_Part):
    """One thing that can be offered. `levels`: at which levels it is offered at once, and by when."""

    code: str = Field(pattern=r"^[a-z_]{3,30}$")
    title: Text
    text: Text
    who: Text
    levels: dict[int, Deadline]
    otherwise: Deadline
    exposed_only: bool = False
    first_day_only: bool = False
    due_unanswered: bool = False

    @model_validator(mode="after")
    def _known_levels_and_icon(self) -> Self:
        if unknown := set(self.levels) - set(LEVELS):
            raise ValueError(f"there is no level {min(unknown)}")
        if self.code == WISH or self.code not in ICONS:
            raise ValueError(f"“{self.code}” has no icon (followup/steps.py)")
        return self

    def deadline(self, level: int) -> Deadline:
        """By when, at this level or when somebody offers it outside its levels."""
        return self.levels.get(level, self.otherwise)


class StepRules(_Part):
    """Every step, and what else follow-up counts with."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    unassessed: dict[int, int]
    wish_within: Deadline
    accepted_late_workdays: int = Field(ge=1, le=30)
    pause_days_most: int = Field(ge=1, le=365)
    told_above_after_workdays: int = Field(ge=1, le=30)
    forget_months: int = Field(ge=1, le=120)
    steps: tuple[StepText, ...] = Field(strict=False, min_length=1)

    @model_validator(mode="after")
    def _every_severity_and_no_code_twice(self) -> Self:
        if set(self.unassessed) != set(range(1, 6)) or not set(self.unassessed.values()) <= set(LEVELS):
            raise ValueError("unassessed: a level 0-5 is needed for each of the severities 1-5")
        codes = [step.code for step in self.steps]
        if len(codes) != len(set(codes)):
            raise ValueError("steps: a code is given twice")
        return self

    def by_code(self) -> dict[str, StepText]:
        """The steps by their codes, in the order of the file."""
        return {step.code: step for step in self.steps}

    def suggested(self, *, level: int, relation: Relation, is_first_day: bool) -> Iterator[StepText]:
        """What is offered at once to an exposed person or a witness at this level."""
        for step in self.steps:
            if level not in step.levels or (step.exposed_only and relation != Relation.EXPOSED):
                continue
            if is_first_day or not step.first_day_only:
                yield step


@cache
def step_rules() -> StepRules:
    """Those in force. Read once a process. Raises: BrokenSteps that names every fault in the file."""
    return read_steps(OURS)


def read_steps(file: Path) -> StepRules:
    """Those of one file. Raises: BrokenSteps that names every fault in it."""
    try:
        return StepRules.model_validate(read_yaml(file).data)
    except UnreadableFile as error:
        raise BrokenSteps(f"{file.name}: {error}.") from None
    except ValidationError as error:
        faults = "\n".join(f"{'.'.join(map(str, where))}: {reason}" for where, reason in reasons(error))
        raise BrokenSteps(f"{file.name}: {faults}.") from None


def steps_sql() -> str:
    """What the database needs: what is old enough to forget, when a late yes is due, the longest pause."""
    return f"""
create or replace function app.followup_due_after_late_yes(answered_at timestamptz) returns timestamptz
language sql stable parallel safe
return app.add_workdays(answered_at, {step_rules().accepted_late_workdays});
create or replace function app.followup_forgotten_before() returns timestamptz
language sql stable parallel safe
return now() - interval '{step_rules().forget_months} months';
create or replace function app.followup_paused_until_by() returns date
language sql stable parallel safe
return app.today() + {step_rules().pause_days_most};
"""
