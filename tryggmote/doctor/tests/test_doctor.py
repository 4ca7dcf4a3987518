"""The doctor finds what is wrong, says why it matters and what to do."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from psycopg import Connection
from pytest_django.fixtures import Settings

from tryggmote.access.models import HistorySeal
from tryggmote.doctor import examinations, safety
from tryggmote.doctor.finding import Finding, Weight, advice, fault, well
from tryggmote.doctor.report import report
from tryggmote.postgres.cluster import connect
from tryggmote.postgres.places import Places
from tryggmote.postgres.settings import DATABASE_NAME, is_embedded

pytestmark = pytest.mark.django_db


def as_role(name: str) -> None:
    """The test's own transaction takes a role; it ends with the test."""
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {name}")


def faults_of(findings: object) -> list[Finding]:
    return [found for found in findings if found.weight is Weight.FAULT]  # type: ignore[attr-defined]


def test_the_application_role_cannot_bypass_the_policies() -> None:
    as_role("tryggmote_app")
    assert list(safety.unsafe_role()) == []


def test_the_owner_could_bypass_the_policies_and_is_refused() -> None:
    (found,) = safety.unsafe_role()
    assert "owner of" in found.what
    assert "tryggmote_app" in found.do


def test_a_role_that_inherits_one_of_ours_is_refused(settings: Settings) -> None:
    """Policies for a role apply to everybody who inherits it: one careless grant opens everything."""
    if not is_embedded():
        pytest.skip("only in our own server may a test make roles")
    with connect(Places.under(settings.VAR), database=DATABASE_NAME) as superuser:
        superuser.autocommit = False
        superuser.execute("create role careless")
        superuser.execute("grant tryggmote_all to careless")
        superuser.execute("set local role careless")
        ways = superuser.execute(safety.HOW_ROLE_BYPASSES).fetchall()
        superuser.rollback()
    assert ways == [("inherits tryggmote_all",)]


@pytest.mark.parametrize(
    ("name", "value", "said"), [("DEMO", True, "Demoinnlogging"), ("DEBUG", True, "Feilsøking")]
)
def test_production_refuses_what_belongs_on_a_laptop(
    settings: Settings, name: str, value: bool, said: str
) -> None:
    settings.PRODUCTION = True
    setattr(settings, name, value)
    assert any(said in found.what for found in safety.unsafe_settings())


def test_production_refuses_a_missing_secret_and_the_embedded_database(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = True, False, False
    for variable in ("SECRET_KEY", "DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.delenv(variable, raising=False)
    said = " ".join(found.what for found in safety.unsafe_settings())
    assert "Hemmelig nøkkel" in said
    assert "innebygde" in said


def test_production_with_everything_in_order_is_safe(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = True, False, False
    monkeypatch.setenv("SECRET_KEY", "x" * 60)
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/tryggmote")
    assert list(safety.unsafe_settings()) == []


def test_a_laptop_may_be_unsafe(settings: Settings) -> None:
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = False, True, True
    assert list(safety.unsafe_settings()) == []


def test_tables_of_this_version_are_well_and_protected() -> None:
    assert faults_of(examinations.migrations()) == []
    assert faults_of(examinations.policies()) == []


def test_a_table_without_policies_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create table incidents_forgotten (id int)")
    (found,) = faults_of(examinations.policies())
    assert "incidents_forgotten" in found.what
    assert "tryggmote migrate" in found.do


def test_policies_of_another_version_are_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("comment on schema app is 'policies of yesterday'")
    (found,) = faults_of(examinations.policies())
    assert "en annen versjon" in found.what


def test_missing_migrations_are_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'incidents'")
    (found,) = faults_of(examinations.migrations())
    assert "tryggmote migrate" in found.do


def in_our_own_server(settings: Settings) -> Connection[Any]:
    if not is_embedded():
        pytest.skip("only in our own server may a test change what is logged")
    return connect(Places.under(settings.VAR))


def test_a_history_that_no_longer_answers_to_its_seal_is_a_fault() -> None:
    assert faults_of(examinations.history()) == []
    HistorySeal.objects.create(last_entry=1, entries=1, digest=b"of another history")
    (found,) = faults_of(examinations.history())
    assert "Historikken er endret" in found.what


def test_a_server_that_would_log_what_was_reported_is_found(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_our_own_server(settings) as server:
        monkeypatch.setattr(examinations, "connection", server)
        for setting in ("log_min_error_statement = fatal", "log_error_verbosity = verbose"):
            server.execute(f"set {setting}")
            (found,) = examinations.log()
            assert found.weight is Weight.ADVICE
            assert setting.split()[0] in found.do
            server.execute("reset all")


def test_our_own_server_logs_nothing_of_what_was_reported(settings: Settings) -> None:
    with in_our_own_server(settings):
        assert [found.weight for found in examinations.log()] == [Weight.WELL]


def test_a_clock_that_is_wrong_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert faults_of(examinations.clock()) == []
    monkeypatch.setattr(examinations, "CLOCKS_APART_S", -1)
    assert "NTP" in faults_of(examinations.clock())[0].do


def test_static_files_that_were_never_built_are_found(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT, settings.DEBUG = tmp_path, False
    assert "make assets" in faults_of(examinations.static_files())[0].do
    (tmp_path / "staticfiles.json").write_text("{}")
    assert faults_of(examinations.static_files()) == []


def test_the_report_says_what_why_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert not report(
        [well("Bra."), fault("Ikke bra.", why="Fordi.", do="Gjør det."), advice("Tja.", why="A", do="B")]
    )
    said = capsys.readouterr().out
    assert "✓ Bra." in said
    assert "✗ Ikke bra." in said
    assert "Fordi." in said
    assert "Gjør det." in said
    assert "1 ting må rettes." in said


def test_a_report_of_good_health_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([well("Bra."), advice("Tja.", why="A", do="B")])
    assert "Ingenting må rettes." in capsys.readouterr().out


def test_a_refused_start_says_everything_at_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PRODUCTION, settings.DEMO, settings.DEBUG = True, True, True
    monkeypatch.setitem(os.environ, "LANG", "nb_NO.UTF-8")
    monkeypatch.setattr(safety, "unsafe_role", lambda: [])
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "close_pool", lambda: None)
    with pytest.raises(ImproperlyConfigured, match=r"(?s)DEMO.*DEBUG"):
        safety.refuse_an_unsafe_start()
