"""The types of safety equipment: how often and how each is tested, and what a failure means, as data (3.5).

A change is a new file. What is registered keeps its type: types and reasons that are gone from the latest
file are still read from the one that had them.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml
from tryggmote.organisation.meeting_levels import Level

FOLDER = Path(__file__).parent / "rule_data"

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Months = Annotated[int, Field(ge=1, le=60)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ItemType(_Part):
    """One type. `up_to`: the highest level of meeting a room is for while one of these does not work there.

    `reasons`: what is usually wrong with it. `counted_by`: which calls for help are a test of it.
    """

    code: Code
    name: Text
    interval_months: Months
    up_to: Level = Level.HIGH
    is_alarm: bool = False
    counted_by: Literal["device", "place"] | None = None
    reasons: Annotated[tuple[Code, ...], Field(min_length=2)]
    steps: Annotated[tuple[Text, ...], Field(min_length=2, max_length=4)]

    @property
    def matters_now(self) -> bool:
        """Whether everybody should know before the next meeting that one does not work."""
        return self.is_alarm or self.up_to is not Level.HIGH


class RuleSet(_Part):
    """All of one version. `soon_days`: how long before its date a test is asked for."""

    version: Annotated[str, Field(pattern=r"^\d{4}-\d{1,2}$")]
    soon_days: int = Field(ge=7, le=90)
    repair_within_days: int = Field(ge=1, le=30)
    evaluate_after_months: Months
    reasons: dict[Code, Text]
    types: Annotated[tuple[ItemType, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _is_sound(self) -> Self:
        codes = [type_.code for type_ in self.types]
        if len(set(codes)) < len(codes):
            raise ValueError("two types have the same code")
        if any(not self.reasons.keys() >= set(type_.reasons) for type_ in self.types):
            raise ValueError("a type has a reason that is not listed")
        return self


@cache
def _all() -> tuple[RuleSet, ...]:
    """Every version, the latest first."""
    found = [RuleSet.model_validate(read_yaml(path).data) for path in FOLDER.glob("*.yaml")]
    return tuple(sorted(found, key=lambda rules: [*map(int, rules.version.split("-"))], reverse=True))


def rules_in_force() -> RuleSet:
    """The latest version."""
    return _all()[0]


@cache
def type_of(code: str) -> ItemType | None:
    """The type with this code, from the latest version that has it."""
    return next((type_ for rules in _all() for type_ in rules.types if type_.code == code), None)


@cache
def reason_of(code: str) -> Text | None:
    """What is wrong, in words, from the latest version that has it."""
    return next((rules.reasons[code] for rules in _all() if code in rules.reasons), None)


def counted_by(way: str) -> list[str]:
    """Codes of the types that calls of this sort are a test of."""
    return [type_.code for type_ in rules_in_force().types if type_.counted_by == way]


def rules_sql() -> str:
    """`app.alarm_types()`, with which help is called, and the limits of the latest version, for the views."""
    rules_now = rules_in_force()
    codes = ", ".join(f"'{type_.code}'" for rules in _all() for type_ in rules.types if type_.is_alarm)
    return f"""
create or replace function app.alarm_types() returns text[]
language sql immutable parallel safe
return array[{codes}];
create or replace function app.equipment_soon_days() returns integer
language sql immutable parallel safe
return {rules_now.soon_days};
create or replace function app.equipment_evaluate_after_months() returns integer
language sql immutable parallel safe
return {rules_now.evaluate_after_months};
"""
