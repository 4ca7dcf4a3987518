"""How tests meet the database: made and arranged as the owner, used as the application's roles.

The connection belongs to the owner, so a test can arrange and check anything. Whatever the product
does runs inside `acting_as` (or a request), which takes the application's role and its policies.
"""

import base64
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client
from hypothesis import settings as properties
from pytest_django import DjangoDbBlocker

from tryggmote.access.policies import apply_policies, policies_mark
from tryggmote.access.sessions import SessionStore
from tryggmote.organisation.models import Person
from tryggmote.postgres.server import Server
from tryggmote.postgres.settings import databases, is_embedded

ROOT = Path(__file__).parent
TEST_DATABASE = "test_tryggmote_"
KEPT_DATABASE = "kept_tryggmote_"
WHO_SEES_WHAT = (ROOT / "tests" / "security", ROOT / "tryggmote" / "access")
# Machines are shared and noisy: how long an example or the start of a mail server takes says nothing of ours.
os.environ.setdefault("AIOSMTPD_CONTROLLER_TIMEOUT", "120")
properties.register_profile("ours", deadline=None)
properties.load_profile("ours")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark for `tests/everything.py` what runs on which server."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") and not fixtures & {"client", "client_of"}:
            item.add_marker(pytest.mark.database)
        if any(folder in item.path.parents for folder in WHO_SEES_WHAT):
            item.add_marker(pytest.mark.visibility)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One database for this run, copied from a kept one; runs beside each other do not meet."""
    owner = databases(settings.VAR, os.environ | {"TRYGGMOTE_DATABASE_ROLE": "owner"})["default"]
    with ExitStack() as stack:
        if is_embedded():
            stack.enter_context(Server(settings.VAR).needed())
        stack.enter_context(django_db_blocker.unblock())
        connection.close()
        connection.settings_dict.update(owner)
        real_name, name = connection.settings_dict["NAME"], f"{TEST_DATABASE}{os.getpid()}"
        _copy_of_the_kept_one(name)
        _use(name)
        yield
        connection.creation.destroy_test_db(real_name, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def plain_static_files(django_test_environment: None) -> None:
    """Pages are drawn without a collected manifest; the browser tests run the real one."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    # Else WhiteNoise reads all files anew for each test's client.
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True, scope="session")
def a_key_for_evidence(django_test_environment: None) -> None:
    """Tests run as production does, where nothing makes a key by itself."""
    settings.EXHIBIT_KEYS = [f"tests:{base64.b64encode(bytes(range(32))).decode()}"]


def _copy_of_the_kept_one(name: str) -> None:
    """To migrate costs half a minute, policies two seconds, to copy one: each is done until it changes."""
    migrated = f"{KEPT_DATABASE}{_migrations_mark()}"
    kept = f"{migrated}_{hashlib.sha256(policies_mark().encode()).hexdigest()[:8]}"
    with connection._nodb_cursor() as cursor:
        # The lock ends with the connection. Whoever waits for it finds the kept one made.
        cursor.execute("select pg_advisory_lock(hashtext(%s))", [KEPT_DATABASE])
        _drop_what_killed_runs_left(cursor)
        cursor.execute("select datname from pg_database where datname like %s", [f"{KEPT_DATABASE}%"])
        there = [found for (found,) in cursor.fetchall()]
        if kept not in there:
            for old in set(there) - {migrated}:
                cursor.execute(f'drop database "{old}"')
            if migrated not in there:
                _make(name)
                # Only a finished one gets the name.
                cursor.execute(f'alter database "{name}" rename to "{migrated}"')
            cursor.execute(f'create database "{name}" template "{migrated}"')
            _use(name)
            apply_policies()
            connection.close()
            cursor.execute(f'alter database "{name}" rename to "{kept}"')
        cursor.execute(f'create database "{name}" template "{kept}"')


def _make(name: str) -> None:
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _migrations_mark() -> str:
    """A short name for the migrations, ours and our libraries'."""
    migrations = sorted((settings.PACKAGE).glob("*/migrations/*.py"))
    texts = (path.read_bytes() for path in [*migrations, ROOT / "requirements" / "run.txt"])
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


def _drop_what_killed_runs_left(cursor: CursorWrapper) -> None:
    cursor.execute("select datname from pg_database where datname like %s", [f"{TEST_DATABASE}%"])
    for (name,) in cursor.fetchall():
        if not _is_running(int(name.removeprefix(TEST_DATABASE))):
            cursor.execute(f'drop database if exists "{name}"')


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@pytest.fixture(autouse=True)
def everybody_is_trained(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stories of checks and incidents are about trained people; who is not is tested where training is."""
    if not request.node.get_closest_marker("training"):
        monkeypatch.setattr("tryggmote.organisation.clearance._judges", [])


@pytest.fixture
def client_of(db: None) -> Callable[[Person], Client]:
    """A browser in which this person has signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        # Not `client.session`, which writes it once empty and once more.
        session = SessionStore()
        session["person_id"] = person.id
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return signed_in
