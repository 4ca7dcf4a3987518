"""From the environment to Django's database settings."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from psycopg.conninfo import make_conninfo

from tryggmote.postgres.settings import databases, is_embedded

VAR = Path("/srv/tryggmote/var")
APP = "postgresql://tryggmote_app:hemmelig%2F1@db.example:6432/tryggmote?sslmode=require"
OWNER = "postgresql://tryggmote_owner@db.example/tryggmote"


def test_without_addresses_the_application_uses_the_embedded_server() -> None:
    settings = databases(VAR, {})["default"]
    assert is_embedded({})
    assert (settings["NAME"], settings["USER"]) == ("tryggmote", "tryggmote_app")
    assert settings["HOST"].startswith("/")


def test_the_application_uses_database_url() -> None:
    settings = databases(VAR, {"DATABASE_URL": APP, "DATABASE_OWNER_URL": OWNER})["default"]
    assert settings["USER"] == "tryggmote_app"
    assert settings["PASSWORD"] == "hemmelig/1"
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("db.example", "6432", "tryggmote")
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_migrations_use_the_owners_address() -> None:
    environment = {"DATABASE_URL": APP, "DATABASE_OWNER_URL": OWNER, "TRYGGMOTE_DATABASE_ROLE": "owner"}
    assert databases(VAR, environment)["default"]["USER"] == "tryggmote_owner"


def test_a_missing_address_is_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_OWNER_URL is not set"):
        databases(VAR, {"DATABASE_URL": APP, "TRYGGMOTE_DATABASE_ROLE": "owner"})


@pytest.mark.parametrize(
    "address", ["mysql://db/tryggmote", "postgresql://db:tull/tryggmote?nope=1", "postgresql://db"]
)
def test_an_address_that_cannot_be_used_is_refused_with_the_variable_in_the_message(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        databases(VAR, {"DATABASE_URL": address, "DATABASE_OWNER_URL": OWNER})


@given(password=st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1))
def test_any_password_survives_the_way_through_an_address(password: str) -> None:
    address = make_conninfo(host="db", dbname="tryggmote", user="tryggmote_app", password=password)
    assert databases(VAR, {"DATABASE_URL": address})["default"]["PASSWORD"] == password


def test_only_a_process_that_serves_pages_keeps_a_pool() -> None:
    assert "pool" not in databases(VAR, {})["default"]["OPTIONS"]
    pool = databases(VAR, {"TRYGGMOTE_DATABASE_POOL": "4"})["default"]["OPTIONS"]["pool"]
    assert (pool["min_size"], pool["max_size"]) == (4, 4)
