"""The build fails when a table, a role or a function would let people see more than a policy says."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

pytestmark = pytest.mark.django_db

ROLES = ["tryggmote_app", "tryggmote_wide", "tryggmote_all", "tryggmote_job"]
# Sessions, queue and bookkeeping of the framework: read before anybody is signed in, nothing about incidents.
FRAMEWORK = ("django_", "procrastinate_")
# Parts that say how each person stands, and what there is to stand in.
OF_PEOPLE = ("evidence_part_elements", "evidence_part_owed", "evidence_part_training")


def rows(sql: str, parameters: list[object] | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def our_tables() -> list[str]:
    found = rows(
        "select relname from pg_class c join pg_namespace n on n.oid = relnamespace "
        "where nspname = 'public' and relkind in ('r', 'p') order by 1"
    )
    return [name for (name,) in found if not name.startswith(FRAMEWORK)]


def our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if not model._meta.db_table.startswith(FRAMEWORK) and model._meta.managed
    ]


def test_every_table_enforces_its_policies_on_its_owner_too() -> None:
    protected = {
        name
        for (name,) in rows(
            "select relname from pg_class "
            "where relrowsecurity and relforcerowsecurity and relkind in ('r', 'p')"
        )
    }
    assert set(our_tables()) - protected == set()


def test_every_grant_to_the_application_is_behind_a_policy_for_that_command() -> None:
    granted = rows(
        """
        select distinct table_name, grantee, lower(privilege_type) from information_schema.column_privileges
        where table_schema = 'public' and grantee = any(%s) and privilege_type <> 'REFERENCES'
        union
        select table_name, grantee, lower(privilege_type) from information_schema.table_privileges
        where table_schema = 'public' and grantee = any(%s)
        """,
        [ROLES, ROLES],
    )
    policies = rows(
        "select tablename, unnest(roles), lower(cmd) from pg_policies where schemaname = 'public'"
    )
    with_policy = {(table, role, command) for table, role, command in policies}
    views = {name for (name,) in rows("select relname from pg_class where relkind in ('v', 'm')")}
    naked = [
        (table, role, command)
        for table, role, command in granted
        if not table.startswith(FRAMEWORK)
        and table not in views
        and (table, role, command) not in with_policy
        and (table, role, "all") not in with_policy
    ]
    assert naked == []


def test_nobody_may_empty_a_table_or_hang_triggers_on_it() -> None:
    dangerous = rows(
        "select table_name, grantee, privilege_type from information_schema.table_privileges "
        "where table_schema = 'public' and (grantee = any(%s) or grantee = 'PUBLIC') "
        "and privilege_type in ('TRUNCATE', 'TRIGGER', 'REFERENCES')",
        [ROLES],
    )
    assert dangerous == []


def test_the_public_gets_nothing() -> None:
    assert (
        rows(
            "select table_name, privilege_type from information_schema.table_privileges "
            "where grantee = 'PUBLIC' and table_schema = 'public'"
        )
        == []
    )


@pytest.mark.parametrize("role", ROLES)
def test_the_applications_roles_bypass_nothing_and_own_nothing(role: str) -> None:
    ((superuser, bypasses, creates_roles),) = rows(
        "select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = %s", [role]
    )
    assert (superuser, bypasses, creates_roles) == (False, False, False)
    assert rows("select relname from pg_class where relowner = %s::regrole", [role]) == []


def test_the_application_inherits_no_role() -> None:
    """Policies apply to every inherited role: inheriting `tryggmote_all` would show everybody everything."""
    assert rows("select pg_has_role('tryggmote_app', 'tryggmote_owner', 'member')") == [(False,)]
    for other in ("tryggmote_wide", "tryggmote_all", "tryggmote_job"):
        assert rows("select pg_has_role('tryggmote_app', %s, 'usage')", [other]) == [(False,)]


def test_functions_with_the_owners_rights_pin_where_names_are_looked_up() -> None:
    loose = rows(
        "select proname from pg_proc p join pg_namespace n on n.oid = pronamespace "
        "where nspname in ('app', 'public') and prosecdef and proname not like 'procrastinate%%' "
        "and not coalesce(array_to_string(proconfig, ',') like '%%search_path=%%', false)"
    )
    assert loose == []


def test_views_that_answer_with_their_owners_rights_show_only_units_in_sight() -> None:
    """Evidence is counted over rows that those who ask may not see one by one (`compliance/registry.py`).

    A view restricts itself, or begins with one that does. What some parts say of people is restricted by
    those who read it: to the units measured, to those one answers for, or to the people one leads. What
    people owe nobody reads at all (`duties/tests/test_kinds.py`).
    """
    itself = re.compile(r"app\.(units_(measured|in_sight|led)|people_led)\(\)")
    begins_with = re.compile(rf"\b(?!{'|'.join(OF_PEOPLE)})evidence_\w+")
    views = rows(
        "select relname, pg_get_viewdef(oid), coalesce('security_barrier=true' = any (reloptions), false) "
        "from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace "
        "and relname not like 'duty\\_%%'"
    )
    for name, definition, has_barrier in views:
        assert name.startswith("evidence_"), name
        if name not in OF_PEOPLE:
            assert itself.search(definition) or begins_with.search(definition), name
        # Rules join parts unit by unit; a barrier would work each part out anew for every unit.
        assert has_barrier != name.startswith("evidence_part_"), name


def test_what_rules_are_made_of_is_read_by_the_rules_alone() -> None:
    """A part has rows of single incidents and people; the rule that sums them up runs as its owner."""
    granted = rows(
        "select distinct table_name, grantee from information_schema.table_privileges "
        "where table_name like 'evidence\\_%%' and grantee = any(%s)",
        [ROLES],
    )
    assert [name for name, _role in granted if name.startswith("evidence_part_")] == []
    assert {role for _name, role in granted} == set(ROLES) - {"tryggmote_job"}


def test_views_are_read_and_never_written() -> None:
    written = rows(
        "select table_name, grantee from information_schema.table_privileges "
        "where table_name like 'evidence\\_%%' and grantee = any(%s) and privilege_type <> 'SELECT'",
        [ROLES],
    )
    assert written == []


def test_every_capability_with_tables_has_policies() -> None:
    for name in settings.CAPABILITIES:
        config = apps.get_app_config(name)
        has_tables = any(model._meta.managed for model in config.get_models())
        assert not has_tables or (Path(config.path) / "policies.sql").exists(), name
