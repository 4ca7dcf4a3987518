"""A call for help with the real alarm program, on the screens of a unit (requirements 3.2-3.4)."""

import json
import time
from collections.abc import Callable
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from tryggmote.access.ids import new_id
from tryggmote.assistance.models import Call, CallEvent, Recipient
from tryggmote.assistance.tests.conftest import PATIENCE_S, Browser, RunningProgram
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office, make_person

BrowserOf = Callable[[Person], Browser]


@pytest.fixture
def office(transactional_db: None) -> Office:
    return make_office()


def post(
    browser: Browser, path: str, origin: str | None = "http://127.0.0.1:8000", **sent: Any
) -> tuple[int, Any]:
    """What the page sends to the alarm program, and what it answers."""
    http = HTTPConnection("127.0.0.1", browser.port, timeout=PATIENCE_S)
    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={browser.cookie}", "Content-Type": "text/plain"}
    if origin:
        headers["Origin"] = origin
    http.request("POST", path, json.dumps(sent), headers)
    response = http.getresponse()
    return response.status, json.loads(response.read())


def get(browser: Browser, path: str) -> tuple[int, Any]:
    http = HTTPConnection("127.0.0.1", browser.port, timeout=PATIENCE_S)
    http.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={browser.cookie}"})
    response = http.getresponse()
    return response.status, json.loads(response.read())


def opened(browser: Browser) -> Browser:
    assert browser.open() == 200
    return browser


def call_from(browser: Browser, **sent: Any) -> dict[str, Any]:
    status, state = post(browser, "/alarm/raise", id=str(new_id()), **sent)
    assert status == 200
    return state


def test_a_call_is_on_every_colleagues_screen_and_nobody_elses(office: Office, browser_of: BrowserOf) -> None:
    elsewhere = make_office("Nav Storevik")
    colleagues = [opened(browser_of(person)) for person in (office.colleague, office.leader)]
    stranger = opened(browser_of(elsewhere.colleague))
    raised = call_from(browser_of(office.counsellor), place="Samtalerom 3", kind="threat")
    for browser in colleagues:
        browser.read_until("call")
        shown = browser.calls[-1]
        assert (shown["id"], shown["place"], shown["kind"]) == (raised["id"], "Samtalerom 3", "threat")
        assert shown["caller"]["name"] == office.counsellor.name
    stranger.read_until("heartbeat")
    assert stranger.calls == []


def test_each_step_comes_to_a_screen_once(office: Office, browser_of: BrowserOf) -> None:
    colleague, caller = opened(browser_of(office.colleague)), browser_of(office.counsellor)
    for _ in range(3):
        post(caller, "/alarm/end", call=call_from(caller)["id"])
    colleague.read_until("call", count=6)
    assert [call["ended_at"] is not None for call in colleague.calls] == [False, True] * 3
    assert len({call["number"] for call in colleague.calls}) == 6


def test_it_is_in_the_database_when_it_is_answered_as_received(office: Office, browser_of: BrowserOf) -> None:
    state = call_from(browser_of(office.counsellor))
    assert Call.objects.filter(id=state["id"]).exists()


def test_the_one_who_called_sees_who_was_reached_and_who_comes(office: Office, browser_of: BrowserOf) -> None:
    caller, colleague = opened(browser_of(office.counsellor)), opened(browser_of(office.colleague))
    state = call_from(caller)
    assert (state["told"], state["reached"]) == (5, 0)
    colleague.read_until("call")
    post(colleague, "/alarm/shown", calls=[state["id"]])
    caller.read_until("call", count=2)
    assert caller.calls[-1]["reached"] == 1
    post(colleague, "/alarm/answer", call=state["id"], answer="coming")
    caller.read_until("call")
    assert [who["name"] for who in caller.calls[-1]["coming"]] == [office.colleague.name]


def test_the_same_call_sent_fifty_times_at_once_is_one(office: Office, browser_of: BrowserOf) -> None:
    caller, same = browser_of(office.counsellor), str(new_id())
    taken: list[dict[str, Any]] = []
    threads = [Thread(target=lambda: taken.append(raised_at_last(caller, same))) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [state["id"] for state in taken] == [same] * 50
    assert Call.objects.count() == CallEvent.objects.filter(kind="raised").count() == 1
    assert Recipient.objects.filter(ring=1).count() == 5


def test_a_screen_that_opens_late_shows_what_is_open(office: Office, browser_of: BrowserOf) -> None:
    state = call_from(browser_of(office.counsellor))
    late = opened(browser_of(office.colleague))
    assert [call["id"] for call in late.open_calls] == [state["id"]]


def test_a_screen_that_was_away_learns_that_it_is_over(office: Office, browser_of: BrowserOf) -> None:
    caller, colleague = browser_of(office.counsellor), opened(browser_of(office.colleague))
    state = call_from(caller)
    colleague.read_until("call")
    colleague.response.close()
    post(caller, "/alarm/end", call=state["id"])
    opened(colleague)
    (shown,) = colleague.open_calls
    assert (shown["id"], shown["outcome"]) == (state["id"], "mistake")
    status, polled = get(colleague, f"/alarm/open?seen={state['number']}")
    assert (status, [call["outcome"] for call in polled["calls"]]) == (200, ["mistake"])


def test_nothing_is_lost_when_the_database_drops_the_listener(office: Office, browser_of: BrowserOf) -> None:
    colleague, caller = opened(browser_of(office.colleague)), browser_of(office.counsellor)
    raised = []
    for number in range(12):
        if number % 4 == 2:
            drop_the_programs_connections()
        raised.append(raised_at_last(caller)["id"])
    while len(heard := list(dict.fromkeys(call["id"] for call in colleague.calls))) < len(raised):
        colleague.read_until("call")  # also of calls that ring further meanwhile
    assert heard == raised


def raised_at_last(caller: Browser, call: str | None = None) -> dict[str, Any]:
    """As a page does it: the same id until it is taken."""
    call, until = call or str(new_id()), time.monotonic() + 3 * PATIENCE_S
    while time.monotonic() < until:
        status, state = post(caller, "/alarm/raise", id=call)
        if status == 200:
            return state
    raise TimeoutError("The call was never taken.")


def drop_the_programs_connections() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role tryggmote_app")  # who may end what it has begun
        # Not the server's own: autovacuum may be at work in any database at any moment.
        cursor.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            "and pid <> pg_backend_pid() and backend_type = 'client backend'"
        )


def test_nobody_answering_it_is_rung_further_by_the_program_itself(
    office: Office, browser_of: BrowserOf
) -> None:
    caller = opened(browser_of(office.counsellor))
    state = call_from(caller)
    with connection.cursor() as cursor:
        cursor.execute("update assistance_call set next_ring_at = now() where id = %s", [state["id"]])
    caller.read_until("call", count=2)
    assert caller.calls[-1]["ring"] == 2


def test_the_program_says_how_many_a_call_would_reach_now(office: Office, browser_of: BrowserOf) -> None:
    colleague = opened(browser_of(office.colleague))
    leader = opened(browser_of(office.leader))
    assert get(colleague, f"/alarm/coverage?unit={office.unit.id}") == (200, {"told": 5, "screens": 1})
    leader.response.close()
    elsewhere = make_office("Nav Storevik")
    assert get(colleague, f"/alarm/coverage?unit={elsewhere.unit.id}")[0] == 404


def test_what_is_refused(office: Office, browser_of: BrowserOf, program: RunningProgram) -> None:
    caller, stranger = browser_of(office.counsellor), browser_of(make_office("Nav Storevik").colleague)
    state = call_from(caller)
    assert post(Browser(program.port, cookie="invented"), "/alarm/raise", id=str(new_id()))[0] == 401
    assert post(caller, "/alarm/raise", origin="https://evil.example", id=str(new_id()))[0] == 403
    assert post(caller, "/alarm/raise", origin=None, id=str(new_id()))[0] == 403
    assert post(caller, "/alarm/raise", id="no id")[0] == 422
    assert post(caller, "/alarm/raise", id=str(new_id()), place="x" * 5_000)[0] == 422
    assert post(stranger, "/alarm/raise", id=state["id"])[0] == 403
    assert post(stranger, "/alarm/answer", call=state["id"], answer="coming")[0] == 404
    assert post(stranger, "/alarm/answer", call=str(new_id()), answer="coming")[0] == 404
    assert post(stranger, "/alarm/end", call=state["id"])[0] == 403
    assert post(caller, "/alarm/answer", call=state["id"], answer="perhaps")[0] == 422
    assert post(caller, "/alarm/nothing", call=state["id"])[0] == 404


def test_somebody_who_belongs_nowhere_is_told_no(office: Office, browser_of: BrowserOf) -> None:
    assert post(browser_of(make_person("Siri Streifer")), "/alarm/raise", id=str(new_id()))[0] == 403
