"""All kinds of duty as one view: SQL made of what is registered. What asks it is in `ledger.sql`."""

from pathlib import Path

from tryggmote.duties.kinds import COLUMNS, kinds

_NAMES = ", ".join(COLUMNS)
_TYPED = ", ".join(f"{column}::{type_}" for column, type_ in COLUMNS.items())


def kinds_sql() -> str:
    """The function `app.duty_kinds()`: the codes of all kinds that the database has a view of."""
    codes = ", ".join(f"'{code}'" for code in kinds())
    return (
        "create or replace function app.duty_kinds() returns text[]\n"
        f"language sql immutable parallel safe return array[{codes}]::text[];"
    )


def everything_owed_sql() -> str:
    """The view `duty_all`, `kind` and `COLUMNS`, and the functions that ask it."""
    parts = [f"select '{kind.code}'::text, {_TYPED} from {kind.view}" for kind in kinds().values()]  # noqa: S608
    everything = "\nunion all\n".join(parts)
    asking = Path(__file__).with_name("ledger.sql").read_text(encoding="utf-8")
    return f"create view duty_all (kind, {_NAMES}) as\n{everything};\n{asking}"
