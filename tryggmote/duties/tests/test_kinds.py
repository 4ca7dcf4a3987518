"""What must hold for every kind of duty there is."""

import re
from pathlib import Path

import pytest
from django.db import connection

from tryggmote.config.settings import CAPABILITIES
from tryggmote.duties.kinds import COLUMNS, DutyKind, kinds, register

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


def test_every_kind_has_a_view_with_the_agreed_columns_and_every_view_a_kind() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, column_name from information_schema.columns"
            " where table_name like 'duty\\_%' and table_name not like 'duty\\_part\\_%'"
            " and table_name <> 'duty_all' order by ordinal_position"
        )
        found: dict[str, list[str]] = {}
        for view, column in cursor.fetchall():
            found.setdefault(view, []).append(column)
    assert found == {kind.view: list(COLUMNS) for kind in kinds().values()}


def test_nobody_reads_what_everybody_owes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, grantee from information_schema.role_table_grants"
            " where table_name like 'duty\\_%' and grantee not in ('tryggmote_owner', 'postgres')"
        )
        assert cursor.fetchall() == []


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_views_ask_for_the_day_in_oslo_and_not_for_the_moment(capability: str) -> None:
    file = ROOT / capability / "duties.sql"
    said = file.read_text(encoding="utf-8") if file.exists() else ""
    assert not re.search(r"\bnow\(\)|current_date|current_timestamp", said)


def test_a_person_has_each_thing_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select kind, subject, person_id from duty_all group by 1, 2, 3 having count(*) > 1")
        assert cursor.fetchall() == []


def test_a_code_is_taken_once() -> None:
    kind = next(iter(kinds().values()))
    with pytest.raises(ValueError, match="twice"):
        register(kind)


def test_a_code_can_stand_in_sql() -> None:
    with pytest.raises(ValueError, match="not a code"):
        DutyKind("drop table", "", "", lambda owed: pytest.fail(owed.kind))
