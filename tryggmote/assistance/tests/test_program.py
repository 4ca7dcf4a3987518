"""What the alarm program makes of what it did not expect: the stream goes on."""

import pytest

from tryggmote.access.ids import new_id
from tryggmote.assistance.program import _is_ours, notice_frames
from tryggmote.assistance.store import Told
from tryggmote.notices import registry
from tryggmote.notices.registry import NoticeKind


def told(kind: str) -> Told:
    return Told(id=new_id(), person_id=1, kind=kind, context={}, language="nb", told_in=1, unseen=1)


def test_a_kind_that_only_newer_pages_know_does_not_end_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register(NoticeKind("tests.known", title="Kjent", body=""))
    (frame,) = notice_frames([told("tests.of_tomorrow"), told("tests.known")], position=7)
    assert b"Kjent" in frame


@pytest.mark.parametrize(
    "origin", ["http://[broken", "null", "https://evil.example", "http://localhost.evil.example"]
)
def test_other_sites_and_nonsense_may_not_listen(origin: str) -> None:
    assert not _is_ours({"origin": origin, "host": "localhost:8001"})


def test_a_page_of_the_same_host_may_listen_from_its_own_port() -> None:
    assert _is_ours({"origin": "http://localhost:8000", "host": "localhost:8001"})
