"""A browser that keeps its connection and nothing else, and the figures of what it waited for."""

import http.client
import math
import re
import time
from collections.abc import Mapping
from http.cookies import SimpleCookie
from urllib.parse import urlencode


class Client:
    """One person's browser on one connection."""

    def __init__(self, port: int, session_key: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"tryggmote_session": session_key}
        self.csrf_token = ""

    def get(
        self, path: str, headers: Mapping[str, str] | None = None
    ) -> tuple[float, http.client.HTTPMessage, str]:
        """Seconds until the whole answer was here, its headers and its text. Exits on anything but 200."""
        took, status, found, body = self._send("GET", path, None, headers or {})
        assert status == 200, f"GET {path} answered {status}"
        return took, found, body

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> tuple[float, http.client.HTTPMessage]:
        """Seconds until the redirect that follows a received form, and its headers."""
        body = urlencode({"csrfmiddlewaretoken": self.csrf_token, **fields})
        took, status, found, text = self._send("POST", path, body, headers or {})
        assert status == 302, f"POST {path} answered {status}: {text[:2000]}"
        return took, found

    def fetch_form(self, path: str) -> str:
        """The page of a form; its token is kept for the posts to come."""
        _, headers, text = self.get(path)
        for cookie in headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        assert token, f"{path} has no form"
        self.csrf_token = token[1]
        return text

    def _send(
        self, method: str, path: str, body: str | None, headers: Mapping[str, str]
    ) -> tuple[float, int, http.client.HTTPMessage, str]:
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **headers}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        text = response.read()
        return time.perf_counter() - began, response.status, response.headers, text.decode()


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least `share` of the values do not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
