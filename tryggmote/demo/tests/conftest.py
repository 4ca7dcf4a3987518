"""One loaded county for all tests of this folder that ask for it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tryggmote.demo.loading import load

ANCHOR = date(2026, 11, 23)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One process runs all that ask for the county: it takes ten seconds of CPU to load."""
    for item in items:
        if "county" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("county"))


@pytest.fixture(scope="package")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once and undone after the last test of the folder."""
    with django_db_blocker.unblock(), transaction.atomic():
        with translation.override("en"):  # a developer's terminal
            load(ANCHOR)
        # Here, once: what is still to be checked would be checked after each test.
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(loaded: None, db: None) -> None:
    """The loaded county; what the test changes is undone after it."""


@pytest.fixture
def nothing_loaded(db: None) -> None:
    """No county, also after a test that had one."""
    forget_county()


def forget_county() -> None:
    """Empty the database until the test is over."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(
            "truncate organisation_person, organisation_unit, statistics_surveyround, demo_demo cascade"
        )
