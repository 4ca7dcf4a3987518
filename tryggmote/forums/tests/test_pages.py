"""The pages of forums as people meet them, and the papers (1.3, AML § 7-2)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.controls.models import Measure
from tryggmote.controls.tests.helpers import planned_by
from tryggmote.forums import packing
from tryggmote.forums.models import CaseAnswer, Decision, Meeting, Pack, Point
from tryggmote.forums.pack import PARTS, Part
from tryggmote.forums.tests.helpers import called_by, decided_by, held_by, serious_at
from tryggmote.forums.vocabulary import Becomes, MeetingKind, Source, Stage
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def packs_made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The worker's queue, as a list: which papers are to be made."""
    asked: list[str] = []
    from tryggmote.forums.jobs import make_pack

    monkeypatch.setattr(make_pack, "defer", lambda pack_id: asked.append(pack_id))
    return asked


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_meeting_from_the_first_choice_to_published_minutes(office: Office, client_of: ClientOf) -> None:
    leader = client_of(office.office_leader)
    assert "Ingen møter ennå" in read(leader, reverse("forums:home"))
    address = f"{reverse('forums:plan')}?slag=partnership&enhet={office.unit.id}"
    page = read(leader, address)
    assert office.municipal_director.name in page
    sent: dict[str, Any] = {
        "id": str(new_id()),
        "occasion": "yearly",
        "theme": "Vold og trusler",
        "starts_at": (timezone.localtime() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        "place": "Rådhuset",
        "members": [f"{office.county_director.id}:state", f"{office.municipal_director.id}:municipal"],
        "points": ["status", "measures"],
    }
    for _time in range(2):
        leader.post(address, sent)
    meeting = Meeting.objects.get()
    minutes = reverse("forums:minutes", args=[meeting.id])
    assert "Det du skriver, lagres mens du skriver" in read(leader, minutes)
    for number in (1, 2):
        answer = leader.post(
            reverse("forums:write", args=[meeting.id, number]),
            {"minutes": "Gjennomgått.", "seen_at": ""},
            headers={"HX-Request": "true"},
        )
        assert "Lagret kl." in answer.content.decode()
    decision = {
        "id": str(new_id()), "words": "Ny dør i mottaket", "becomes": "measure", "measure_kind": "design",
        "owner": office.leader.id, "due_on": (timezone.localdate() + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    leader.post(reverse("forums:decide", args=[meeting.id, 1]), decision)
    assert Measure.objects.get().title == "Ny dør i mottaket"
    present = [office.county_director.id, office.municipal_director.id]
    leader.post(reverse("forums:attendance", args=[meeting.id]), {"present": present})
    leader.post(reverse("forums:send", args=[meeting.id]))
    for person in (office.county_director, office.municipal_director):
        client = client_of(person)
        assert "Referatet venter på deg" in read(client, meeting.get_absolute_url())
        client.post(reverse("forums:approve", args=[meeting.id]), {"id": str(new_id())})
    leader.post(reverse("forums:publish", args=[meeting.id]))
    assert Meeting.objects.get().stage == Stage.PUBLISHED
    assert "Ny dør i mottaket" in read(client_of(office.counsellor), meeting.get_absolute_url())


def test_what_is_missing_or_wrong_is_said_beside_the_field_and_nothing_is_lost(
    office: Office, client_of: ClientOf
) -> None:
    leader = client_of(office.office_leader)
    address = f"{reverse('forums:plan')}?slag=partnership&enhet={office.unit.id}"
    answer = leader.post(address, {"id": str(new_id()), "theme": "Etter hendelsen i mottaket"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Velg hvem som innkalles." in page
    assert "Etter hendelsen i mottaket" in page


def test_whoever_writes_over_another_sees_both_texts(office: Office, client_of: ClientOf) -> None:
    meeting = called_by(office.office_leader, office.unit)
    write = reverse("forums:write", args=[meeting.id, 1])
    client_of(office.office_leader).post(write, {"minutes": "Lederens tekst.", "seen_at": ""})
    answer = client_of(office.municipal_director).post(
        write, {"minutes": "Direktørens tekst.", "seen_at": ""}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lederens tekst." in page
    assert "Direktørens tekst." in page
    assert Point.objects.get(meeting=meeting, number=1).minutes == "Lederens tekst."


def test_a_task_is_opened_and_done_by_one_who_may_not_read_the_minutes(
    office: Office, client_of: ClientOf
) -> None:
    meeting = called_by(office.office_leader, office.unit)
    decision = decided_by(office.office_leader, meeting, office.counsellor)
    client, address = client_of(office.counsellor), reverse("forums:decision", args=[decision.id])
    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert decision.words in read(client, address)
    client.post(address)
    assert Decision.objects.get().done_by == office.counsellor


def test_only_a_leader_of_the_unit_makes_a_decision_a_measure(office: Office, client_of: ClientOf) -> None:
    meeting = called_by(office.municipal_director, office.unit)
    address = reverse("forums:decide", args=[meeting.id, 1])
    assert str(Becomes.MEASURE.label) not in read(client_of(office.municipal_director), address)
    assert str(Becomes.MEASURE.label) in read(client_of(office.office_leader), address)


def test_an_owner_answers_and_a_no_needs_a_reason(office: Office, client_of: ClientOf) -> None:
    incident = serious_at(office)
    client = client_of(office.municipal_director)
    assert "Skal partnerskapet behandle den?" in read(client, reverse("forums:cases"))
    address = reverse("forums:answer", args=[incident.id])
    refused = client.post(address, {"id": str(new_id()), "treats": "no", "reason": ""})
    assert refused.status_code == 422
    client.post(address, {"id": str(new_id()), "treats": "no", "reason": "Tatt opp med lederen."})
    assert CaseAnswer.objects.get().treats is False
    assert client_of(office.counsellor).post(address, {"id": str(new_id())}).status_code == 404


def test_the_papers_are_made_by_a_job_and_read_by_those_at_the_table(
    office: Office, client_of: ClientOf, packs_made: list[str]
) -> None:
    serious_at(office)
    meeting = called_by(office.office_leader, office.unit)
    leader, address = client_of(office.office_leader), reverse("forums:pack", args=[meeting.id])
    leader.post(address, {"id": str(new_id())})
    pack = Pack.objects.get()
    assert packs_made == [str(pack.id)]
    assert "0 av 8 deler er klare" in read(leader, address)
    packing.make(pack.id)
    assert "Åpne sakspapirene" in read(leader, address)
    file = reverse("forums:pack_file", args=[meeting.id])
    answer = client_of(office.municipal_director).get(file)
    assert answer.content.startswith(b"%PDF")
    assert ReadEntry.objects.filter(kind="forum_pack", person_id=office.municipal_director.id).count() == 1
    assert client_of(office.counsellor).get(file).status_code == 404


def test_those_who_wait_for_the_papers_see_each_part_become_ready(
    office: Office, client_of: ClientOf, packs_made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = called_by(office.office_leader, office.unit)
    leader, address = client_of(office.office_leader), reverse("forums:pack", args=[meeting.id])
    leader.post(address, {"id": str(new_id())})
    seen: list[str] = []

    def looked_at(part: Callable[[Meeting], Part]) -> Callable[[Meeting], Part]:
        def making(of: Meeting) -> Part:
            seen.extend(re.findall(r"\d av 8 deler", read(leader, address)))
            return part(of)

        return making

    for source, part in PARTS.items():
        monkeypatch.setitem(PARTS, source, looked_at(part))
    packing.make(Pack.objects.get().id)
    assert seen == [f"{number} av 8 deler" for number in range(7)]


def test_the_papers_count_all_measures_also_those_there_is_no_room_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tryggmote.forums.pack.MOST_ROWS", 2)
    for number in range(3):
        planned_by(office.office_leader, office.unit, office.counsellor, title=f"Skillevegg {number}")
    meeting = called_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id):
        part = PARTS[Source.MEASURES](meeting)
    assert part.says == ["3 åpne tiltak, 0 over fristen.", "De første 2 vises."]
    assert len(part.rows) == 2


def test_published_minutes_show_no_papers_to_those_who_were_not_there(
    office: Office, client_of: ClientOf, packs_made: list[str]
) -> None:
    meeting = called_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by:
        pack = packing.ask_for_pack(by=by, meeting=meeting, pack_id=new_id(), language="nb")
    packing.make(pack.id)
    held_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    client_of(office.office_leader).post(reverse("forums:publish", args=[meeting.id]))
    client = client_of(office.counsellor)
    assert "Sakspapirer" not in read(client, meeting.get_absolute_url())
    assert client.get(reverse("forums:pack", args=[meeting.id])).status_code == 403
    assert client.get(reverse("forums:pack_file", args=[meeting.id])).status_code == 404


def test_a_meeting_goes_into_ones_calendar_without_its_agenda(office: Office, client_of: ClientOf) -> None:
    meeting = called_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=3))
    file = client_of(office.municipal_director).get(reverse("forums:calendar", args=[meeting.id]))
    content = file.content.decode()
    assert "BEGIN:VEVENT" in content
    assert "Restrisiko" not in content


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_follows_neither_meetings_nor_points(
    office: Office, client_of: ClientOf
) -> None:
    leader = client_of(office.office_leader)
    first = called_by(office.office_leader, office.unit)
    decided_by(office.office_leader, first, office.leader)
    few = queries_of(leader, reverse("forums:home")), queries_of(leader, first.get_absolute_url())
    for _time in range(3):
        called_by(office.office_leader, office.unit, MeetingKind.SAFETY)
        decided_by(office.office_leader, first, office.leader)
    assert (queries_of(leader, reverse("forums:home")), queries_of(leader, first.get_absolute_url())) == few
