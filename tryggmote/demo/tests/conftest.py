"""One loaded county for all tests of this folder that ask for it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tryggmote.demo.loading import load

ANCHOR = date(2026, 11, 23)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo, loaded once and undone after the last test of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(ANCHOR)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def county(loaded: None, db: None) -> None:
    """The loaded county; what the test changes is undone after it."""
