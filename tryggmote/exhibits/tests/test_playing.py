"""Sound and video are played on our page, part by part, and that somebody did is written down once."""

import secrets
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.models import ReadEntry
from tryggmote.exhibits.models import Chunk, CustodyAct, Exhibit
from tryggmote.exhibits.spans import MOST, NotThere, Span, span_of
from tryggmote.exhibits.store import CHUNK
from tryggmote.exhibits.tests import helpers as h
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.exhibits.vocabulary import Deed
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

ClientOf = Callable[[Person], Client]
database = pytest.mark.django_db
FILM = h.box(b"isom", b"mp42") + secrets.token_bytes(5 * CHUNK)


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-", Span(0, 999)),
        ("bytes=0-0", Span(0, 0)),
        ("bytes=200-5000", Span(200, 999)),
        ("bytes=-100", Span(900, 999)),
        ("bytes=-5000", Span(0, 999)),
        ("", None),
        ("bytes=-", None),
        ("bytes=5-2", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
    ],
)
def test_what_a_player_asks_for(header: str, span: Span | None) -> None:
    assert span_of(header, 1000) == span


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-2000", "bytes=-0"])
def test_what_lies_outside_is_not_there(header: str) -> None:
    with pytest.raises(NotThere):
        span_of(header, 1000)


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_an_answer_begins_where_it_is_asked_to_and_never_grows_large(
    size: int, first: int, more: int
) -> None:
    if first >= size:
        return
    span = span_of(f"bytes={first}-{first + more}", size)
    assert span is not None
    assert span.first == first
    assert 0 < span.length <= min(MOST, more + 1, size - first)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def film(office: Office) -> Exhibit:
    return added_by(office.counsellor, reported_by(office.counsellor), FILM)


def asked(client: Client, exhibit: Exhibit, asked_for: str = "") -> object:
    headers = {"Range": asked_for} if asked_for else {}
    return client.get(reverse("exhibits:recording", args=[exhibit.id]), headers=headers)


@database
def test_a_player_gets_the_film_part_by_part(office: Office, film: Exhibit, client_of: ClientOf) -> None:
    client = client_of(office.leader)
    got = b""
    while len(got) < len(FILM):
        answer = asked(client, film, f"bytes={len(got)}-")
        assert answer.status_code == 206
        first, last = len(got), len(got) + len(answer.content) - 1
        assert answer["Content-Range"] == f"bytes {first}-{last}/{len(FILM)}"
        got += answer.content
    assert got == FILM
    middle = asked(client, film, f"bytes={CHUNK - 3}-{CHUNK + 3}")
    assert middle.content == FILM[CHUNK - 3 : CHUNK + 4]
    assert b"".join(asked(client, film).streaming_content) == FILM
    outside = asked(client, film, f"bytes={len(FILM)}-")
    assert (outside.status_code, outside["Content-Range"]) == (416, f"bytes */{len(FILM)}")


@database
def test_the_answer_is_locked_in_and_only_our_own_player_may_use_it(
    office: Office, film: Exhibit, client_of: ClientOf
) -> None:
    for answer in (asked(client_of(office.leader), film, "bytes=0-"), asked(client_of(office.leader), film)):
        assert answer["Content-Type"] == "video/mp4"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer["Content-Disposition"] == "attachment"
        assert "no-store" in answer["Cache-Control"]


@database
def test_only_the_page_with_the_player_lets_recordings_be_played(
    office: Office, film: Exhibit, client_of: ClientOf
) -> None:
    client = client_of(office.leader)
    shown = client.get(reverse("exhibits:show", args=[film.id]))
    assert "media-src 'self'" in shown["Content-Security-Policy"]
    assert "<video" in shown.content.decode()
    assert 'preload="none"' in shown.content.decode()  # nobody meets a threat without having asked for it
    closed = client.get(film.get_absolute_url())
    assert "media-src" not in closed["Content-Security-Policy"]
    assert "<video" not in closed.content.decode()
    assert not CustodyAct.objects.filter(deed=Deed.VIEWED).exists()


@database
def test_playing_is_one_opening_however_many_parts_and_a_new_one_later(
    office: Office, film: Exhibit, client_of: ClientOf
) -> None:
    def openings() -> tuple[int, int]:
        acts = CustodyAct.objects.filter(exhibit=film, by=office.leader, deed=Deed.VIEWED)
        return acts.count(), ReadEntry.objects.filter(kind="exhibit", object_id=film.id).count()

    client = client_of(office.leader)
    for start in (5, 0, CHUNK):
        asked(client, film, f"bytes={start}-")
    assert openings() == (1, 1)
    CustodyAct.objects.update(at=timezone.now() - timedelta(minutes=11))
    asked(client, film, "bytes=0-")
    assert openings() == (2, 2)


@database
@pytest.mark.parametrize("what", ["changed", "gone"])
def test_a_film_that_somebody_has_changed_is_not_played(
    office: Office, film: Exhibit, client_of: ClientOf, what: str
) -> None:
    rows = Chunk.objects.filter(exhibit=film, number=1)
    rows.delete() if what == "gone" else rows.update(content=b"x" * 50)
    client = client_of(office.leader)
    assert asked(client, film, "bytes=0-9").status_code == 206
    assert asked(client, film, f"bytes={CHUNK - 3}-{CHUNK + 3}").status_code == 409


@database
def test_others_and_what_is_no_recording_get_nothing(
    office: Office, film: Exhibit, client_of: ClientOf
) -> None:
    assert asked(client_of(office.colleague), film, "bytes=0-").status_code == 404
    incident = Incident.objects.get(id=film.incident_id)
    for content in (h.mail(), b"%PDF-1.7 " + b"x" * 400, h.box(b"3gp5")):
        exhibit = added_by(office.counsellor, incident, content)
        assert asked(client_of(office.leader), exhibit, "bytes=0-").status_code == 404


@database
def test_a_removed_film_is_not_played(office: Office, film: Exhibit, client_of: ClientOf) -> None:
    leader = client_of(office.leader)
    leader.post(reverse("exhibits:remove", args=[film.id]), {"reason": "Viser et barn"})
    assert asked(leader, film, "bytes=0-").status_code == 409
    assert "<video" not in leader.get(reverse("exhibits:show", args=[film.id])).content.decode()
