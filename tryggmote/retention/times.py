"""What the database needs of the rules to know what has served its time."""

from typing import get_args

from tryggmote.incidents.kept import What, kept_times
from tryggmote.police.vocabulary import ENDINGS, Deed


def times_sql() -> str:
    """How long each kind is kept, why, and which police acts leave nothing to wait for."""
    times = {what: kept_times().of(what) for what in get_args(What)}
    kept = "\n".join(f"  when '{what}' then interval '{time.months} months'" for what, time in times.items())
    reasons = "\n".join(
        f"  when '{what}' then '{time.months} months, {time.basis}'" for what, time in times.items()
    )
    over = ", ".join(f"'{deed.value}'" for deed in (Deed.NOT_REPORT, *ENDINGS))
    return f"""
create or replace function app.kept_for(what text) returns interval
language sql immutable parallel safe
return case what
{kept}
  end;
create or replace function app.deleted_from(what text, start date) returns date
language sql immutable parallel safe
return (start + app.kept_for(what))::date;
create or replace function app.why_deleted(what text) returns text
language sql immutable parallel safe
return case what
{reasons}
  end;
create or replace function app.kept_version() returns text
language sql immutable parallel safe
return '{kept_times().version}';
create or replace function app.police_matter_is_over(deed text) returns boolean
language sql immutable parallel safe
return deed in ({over});
"""
