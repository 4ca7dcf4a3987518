"""The alarm program when the database is away, when nonsense comes, and when a thousand come at once."""

from http.client import HTTPConnection

import pytest
from django.conf import settings
from django.db import connection

from tryggmote.assistance.tests.conftest import PATIENCE_S, RunningProgram
from tryggmote.assistance.tests.test_calls_on_screens import (
    BrowserOf,
    drop_the_programs_connections,
    opened,
)
from tryggmote.organisation.tests.factories import Office, make_office


@pytest.fixture
def office(transactional_db: None) -> Office:
    return make_office()


def _let_in(is_open: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select current_database()")
        (name,) = cursor.fetchone()
        cursor.execute(f'alter database "{name}" connection limit {-1 if is_open else 0}')


def test_a_program_that_hears_nothing_of_the_database_goes_quiet_so_that_screens_ask_the_pages(
    office: Office, browser_of: BrowserOf, program: RunningProgram
) -> None:
    """A screen polls when it has had no sign of life for 25 s (`stream.js`)."""
    colleague = opened(browser_of(office.colleague))
    _let_in(False)
    try:
        drop_the_programs_connections()
        colleague.response.fp.raw._sock.settimeout(15)  # type: ignore[union-attr]
        with pytest.raises(TimeoutError):
            colleague.read_until("heartbeat", count=2)  # one may be on its way
        assert program.health()[0] == 503
    finally:
        _let_in(True)


def test_what_nests_too_deep_is_refused_and_no_error(office: Office, browser_of: BrowserOf) -> None:
    caller = browser_of(office.counsellor)
    asked = HTTPConnection("127.0.0.1", caller.port, timeout=PATIENCE_S)
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={caller.cookie}", "Origin": "http://127.0.0.1:8000"}
    asked.request("POST", "/alarm/raise", "[" * 3_999, headers)
    assert asked.getresponse().status == 422
