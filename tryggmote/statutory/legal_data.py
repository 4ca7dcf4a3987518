"""What the law asks after an injury, as data: `duty_data/<version>.yaml`, for pages, rules and the database.

A change of law, of a number or of a limit is a new file; judgements say which version they were made with.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tryggmote.catalogue.text import Text
from tryggmote.catalogue.yaml_files import read_yaml

OURS = Path(__file__).parent / "duty_data" / "2026-1.yaml"
LIST = Field(strict=False)  # YAML knows lists, we keep tuples
Code = Annotated[str, Field(pattern=r"^[a-z_]{3,30}$")]
Address = Annotated[str, Field(pattern=r"^https://\S+$")]
Line = Literal["state", "municipal"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Criterion(_Part):
    """Something that makes a duty hold, as a leader can answer it."""

    code: Code
    says: Text
    more: Text | None = None


class Authority(_Part):
    """Whom to call. `checked_on`: when somebody compared the number with the source; None: nobody has."""

    code: Literal["inspectorate", "police"]
    name: Text
    number: Annotated[str, Field(pattern=r"^\d{3,8}$")]
    spoken: str
    when: Text
    source: Address
    checked_on: date | None


class NoticeRules(_Part):
    """Notice at once of death or serious injury (AML § 5-2)."""

    source: Address
    criteria: Annotated[tuple[Criterion, ...], LIST, Field(min_length=1)]
    outside: Text
    authorities: Annotated[tuple[Authority, ...], LIST, Field(min_length=2, max_length=2)]


class RegisterRules(_Part):
    """The register of injuries (AML § 5-1). `proposed_by`: consequences that propose an entry."""

    source: Address
    within_workdays: Annotated[int, Field(ge=1, le=60)]
    proposed_by: Annotated[tuple[Code, ...], LIST, Field(min_length=1)]


class Recipient(_Part):
    """Who receives a report, for the employees `of` which line. Not `is_checked`: the page says so."""

    code: Literal["nav", "spk", "insurer"]
    name: Text
    how: Text
    of: Annotated[tuple[Line, ...], LIST, Field(min_length=1)]
    is_checked: bool
    source: Address | None


class ReportRules(_Part):
    """The occupational-injury report (folketrygdloven § 13-14). `limit_months`: after the accident."""

    source: Address
    within_workdays: Annotated[int, Field(ge=1, le=60)]
    limit_months: Annotated[int, Field(ge=1, le=120)]
    remind_days_before: Annotated[tuple[Annotated[int, Field(ge=1, le=360)], ...], LIST, Field(min_length=1)]
    grounds: Annotated[tuple[Criterion, ...], LIST, Field(min_length=1)]
    recipients: Annotated[tuple[Recipient, ...], LIST, Field(min_length=1)]


class LegalData(_Part):
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")]
    notice: NoticeRules
    register_: Annotated[RegisterRules, Field(alias="register")]
    report: ReportRules


@cache
def legal_data() -> LegalData:
    """The data in force. Read once a process. Raises: pydantic's ValidationError, UnreadableFile."""
    return LegalData.model_validate(read_yaml(OURS).data)


def legal_data_sql() -> str:
    """What evidence measures against: two limits in working days, and what proposes an injury."""
    data = legal_data()
    proposing = ",".join(data.register_.proposed_by)
    return f"""
create or replace function app.proposes_injury(consequences text[]) returns boolean
language sql immutable parallel safe return consequences && '{{{proposing}}}'::text[];
create or replace function app.register_workdays() returns integer
language sql immutable parallel safe return {data.register_.within_workdays};
create or replace function app.report_workdays() returns integer
language sql immutable parallel safe return {data.report.within_workdays};
"""
