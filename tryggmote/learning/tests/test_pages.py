"""The pages of lessons as people use them: found, written, shared, answered and withdrawn (2.4)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.information.models import Item
from tryggmote.learning import lessons
from tryggmote.learning.models import Lesson, LessonAsking, LessonSource, LessonVersion
from tryggmote.learning.tests.test_lessons import share, written_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
CHECKED = {"no_names": "on", "no_places": "on", "no_health": "on", "could_be_read_aloud": "on"}


@pytest.fixture
def office() -> Office:
    return make_office()


def found(client: Client, **query: str) -> list[str]:
    response = client.get(reverse("learning:list"), query)
    assert response.status_code == 200
    return re.findall(r'<h2 class="[^"]+"><a class="aksel-link"[^>]*>([^<]+)</a>', response.content.decode())


def shared(office: Office, title: str, **words: object) -> Lesson:
    lesson = written_by(office.office_leader, office.unit, title=title, **words)
    share(office.office_leader, lesson)
    return lesson


def fields(office: Office, **changed: str) -> dict[str, str]:
    return {
        "id": str(new_id()), "revision": "0", "unit": str(office.unit.id), "title": "Sitt nærmest døra",
        "happened": "En samtale ble truende.", "learned": "Den nærmest døra kom seg ut.",
        "changed": "", "scope": "unit", **changed,
    }  # fmt: skip


def test_a_word_is_found_in_any_form_of_it_and_the_title_comes_first(
    office: Office, client_of: ClientOf
) -> None:
    shared(office, "Avbryt samtalen", happened="Det kom trusler i en samtale.")
    shared(office, "Trussel på telefon: legg på", happened="Noen ringte.")
    client = client_of(office.counsellor)
    assert found(client, q="trusler") == ["Trussel på telefon: legg på", "Avbryt samtalen"]
    assert found(client, q="samtaler") == ["Avbryt samtalen"]
    assert found(client, q='"trussel på telefon" -mottak') == ["Trussel på telefon: legg på"]
    assert found(client, q="badeball") == []


@pytest.mark.parametrize(
    "text",
    ["'", '"', "\\", "& | !", ":*", "a:* <-> b", "'; drop table learning_lesson; --", "<script>", "%_",
     "-", "((", "or", "\u0000x", "x" * 5000, "𝕏 ☃ ñ", "{{ 7|add:7 }}"],
)  # fmt: skip
def test_whatever_is_sought_is_only_words(office: Office, client_of: ClientOf, text: str) -> None:
    shared(office, "Sitt nærmest døra")
    page = client_of(office.counsellor).get(reverse("learning:list"), {"q": text})
    assert page.status_code == 200
    assert "<script>" not in page.content.decode().split("<main")[1]
    assert client_of(office.counsellor).get("/sok/", {"q": text}).status_code == 200


def test_the_list_is_narrowed_by_form_circumstance_and_unit(office: Office, client_of: ClientOf) -> None:
    shared(office, "Om hjemmebesøk", forms=("home_visit",), circumstances=(1,))
    shared(office, "Om alt", forms=(), circumstances=(2, 3))
    client = client_of(office.counsellor)
    assert found(client, form="home_visit") == ["Om alt", "Om hjemmebesøk"]
    assert found(client, form="telephone") == ["Om alt"]
    assert found(client, circumstance="1") == ["Om hjemmebesøk"]
    assert found(client, where="mine") == ["Om alt", "Om hjemmebesøk"]
    assert len(found(client, circumstance="x", form="y")) == 2


def test_what_is_not_shared_with_one_is_not_found(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Storevik")
    shared(elsewhere, "Bare i Storevik")
    shared(elsewhere, "For alle", scope="all")
    written_by(office.office_leader, office.unit, title="Et utkast")
    assert found(client_of(office.counsellor)) == ["For alle"]
    assert found(client_of(office.counsellor), q="Storevik utkast") == []


def test_from_incident_to_shared_lesson_in_two_pages(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    client = client_of(office.office_leader)
    new = f"{reverse('learning:new')}?hendelse={incident.id}"
    assert "knyttet til hendelsen" in client.get(new).content.decode()
    answer = client.post(new, fields(office))
    lesson = Lesson.objects.get()
    assert answer.headers["Location"] == reverse("learning:share", args=[lesson.id])
    assert LessonSource.objects.get().incident == incident
    page = client.get(answer.headers["Location"]).content.decode()
    assert "Ingen navn på ansatte" in page
    unchecked = client.post(answer.headers["Location"], {"id": new_id(), "revision": "1", "no_names": "on"})
    assert unchecked.status_code == 422
    assert not Lesson.objects.get().is_shared
    done = client.post(answer.headers["Location"], {"id": new_id(), "revision": "1", **CHECKED})
    assert done.status_code == 302
    assert Lesson.objects.get().is_shared
    assert Item.objects.filter(kind="learning.shared", subject_id=lesson.id).exists()
    assert client_of(office.counsellor).get(lesson.get_absolute_url()).status_code == 200


def test_a_source_one_may_not_see_is_no_source(office: Office, client_of: ClientOf) -> None:
    hidden = reported_by(make_office("Nav Storevik").counsellor)
    client = client_of(office.office_leader)
    for named in (hidden.id, new_id(), "x"):
        page = client.get(f"{reverse('learning:new')}?hendelse={named}")
        assert page.status_code == 200
        assert "knyttet til hendelsen" not in page.content.decode()
    lesson = written_by(office.office_leader, office.unit)
    address = reverse("learning:add_source", args=[lesson.id])
    assert client.post(address, {"incident": hidden.id}).status_code == 404
    assert client.post(address, {"incident": ""}).status_code == 422
    assert not LessonSource.objects.exists()


def test_a_national_identity_number_is_stopped_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf
) -> None:
    page = client_of(office.office_leader).post(
        reverse("learning:new"), fields(office, happened="Det gjaldt 01019012345.")
    )
    assert page.status_code == 422
    text = page.content.decode()
    assert "ser ut som et fødselsnummer" in text
    assert "Det gjaldt 01019012345." in text
    assert not Lesson.objects.exists()


def test_names_of_colleagues_are_pointed_out_before_sharing(office: Office, client_of: ClientOf) -> None:
    lesson = written_by(office.office_leader, office.unit, happened="Vera satt innerst.")
    page = client_of(office.office_leader).get(reverse("learning:share", args=[lesson.id]))
    assert "Disse ordene er også navn på noen i enheten: Vera." in page.content.decode()


def test_the_exposed_reads_answers_and_changes_their_mind(office: Office, client_of: ClientOf) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    share(office.office_leader, lesson)
    client = client_of(office.counsellor)
    assert "Du er spurt om en lærdom" in client.get(reverse("learning:list")).content.decode()
    page = client.get(lesson.get_absolute_url()).content.decode()
    assert "Sier du nei, deles det ikke." in page
    assert not Notice.objects.filter(kind="lesson_asks_you", seen_at=None).exists()
    address = reverse("learning:answer", args=[lesson.id])
    assert client.post(address, {}).status_code == 422
    for answer in ("no", "yes"):
        assert client.post(address, {"answer": answer}).status_code == 302
        assert LessonAsking.objects.get().answer == answer
    assert client_of(office.safety_representative).post(address, {"answer": "yes"}).status_code == 403


def test_what_the_exposed_is_asked_stands_on_now_until_it_is_answered(
    office: Office, client_of: ClientOf
) -> None:
    lesson = written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
    client = client_of(office.counsellor)

    def stands_on_now() -> bool:
        return lesson.get_absolute_url() in client.get("/").content.decode()

    assert not stands_on_now()
    share(office.office_leader, lesson)
    assert stands_on_now()
    assert "Har du ikke svart innen" in client.get("/").content.decode()
    assert lesson.get_absolute_url() not in client_of(office.colleague).get("/").content.decode()
    LessonAsking.objects.update(answer_by=timezone.now() - timedelta(days=1))
    assert "Du kan fortsatt si nei." in client.get("/").content.decode()
    client.post(reverse("learning:answer", args=[lesson.id]), {"answer": "no"})
    assert not stands_on_now()


def test_a_lesson_shared_or_taken_back_asks_nobody(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    taken_back, shared_in_silence = (
        written_by(office.office_leader, office.unit, reported_by(office.counsellor), scope="all")
        for _ in range(2)
    )
    for lesson in (taken_back, shared_in_silence):
        share(office.office_leader, lesson)
    LessonAsking.objects.update(answer_by=timezone.now() - timedelta(days=1))
    with acting_as(office.office_leader.id) as leader:
        lessons.withdraw(by=leader, lesson=taken_back, withdrawal_id=new_id(), reason="Ble for tydelig.")
    assert share(office.office_leader, shared_in_silence) == lessons.Shared.SHARED
    page = client.get("/").content.decode()
    assert taken_back.get_absolute_url() not in page
    assert shared_in_silence.get_absolute_url() not in page


def test_a_new_version_begins_with_what_stands_and_a_lesson_is_withdrawn(
    office: Office, client_of: ClientOf
) -> None:
    lesson = shared(office, "Sitt nærmest døra")
    client = client_of(office.safety_representative)
    edit = reverse("learning:edit", args=[lesson.id])
    assert "Sitt nærmest døra" in client.get(edit).content.decode()
    assert client.post(edit, fields(office, title="Sitt alltid nærmest døra")).status_code == 302
    assert LessonVersion.objects.filter(lesson=lesson).count() == 2
    stale = client.post(edit, fields(office, title="Min tittel"))
    assert stale.status_code == 409
    assert "Min tittel" in stale.content.decode()
    withdraw = reverse("learning:withdraw", args=[lesson.id])
    assert client.post(withdraw, {"id": new_id(), "reason": ""}).status_code == 422
    assert client.post(withdraw, {"id": new_id(), "reason": "Kunne kjennes igjen."}).status_code == 302
    assert client_of(office.counsellor).get(lesson.get_absolute_url()).status_code == 404
    assert "Kunne kjennes igjen." in client.get(lesson.get_absolute_url()).content.decode()


def test_readers_may_not_write(office: Office, client_of: ClientOf) -> None:
    lesson = shared(office, "Sitt nærmest døra")
    client = client_of(office.counsellor)
    assert client.get(reverse("learning:new")).status_code == 403
    assert client.get(reverse("learning:edit", args=[lesson.id])).status_code == 403
    withdrawal = {"id": new_id(), "reason": "Nei"}
    assert client.post(reverse("learning:withdraw", args=[lesson.id]), withdrawal).status_code == 403
    assert "Rediger" not in client.get(lesson.get_absolute_url()).content.decode().split("<main")[1]


def test_pages_ask_as_much_of_the_database_for_many_lessons_as_for_one(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return sum(query["sql"].lower().startswith("select") for query in captured)

    lesson = shared(office, "Den første", scope="unit")
    pages = (reverse("learning:list"), f"{reverse('learning:list')}?q=døra", lesson.get_absolute_url())
    for address in pages:
        client.get(address)
    with_one = [asked(address) for address in pages]
    for number in range(6):
        shared(office, f"Nummer {number} om døra")
        written_by(office.office_leader, office.unit, title=f"Utkast {number}")
    assert [asked(address) for address in pages] == with_one
    assert max(with_one) <= 20


def test_the_incidents_page_leads_those_who_write_to_a_lesson(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    new = f"{reverse('learning:new')}?hendelse={incident.id}"
    for person in (office.office_leader, office.safety_representative):
        assert new in client_of(person).get(incident.get_absolute_url()).content.decode()
    assert new not in client_of(office.counsellor).get(incident.get_absolute_url()).content.decode()
    lesson = written_by(office.office_leader, office.unit, incident)
    page = client_of(office.office_leader).get(incident.get_absolute_url()).content.decode()
    assert lesson.get_absolute_url() in page
