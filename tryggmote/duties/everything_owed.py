"""All kinds of duty as one view, and how people see their own: SQL made of what is registered."""

from tryggmote.duties.kinds import COLUMNS, kinds

_NAMES = ", ".join(COLUMNS)
_TYPED = ", ".join(f"{column}::{type_}" for column, type_ in COLUMNS.items())
_NOTHING = ", ".join(f"null::{type_}" for type_ in ("text", *COLUMNS.values()))
# Asked for one person at a time: PostgreSQL puts the condition into each kind's view. To plan all of them
# takes longer than to ask them, so the plan is kept as long as the connection is (hence PL/pgSQL).
_OF_ONE = """
create or replace function app.duties_owed_by(asking bigint) returns setof duty_all
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = 'force_generic_plan' as $$
begin
  return query select * from duty_all where person_id = asking;
end
$$;
revoke execute on function app.duties_owed_by(bigint) from public;

create or replace function app.duties_of_me() returns setof duty_all
language sql stable security definer set search_path = public, pg_temp
as $$ select * from app.duties_owed_by(app.me()) $$;
revoke execute on function app.duties_of_me() from public;
grant execute on function app.duties_of_me() to tryggmote_app, tryggmote_wide, tryggmote_all;
"""


def everything_owed_sql() -> str:
    """The view `duty_all`, `kind` and `COLUMNS`, and what asks it."""
    parts = [f"select '{kind.code}'::text, {_TYPED} from {kind.view}" for kind in kinds().values()]  # noqa: S608
    return "\n".join(
        [
            f"create view duty_all (kind, {_NAMES}) as",
            "\nunion all\n".join(parts or [f"select {_NOTHING} where false"]),
            ";",
            _OF_ONE,
        ]
    )
