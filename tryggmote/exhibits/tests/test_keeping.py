"""How evidence is kept: sealed, checked, with a chain of who had it, and gone when it is removed."""

import base64
import hashlib
import io
import secrets
from collections.abc import Callable

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from pytest_django.fixtures import Settings

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.doctor import safety
from tryggmote.exhibits import rotation, services
from tryggmote.exhibits.keys import Keyring
from tryggmote.exhibits.models import Chunk, CustodyAct, Exhibit
from tryggmote.exhibits.services import examine
from tryggmote.exhibits.store import CHUNK
from tryggmote.exhibits.tests import helpers as h
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.exhibits.vocabulary import Deed
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def fetched_by(person: Person, exhibit: Exhibit) -> bytes:
    with acting_as(person.id) as by:
        return services.fetch_original(by=by, exhibit=Exhibit.objects.get(id=exhibit.id)).read()


def deeds(exhibit: Exhibit) -> list[tuple[str, str]]:
    acts = CustodyAct.objects.filter(exhibit=exhibit).order_by("at", "id")
    return [(act.deed, act.by.name) for act in acts.select_related("by")]


def a_key(name: str) -> str:
    return f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}"


def test_the_original_comes_back_byte_for_byte_with_its_checksum(office: Office, incident: Incident) -> None:
    content = h.photograph()
    exhibit = added_by(office.counsellor, incident, content)
    assert exhibit.sha256 == hashlib.sha256(content).hexdigest()
    assert fetched_by(office.leader, exhibit) == content


def test_nothing_readable_lies_in_the_database(office: Office, incident: Incident) -> None:
    added_by(office.counsellor, incident, b"Jeg vet hvor du bor.")
    added_by(office.counsellor, incident, h.photograph())
    stored = b"".join(bytes(content) for content in Chunk.objects.values_list("content", flat=True))
    assert b"hvor du bor" not in stored
    assert b"JFIF" not in stored
    assert b"Exif" not in stored


def test_a_large_recording_is_kept_in_pieces_and_comes_back_whole(office: Office, incident: Incident) -> None:
    content = h.box(b"isom", b"mp42") + secrets.token_bytes(3 * CHUNK)
    exhibit = added_by(office.counsellor, incident, content)
    assert Chunk.objects.filter(exhibit=exhibit).count() == 4
    assert fetched_by(office.counsellor, exhibit) == content


def one_byte_other(exhibit: Exhibit) -> None:
    chunk = Chunk.objects.get(exhibit=exhibit, part="original", number=0)
    content = bytearray(chunk.content)
    content[5] ^= 1
    Chunk.objects.filter(id=chunk.id).update(content=bytes(content))


def two_pieces_swapped(exhibit: Exhibit) -> None:
    first, second = Chunk.objects.filter(exhibit=exhibit, part="original").order_by("number")[:2]
    Chunk.objects.filter(id=first.id).update(content=second.content)
    Chunk.objects.filter(id=second.id).update(content=first.content)


def the_last_piece_gone(exhibit: Exhibit) -> None:
    Chunk.objects.filter(exhibit=exhibit, part="original").latest("number").delete()


def another_checksum(exhibit: Exhibit) -> None:
    Exhibit.objects.filter(id=exhibit.id).update(sha256="0" * 64)


@pytest.mark.parametrize(
    "tamper", [one_byte_other, two_pieces_swapped, the_last_piece_gone, another_checksum]
)
def test_evidence_that_somebody_has_changed_is_not_shown_as_evidence(
    office: Office, incident: Incident, tamper: Callable[[Exhibit], None]
) -> None:
    exhibit = added_by(office.counsellor, incident, h.box(b"isom") + secrets.token_bytes(2 * CHUNK))
    tamper(exhibit)
    with pytest.raises(NotPossible, match="ikke den samme"):
        fetched_by(office.leader, exhibit)
    assert deeds(exhibit) == [("added", office.counsellor.name)]


def test_the_same_form_sent_twice_is_one_exhibit(office: Office, incident: Incident) -> None:
    exhibit_id = new_id()
    first = added_by(office.counsellor, incident, exhibit_id=exhibit_id)
    again = added_by(office.counsellor, incident, h.photograph(), exhibit_id=exhibit_id)
    assert again.sha256 == first.sha256
    assert Exhibit.objects.count() == 1
    assert deeds(first) == [("added", office.counsellor.name)]
    chunks = Chunk.objects.filter(exhibit=first).count()
    assert chunks == 2  # the original and the copy, each one piece


def test_an_id_that_is_anothers_changes_nothing_of_theirs(office: Office, incident: Incident) -> None:
    first = added_by(office.counsellor, incident)
    with pytest.raises(NotPossible):
        added_by(office.leader, incident, h.photograph(), exhibit_id=first.id)
    assert fetched_by(office.counsellor, first) == h.picture()


def test_every_opening_is_a_link_in_the_chain_and_in_the_read_log(office: Office, incident: Incident) -> None:
    exhibit = added_by(office.counsellor, incident)
    with acting_as(office.safety_representative.id) as by:
        services.view(by=by, exhibit=Exhibit.objects.get(id=exhibit.id))
    fetched_by(office.leader, exhibit)
    assert deeds(exhibit) == [
        (Deed.ADDED, office.counsellor.name),
        (Deed.VIEWED, office.safety_representative.name),
        (Deed.FETCHED, office.leader.name),
    ]
    read = ReadEntry.objects.filter(kind="exhibit", object_id=exhibit.id).order_by("id")
    assert [entry.person_id for entry in read] == [office.safety_representative.id, office.leader.id]


def test_an_incident_has_room_for_so_much_and_says_so(
    office: Office, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = services.limits().model_copy(update={"files_per_incident": 1})
    monkeypatch.setattr(services, "limits", lambda: few)
    added_by(office.counsellor, incident)
    with pytest.raises(NotPossible, match="ikke plass"):
        added_by(office.counsellor, incident)


def test_removing_takes_the_content_and_its_key_and_leaves_who_and_why(
    office: Office, incident: Incident
) -> None:
    exhibit = added_by(office.counsellor, incident)
    with acting_as(office.leader.id) as by:
        for _again in range(2):
            services.remove(
                by=by,
                exhibit=Exhibit.objects.get(id=exhibit.id),
                incident=Incident.objects.get(id=incident.id),
                reason="Feil bilde",
            )
    exhibit.refresh_from_db()
    assert not Chunk.objects.filter(exhibit=exhibit).exists()
    assert bytes(exhibit.sealed_key) == b""
    assert exhibit.sha256 == hashlib.sha256(h.picture()).hexdigest()
    assert deeds(exhibit) == [(Deed.ADDED, office.counsellor.name), (Deed.REMOVED, office.leader.name)]
    with pytest.raises(NotPossible, match="fjernet"):
        fetched_by(office.leader, exhibit)


@pytest.mark.parametrize("who", ["counsellor", "safety_representative"])
def test_nobody_but_an_uninvolved_leader_removes_evidence(
    office: Office, incident: Incident, who: str
) -> None:
    exhibit = added_by(office.counsellor, incident)
    with acting_as(getattr(office, who).id) as by, pytest.raises(NotAllowed):
        services.remove(by=by, exhibit=exhibit, incident=incident, reason="Nei")
    assert Chunk.objects.filter(exhibit=exhibit).exists()


def test_evidence_goes_with_its_incident(office: Office, incident: Incident) -> None:
    exhibit = added_by(office.counsellor, incident)
    Exhibit.objects.filter(incident=incident).delete()
    assert not Chunk.objects.filter(exhibit_id=exhibit.id).exists()
    assert not CustodyAct.objects.filter(exhibit_id=exhibit.id).exists()


# Keys


def test_a_replaced_key_is_taken_over_by_night_and_can_then_go(
    office: Office, incident: Incident, settings: Settings
) -> None:
    old, new = a_key("2025"), a_key("2026")
    settings.EXHIBIT_KEYS = [old]
    exhibit = added_by(office.counsellor, incident)
    settings.EXHIBIT_KEYS = [new, old]
    assert fetched_by(office.leader, exhibit) == h.picture()
    before = list(Chunk.objects.order_by("id").values_list("id", "content"))
    assert rotation.seal_keys_anew() == 1
    assert rotation.seal_keys_anew() == 0
    settings.EXHIBIT_KEYS = [new]
    assert fetched_by(office.leader, exhibit) == h.picture()
    after = list(Chunk.objects.order_by("id").values_list("id", "content"))
    assert [bytes(c) for _, c in after] == [bytes(c) for _, c in before]


def test_a_file_whose_key_is_missing_or_another_says_so(
    office: Office, incident: Incident, settings: Settings
) -> None:
    settings.EXHIBIT_KEYS = [a_key("2025")]
    exhibit = added_by(office.counsellor, incident)
    for keys in ([a_key("2026")], [a_key("2025")]):
        settings.EXHIBIT_KEYS = keys
        with pytest.raises(NotPossible, match="nøkkelen"):
            fetched_by(office.leader, exhibit)
    # The same name with another key: the nightly job says so, and goes on.
    settings.EXHIBIT_KEYS = [a_key("2026"), a_key("2025")]
    assert rotation.seal_keys_anew() == 0


def test_production_does_not_start_without_the_keys_of_the_files_it_has(
    office: Office, incident: Incident, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety, "unsafe_role", lambda: [])
    monkeypatch.setattr(safety, "unsafe_settings", lambda: [])
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "close_pool", lambda: None)
    settings.EXHIBIT_KEYS = [a_key("2025")]
    added_by(office.counsellor, incident)
    settings.PRODUCTION, settings.EXHIBIT_KEYS = True, []
    with pytest.raises(ImproperlyConfigured, match="2025"):
        safety.refuse_an_unsafe_start()


def test_an_installation_without_files_may_start_without_a_key(db: None, settings: Settings) -> None:
    settings.EXHIBIT_KEYS = []
    assert list(safety.missing_keys()) == []


@pytest.mark.parametrize("word", ["", "2026", "2026:", "2026:kort", ":AAAA", "æ:AAAA", f"a b:{'A' * 44}"])
def test_a_key_that_cannot_be_used_is_named_and_never_told(word: str, settings: Settings) -> None:
    with pytest.raises(ValueError, match="entry 1") as refused:
        Keyring([word])
    assert "kort" not in str(refused.value)
    settings.PRODUCTION, settings.EXHIBIT_KEYS = True, [word]
    assert any("EXHIBIT_KEYS" in found.what for found in safety.unsafe_settings())


def test_without_a_key_nothing_is_stored(office: Office, incident: Incident, settings: Settings) -> None:
    settings.EXHIBIT_KEYS = []
    with pytest.raises(NotPossible, match="ikke slått på"):
        added_by(office.counsellor, incident)
    assert not Exhibit.objects.exists()


def test_pasted_text_is_evidence_like_any_other(office: Office, incident: Incident) -> None:
    words = "Du skal få svi.".encode()
    examined = examine(io.BytesIO(words), len(words))
    assert (examined.kind, examined.copy) == ("text", None)
    exhibit = added_by(office.counsellor, incident, words)
    with acting_as(office.leader.id) as by:
        shown = services.view(by=by, exhibit=Exhibit.objects.get(id=exhibit.id))
    assert shown.read() == words
