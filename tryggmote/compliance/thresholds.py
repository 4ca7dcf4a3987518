"""What the evidence rules measure against, as data: one file, ours or an organisation's (`COMPLIANCE_RULES`).

The views read a value with `app.threshold('read_share')`, and the page says which version it measures with.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tryggmote.catalogue.errors import reasons
from tryggmote.catalogue.yaml_files import UnreadableFile, read_yaml

OURS = Path(__file__).parent / "rules" / "2026-1.yaml"


class Thresholds(BaseModel):
    """Strict: a file lacks nothing, holds nothing unknown, and a share is not given in per cent."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    version: str = Field(pattern=r"^[A-Za-z0-9.-]{1,40}$")
    check_share: float = Field(gt=0, le=1, description="share of meetings checked beforehand (2.2)")
    check_days: int = Field(ge=7, le=30, description="days back in which meetings count (2.2)")
    read_share: float = Field(gt=0, le=1, description="share of those informed who must have read (1.1, 2.3)")
    read_workdays: int = Field(ge=0, le=60, description="working days to read something in (1.1, 2.3)")
    review_months: int = Field(ge=1, le=60, description="months between reviews (AML § 2-2, 3.1, IKF § 5)")
    effect_months: int = Field(ge=1, le=60, description="months in which a measure is evaluated (2.3)")
    reporting_read_share: float = Field(gt=0, le=1, description="share who must know how to report (2.4)")
    residual_months: int = Field(
        ge=1, le=12, description="months a residual risk may hold until review (3.0)"
    )
    exercise_months: int = Field(ge=1, le=60, description="months an exercise counts (4.1, § 23A-2)")
    incident_days: int = Field(ge=30, le=365, description="days back in which incidents count (2.4)")
    handbook_share: float = Field(gt=0, le=1, description="share who must have opened the handbook (3.6)")
    handbook_months: int = Field(ge=1, le=60, description="months an opening of the handbook counts (3.6)")
    override_days: int = Field(
        ge=1, le=90, description="days a leader may let somebody untrained meet clients (4.1)"
    )
    renewal_days: int = Field(
        ge=1, le=365, description="days to renew training after its risk has changed (§ 23A-2)"
    )
    untrained_days: int = Field(ge=30, le=365, description="days back in which meetings count (4.1)")
    duty_soon_days: int = Field(ge=1, le=60, description="days before its deadline to remind of a duty")
    duty_escalate_days: int = Field(
        ge=1,
        le=60,
        description="days past its deadline until a duty goes to the next leader, and to the next",
    )
    concern_days: int = Field(
        ge=1, le=60, description="days to answer a concern before it goes on (AML § 2-3)"
    )
    demand_days: int = Field(
        ge=1, le=60, description="days to answer a safety representative's demand (AML § 6-2)"
    )
    partnership_months: int = Field(ge=1, le=60, description="months between partnership meetings (1.3)")
    partnership_level: int = Field(
        ge=4, le=5, description="level from which the partnership is asked about an incident (1.3)"
    )
    committee_months: int = Field(ge=1, le=60, description="months between a committee's reports (AML § 7-2)")
    handbook_days: int = Field(ge=0, le=365, description="days a newcomer has to open the handbook (3.6)")


@cache
def thresholds() -> Thresholds:
    """Those in use. Read once a process. Raises: ImproperlyConfigured that names every fault in the file."""
    return read_thresholds(settings.COMPLIANCE_RULES or OURS)


def read_thresholds(file: Path) -> Thresholds:
    """Those of one file. Raises: ImproperlyConfigured that names every fault in it."""
    try:
        return Thresholds.model_validate(read_yaml(file).data)
    except UnreadableFile as error:
        raise ImproperlyConfigured(f"{file.name}: {error}.") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, where))}: {reason}" for where, reason in reasons(error))
        raise ImproperlyConfigured(f"{file.name}: {faults}.") from None


def thresholds_sql() -> str:
    """`app.threshold(name)` and `app.thresholds_version()`.

    An unknown name raises: PL/pgSQL's `case` without an `else` does.
    """
    values = thresholds().model_dump(exclude={"version"})
    branches = "\n".join(f"    when '{name}' then return {value};" for name, value in values.items())
    return f"""
create or replace function app.threshold(name text) returns numeric
language plpgsql immutable parallel safe as $$
begin
  case name
{branches}
  end case;
end
$$;
create or replace function app.thresholds_version() returns text
language sql immutable parallel safe
return '{thresholds().version}';
"""
