"""Somebody who reports incidents over HTTP and does not give up, as the page's own script would not."""

import re
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from threading import Event
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener
from uuid import UUID, uuid4

from tests.faults.caller import HIDDEN_TOKEN, SIGN_IN_WITHIN_S, NoAnswer

PEOPLE = re.compile(r'name="person" value="([^"]+)"')
AGAIN_AFTER_S = 0.1
TRY_WITHIN_S = 10


@dataclass
class Reporter:
    """One browser of one person."""

    address: str
    received: set[UUID] = field(default_factory=set)
    sent: set[UUID] = field(default_factory=set)
    retries: int = 0

    def __post_init__(self) -> None:
        self._open = build_opener(HTTPCookieProcessor(CookieJar())).open
        self._token = ""

    def sign_in(self, number: int) -> None:
        """Sign in as person `number` of those the demo offers."""
        page = self._get("/logg-inn/", within=SIGN_IN_WITHIN_S)
        person = list(dict.fromkeys(PEOPLE.findall(page)))[number]
        self._post("/logg-inn/", {"person": person}, within=SIGN_IN_WITHIN_S)
        self._get("/hendelser/meld/", within=SIGN_IN_WITHIN_S)

    def report_until(self, enough: Event) -> None:
        """Report one incident after the other, each again and again until it is answered "received"."""
        while not enough.is_set():
            self._report(uuid4())

    def _report(self, report_id: UUID) -> None:
        answers = {
            "id": str(report_id),
            "natures": "threat_to_employee",
            "form": "reception",
            "severity": "3",
            "about": "self",
            "what_happened": f"Prøve {report_id}",
        }
        self.sent.add(report_id)
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            try:
                address = self._post("/hendelser/meld/", answers)
            except NoAnswer:
                self.retries += 1
                time.sleep(AGAIN_AFTER_S)
                continue
            assert address.endswith(f"/hendelser/{report_id}/mottatt/"), address
            self.received.add(report_id)
            return
        raise AssertionError(f"No answer to report {report_id} in a minute")

    def _get(self, path: str, *, within: float = TRY_WITHIN_S) -> str:
        page = self._ask(path, None, within)[1]
        if token := HIDDEN_TOKEN.search(page):
            self._token = token[1]
        return page

    def _post(self, path: str, answers: dict[str, str], *, within: float = TRY_WITHIN_S) -> str:
        """The address one is led to."""
        return self._ask(path, urlencode(answers | {"csrfmiddlewaretoken": self._token}).encode(), within)[0]

    def _ask(self, path: str, body: bytes | None, within: float) -> tuple[str, str]:
        try:
            with self._open(self.address + path, body, timeout=within) as response:
                return response.url, response.read().decode()
        except HTTPError as error:
            with error:
                if error.code < 500:
                    raise AssertionError(
                        f"{error.code} for {path}: {error.read().decode()[:2000]}"
                    ) from error
                raise NoAnswer from error
        except (OSError, HTTPException) as error:
            raise NoAnswer from error
