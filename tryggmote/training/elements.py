"""What people must have learnt, practised and exercised, as data: by role and meeting form (4.1-4.3, 1.2).

Kept in `elements/<version>.yaml`, in our own words. The database is told the same (`elements_sql`).
Source: standard 4.1-4.3 and 1.2; forskrift om utførelse av arbeid § 23A-2.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tryggmote.catalogue.errors import reasons
from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk import libraries
from tryggmote.training.vocabulary import Kind

FOLDER = Path(__file__).parent / "elements"
CODE_LIMIT = 40
LIST = Field(strict=False)  # YAML knows lists, we keep tuples
Days = Annotated[int, Field(ge=0, le=730)]


class BrokenElements(Exception):
    """The file cannot be used. The message names every fault in it."""


class Who(StrEnum):
    """Whom an element is for. What makes somebody one of them is said in `policies.sql`."""

    MEETS_CLIENTS = "meets_clients"
    LEADER = "leader"
    SAFETY_REPRESENTATIVE = "safety_representative"
    COMMITTEE_MEMBER = "committee_member"
    TESTER = "tester"


def _is_a_starter(code: str) -> str:
    if code not in {scenario.code for scenario in libraries.scenarios()}:
        raise ValueError(f"there is no starter scenario “{code}”")
    return code


class Element(BaseModel):
    """One thing to have learnt. `months`: how long it counts; None for ever. See the file for the rest."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    code: Annotated[str, Field(pattern=rf"^[a-z][a-z0-9_]{{0,{CODE_LIMIT - 1}}}$")]
    kind: Annotated[Kind, Field(strict=False)]
    requirement: Annotated[str, Field(pattern=r"^\d\.\d$")] = "4.1"
    title: Text
    about: Text
    who: Annotated[tuple[Annotated[Who, Field(strict=False)], ...], LIST, Field(min_length=1)]
    forms: Annotated[tuple[Annotated[MeetingForm, Field(strict=False)], ...], LIST] = ()
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    before_first_meeting: bool = False
    start_days: Days = 0
    grace_days: Days = 0
    answers: Annotated[tuple[Annotated[str, AfterValidator(_is_a_starter)], ...], LIST] = ()

    @model_validator(mode="after")
    def _gives_newcomers_one_rule(self) -> Self:
        if self.before_first_meeting and self.start_days:
            raise ValueError("what must be held before the first meeting gives a newcomer no days")
        if self.is_for_client_work and not self.answers:
            raise ValueError("it must answer at least one starter scenario (4.2)")
        return self

    @property
    def is_for_client_work(self) -> bool:
        """Whether it is for those who meet clients."""
        return Who.MEETS_CLIENTS in self.who


class Elements(BaseModel):
    """All of them, in the order they are shown."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]+$")]
    elements: Annotated[tuple[Element, ...], LIST, Field(min_length=1)]

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        codes = [element.code for element in self.elements]
        if len(set(codes)) < len(codes):
            raise ValueError("two elements have the same code")
        return self


@cache
def current() -> Elements:
    """Those in use: the latest version. Read once a process. Raises: BrokenElements."""
    return load(max(FOLDER.glob("*.yaml"), key=lambda file: [int(part) for part in file.stem.split("-")]))


def load(file: Path) -> Elements:
    """Those of one file. Raises: BrokenElements that names every fault."""
    try:
        return Elements.model_validate(read_yaml(file).data)
    except UnreadableFile as error:
        raise BrokenElements(f"{file.name}: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, where))}: {reason}" for where, reason in reasons(error))
        raise BrokenElements(f"{file.name}: {faults}") from None


def find(code: str) -> Element | None:
    """The element of our file with this code; None for one of a unit's own, and for one that is no more."""
    return next((element for element in current().elements if element.code == code), None)


def elements_sql() -> str:
    """`app.training_elements()`: the same table for the policies and the evidence. Checked above."""
    values = ",\n    ".join(map(_row, range(len(current().elements)), current().elements))
    return f"""
create or replace function app.training_elements()
returns table (place integer, element text, kind text, requirement text, who text[], forms text[],
  months integer, is_gate boolean, start_days integer, grace_days integer, answers text[])
language sql immutable parallel safe as $$
  values
    {values}
$$;
"""  # noqa: S608


def _row(place: int, element: Element) -> str:
    return (
        f"({place}, '{element.code}', '{element.kind.value}', '{element.requirement}', "
        f"{_array(element.who)}, {_array(element.forms)}, {element.months or 'null'}::integer, "
        f"{str(element.before_first_meeting).lower()}, {element.start_days}, {element.grace_days}, "
        f"{_array(element.answers)})"
    )


def _array(codes: tuple[str, ...]) -> str:
    return "array[" + ", ".join(f"'{code}'" for code in codes) + "]::text[]"
