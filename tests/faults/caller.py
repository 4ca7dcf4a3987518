"""People in front of pages while things break: one calls until the call is taken, others have a screen open.

They do over HTTP what the page's own scripts do (`call.js`, `stream.js`), with the same times.
"""

import json
import re
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

HIDDEN_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SESSION_COOKIE = "tryggmote_session"
TRY_WITHIN_S = 3
SIGN_IN_WITHIN_S = 60  # nothing is broken yet, and the first pages of a program just started take their time
TRY_EVERY_S = 1
GIVE_UP_AFTER_S = 120
HEARTBEAT_WITHIN_S = 25
POLL_EVERY_S = 5
RETRY_S = 3.0  # what browsers wait before they open a stream again, unless the server says otherwise
REFUSALS = (401, 403, 404, 422)


class NoAnswer(Exception):
    """The network or the server failed: nobody knows whether the act was done."""


@dataclass
class Browser:
    """One person's browser: signed in, with a way to the pages and one to the alarm program."""

    web_port: int
    alarm_port: int
    person_id: int = 0

    def sign_in(self, person_id: int) -> None:
        """As this one of the fictional people. The way to the pages must be whole."""
        self.person_id = person_id
        self._cookies = CookieJar()
        self._open = build_opener(HTTPCookieProcessor(self._cookies)).open
        self._token = _token_in(self._ask("/logg-inn/", within=SIGN_IN_WITHIN_S))
        self._ask("/logg-inn/", {"person": str(person_id)}, within=SIGN_IN_WITHIN_S)
        self._token = _token_in(self._ask("/hjelp/", within=SIGN_IN_WITHIN_S))
        self.session_key = next(one.value or "" for one in self._cookies if one.name == SESSION_COOKIE)

    def to_alarm(self, act: str, **sent: Any) -> dict[str, Any]:
        """Ask the alarm program to do something. Raises NoAnswer when it is not known to be done."""
        headers = {"Origin": f"http://127.0.0.1:{self.web_port}", "Content-Type": "text/plain"}
        return self._alarm("POST", f"/alarm/{act}", json.dumps(sent), headers)

    def to_pages(self, path: str, **sent: Any) -> None:
        """The same of the pages, as the script sends a form. Raises NoAnswer."""
        self._ask(path, {name: str(value) for name, value in sent.items()}, {"X-Tryggmote-Send": "1"})

    def open_calls(self, seen: int) -> dict[str, Any]:
        """What is open, from whichever has an answer. Raises NoAnswer when none has."""
        try:
            return self._alarm("GET", f"/alarm/open?seen={seen}", None, {})
        except NoAnswer:
            found: dict[str, Any] = json.loads(self._ask(f"/hjelp/apne/?seen={seen}"))
            return found

    def do_until_taken(self, act: str, path: str, alarm: dict[str, Any], pages: dict[str, Any]) -> int:
        """One act, to the alarm program and the pages by turns until one has it. How many tries it took."""
        give_up = time.monotonic() + GIVE_UP_AFTER_S
        tries = 0
        while time.monotonic() < give_up:
            tries += 1
            try:
                if tries % 2:
                    self.to_alarm(act, **alarm)
                else:
                    self.to_pages(path, **pages)
            except NoAnswer:
                if tries % 2 == 0:
                    time.sleep(TRY_EVERY_S)
            else:
                return tries
        raise AssertionError(f"{act} was not taken in {GIVE_UP_AFTER_S} s")

    def call_for_help(self, call: str) -> int:
        """Until it is taken."""
        return self.do_until_taken("raise", "/hjelp/", {"id": call}, {"id": call})

    def comes(self, call: str) -> int:
        """Answer a call, until that is taken."""
        said = {"answer": "coming"}
        return self.do_until_taken("answer", f"/hjelp/{call}/svar/", {"call": call, **said}, said)

    def ends(self, call: str) -> int:
        """It was sent by mistake: until that is taken."""
        return self.do_until_taken("end", f"/hjelp/{call}/slutt/", {"call": call}, {"outcome": "mistake"})

    def _alarm(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> dict[str, Any]:
        connection = HTTPConnection("127.0.0.1", self.alarm_port, timeout=TRY_WITHIN_S)
        try:
            cookie = {"Cookie": f"{SESSION_COOKIE}={self.session_key}"}
            connection.request(method, path, body, headers | cookie)
            response = connection.getresponse()
            said = response.read()
        except (OSError, HTTPException) as error:
            raise NoAnswer from error
        finally:
            connection.close()
        assert response.status not in REFUSALS, f"{response.status} for {path}: {said!r}"
        if response.status != 200:
            raise NoAnswer
        found: dict[str, Any] = json.loads(said)
        return found

    def _ask(
        self,
        path: str,
        answers: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        *,
        within: float = TRY_WITHIN_S,
    ) -> str:
        body, said = None, ""
        if answers is not None:
            body = urlencode(answers | {"csrfmiddlewaretoken": self._token}).encode()
        address = f"http://127.0.0.1:{self.web_port}{path}"
        try:
            asked = Request(address, body, headers or {})
            with self._open(asked, timeout=within) as response:
                said = response.read().decode()
        except HTTPError as error:
            with error:
                said = error.read().decode()
            if error.code in REFUSALS:
                raise AssertionError(f"{error.code} for {path}: {said[:500]}") from error
            raise NoAnswer from error
        except (OSError, HTTPException) as error:
            raise NoAnswer from error
        # Whoever is signed out is led to another page, with a friendly answer.
        assert response.url.partition("?")[0].endswith(path.partition("?")[0]) or path == "/logg-inn/"
        return said


@dataclass
class Screen:
    """A page that is open: what it has shown, and when first."""

    browser: Browser
    first_shown: dict[str, float] = field(default_factory=dict)
    steps: set[tuple[str, int]] = field(default_factory=set)
    polled: int = 0
    reconnected: int = 0

    def __post_init__(self) -> None:
        self.is_open = threading.Event()
        self._closed = threading.Event()
        self._last_sign = time.monotonic()
        self._last_event_id = ""
        self._number = 0
        self._retry_s = RETRY_S

    def open(self) -> "Screen":
        """Listen until it is closed."""
        for work in (self._listen, self._poll):
            threading.Thread(target=work, daemon=True).start()
        return self

    def close(self) -> None:
        """The page is left."""
        self._closed.set()

    def _listen(self) -> None:
        while not self._closed.is_set():
            may_try_again = True
            with suppress(OSError, HTTPException):
                may_try_again = self._read_stream()
            self.reconnected += 1
            # After an answer that is no stream a browser gives up; the page begins anew after a silence.
            pause = self._retry_s
            if not may_try_again:
                pause = max(pause, self._last_sign + HEARTBEAT_WITHIN_S - time.monotonic())
            self._closed.wait(pause)

    def _read_stream(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.browser.alarm_port, timeout=HEARTBEAT_WITHIN_S)
        try:
            headers = {"Cookie": f"{SESSION_COOKIE}={self.browser.session_key}"}
            if self._last_event_id:
                headers["Last-Event-ID"] = self._last_event_id
            connection.request("GET", "/alarm/stream", headers=headers)
            response = connection.getresponse()
            if response.status != 200:
                return False
            fields: dict[str, str] = {}
            while line := response.readline():
                if self._closed.is_set():
                    return True
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name:
                    fields[name] = value
                else:
                    self._take(fields)
                    fields = {}
            return True
        finally:
            connection.close()

    def _take(self, event: dict[str, str]) -> None:
        if "event" in event:
            self._last_sign = time.monotonic()
        self._last_event_id = event.get("id", self._last_event_id)
        if "retry" in event:
            self._retry_s = int(event["retry"]) / 1000
        match event.get("event"):
            case "call":
                self._show(json.loads(event["data"]))
            case "calls":
                self._catch_up(json.loads(event["data"]))
            case "hello":
                self.is_open.set()

    def _catch_up(self, told: dict[str, Any]) -> None:
        self._number = max(self._number, told["number"])
        for state in told["calls"]:
            self._show(state)

    def _show(self, state: dict[str, Any]) -> None:
        self._number = max(self._number, state["number"])
        self.steps.add((state["id"], state["number"]))
        if state["id"] not in self.first_shown:
            self.first_shown[state["id"]] = time.monotonic()
            threading.Thread(target=self._say_it_is_shown, args=(state["id"],), daemon=True).start()

    def _say_it_is_shown(self, call: str) -> None:
        with suppress(NoAnswer):
            self.browser.to_alarm("shown", calls=[call])

    def _poll(self) -> None:
        while not self._closed.wait(POLL_EVERY_S):
            if time.monotonic() - self._last_sign < HEARTBEAT_WITHIN_S:
                continue
            self.polled += 1
            with suppress(NoAnswer):
                self._catch_up(self.browser.open_calls(self._number))


def new_call() -> str:
    """An id as the page makes it."""
    return str(uuid4())


def _token_in(page: str) -> str:
    token = HIDDEN_TOKEN.search(page)
    assert token, "the page has no form"
    return token[1]
