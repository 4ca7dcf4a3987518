"""What holds for measures towards a client, as data: how long, what is weighed first, the national codes.

One file a version in `rule_data/`. The database gets the same figures (`guidelines_sql`), so that what is
refused on the page is refused behind it too. Source: domain facts 2.6 and 4.2, Sivilombudet.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml

OURS = Path(__file__).parent / "rule_data" / "2026-1.yaml"
LIST = Field(strict=False)  # YAML knows lists, we keep tuples


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Named(_Part):
    """A code and what it is called."""

    code: str = Field(pattern=r"^[a-z_]{3,20}$")
    name: Text


class MeasureCode(_Part):
    """One of the national codes. `milder`: the rungs weighed before it; `covers`: milder codes inside it."""

    code: str = Field(pattern=r"^[A-Z]{4}$")
    name: Text
    means: Text
    in_letter: Text
    milder: Annotated[tuple[str, ...], LIST, Field(min_length=1)]
    covers: Annotated[tuple[str, ...], LIST]


class Archiving(_Part):
    """What the archive is told of a case, as Noark names it."""

    document_type: Text
    access_code: str
    access_basis: str


class Basis(_Part):
    """Something the work rests on. `verified`: somebody has held it against its source."""

    name: Text
    says: Text
    source: str = Field(pattern=r"^https://")
    verified: bool


class Guidelines(_Part):
    """Everything that holds, in one version. Days are calendar days where nothing else is said."""

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    longest_days: int = Field(ge=1, le=84, description="NAV and KS: at most twelve weeks a decision")
    begins_within_days: int = Field(ge=1, le=84)
    answer_within_workdays: int = Field(ge=1, le=30)
    answer_complaint_within_workdays: int = Field(ge=1, le=30)
    draft_kept_days: int = Field(ge=7, le=180)
    closed_kept_days: int = Field(ge=1, le=365)
    unarchived_kept_days: int = Field(ge=1, le=365)
    draft_longest_days: int = Field(ge=30, le=365)
    closed_longest_days: int = Field(ge=30, le=730)
    ladder: Annotated[tuple[Named, ...], LIST, Field(min_length=1)]
    codes: Annotated[tuple[MeasureCode, ...], LIST, Field(min_length=1)]
    exceptions: Annotated[tuple[Named, ...], LIST, Field(min_length=1)]
    archive: Archiving
    law: Annotated[tuple[Basis, ...], LIST]

    @model_validator(mode="after")
    def _names_what_there_is(self) -> Self:
        rungs, codes = {rung.code for rung in self.ladder}, {code.code for code in self.codes}
        for code in self.codes:
            if unknown := (set(code.milder) - rungs) | (set(code.covers) - codes):
                raise ValueError(f"{code.code} names what is not there: {', '.join(sorted(unknown))}")
        return self

    def code(self, code: str) -> MeasureCode | None:
        """The measure of that code; None while none is chosen."""
        return next((one for one in self.codes if one.code == code), None)

    def milder_than(self, code: str) -> list[Named]:
        """The rungs that are weighed before this measure, the mildest first."""
        chosen = self.code(code)
        return [rung for rung in self.ladder if chosen and rung.code in chosen.milder]

    def last_day(self, first_day: date) -> date:
        """The last day that a measure which begins on `first_day` may have."""
        return first_day + timedelta(days=self.longest_days - 1)


@cache
def guidelines() -> Guidelines:
    """What is in force. Read once a process."""
    return Guidelines.model_validate(read_yaml(OURS).data)


def guidelines_sql() -> str:
    """The same for the database: days, what is milder than a code, and what a forewarning covers."""
    ours = guidelines()
    milder = "\n".join(f"  when '{c.code}' then array{list(c.milder)}" for c in ours.codes)
    covers = "\n".join(f"  when '{c.code}' then array{[c.code, *c.covers]}" for c in ours.codes)
    return f"""
create or replace function app.client_measure_days(what text) returns integer
language sql immutable parallel safe
return case what
  when 'longest' then {ours.longest_days}
  when 'begins_within' then {ours.begins_within_days}
  when 'draft_kept' then {ours.draft_kept_days}
  when 'closed_kept' then {ours.closed_kept_days}
  when 'unarchived_kept' then {ours.unarchived_kept_days}
  when 'draft_longest' then {ours.draft_longest_days}
  when 'closed_longest' then {ours.closed_longest_days}
  when 'answer_complaint' then {ours.answer_complaint_within_workdays}
  end;
create or replace function app.milder_than_client_measure(code text) returns text[]
language sql immutable parallel safe
return case code
{milder}
  end;
create or replace function app.covered_by_client_measure(code text) returns text[]
language sql immutable parallel safe
return case code
{covers}
  end;
"""
