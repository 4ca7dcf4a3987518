"""What the alarm program makes of what it did not expect: the stream goes on."""

import asyncio
from typing import Any

import pytest
from psycopg_pool import PoolTimeout

from tryggmote.access.ids import new_id
from tryggmote.assistance.http import Asked
from tryggmote.assistance.program import Program, notice_frames
from tryggmote.assistance.store import Told
from tryggmote.notices import registry
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Group


def told(kind: str) -> Told:
    return Told(id=new_id(), person_id=1, kind=kind, context={}, language="nb", told_in=1, unseen=1)


def test_a_kind_that_only_newer_pages_know_does_not_end_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register(NoticeKind("tests.known", title="Kjent", body=""), group=Group.READING)
    (frame,) = notice_frames([told("tests.of_tomorrow"), told("tests.known")], place="7-7")
    assert b"Kjent" in frame


def asked(method: str, **headers: str) -> Asked:
    sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Asked({"method": method, "path": "/alarm/raise", "headers": sent})


@pytest.mark.parametrize(
    "origin", ["http://[broken", "null", "https://evil.example", "http://localhost.evil.example"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_other_sites_and_nonsense_may_neither_listen_nor_act(method: str, origin: str) -> None:
    assert not asked(method, origin=origin, host="localhost:8001").is_ours


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_of_the_same_host_may_ask_from_its_own_port(method: str) -> None:
    assert asked(method, origin="http://localhost:8000", host="localhost:8001").is_ours


def test_an_act_that_does_not_say_where_it_comes_from_is_refused() -> None:
    assert not asked("POST", host="localhost:8001").is_ours
    assert asked("GET", host="localhost:8001").is_ours


def test_a_stream_that_cannot_be_looked_up_ends_as_one_that_a_browser_opens_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It gives up for good on an answer that is no stream (HTML, server-sent events, 9.2.3)."""
    program, sent = Program(), []

    def away(*_: Any) -> None:
        raise PoolTimeout

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    monkeypatch.setattr(program._pool, "connection", away)
    asyncio.run(program._stream(asked("GET"), send, send))  # type: ignore[arg-type]
    assert (sent[0]["status"], sent[-1]["body"], sent[-1]["more_body"]) == (200, b"retry: 1000\n\n", False)
