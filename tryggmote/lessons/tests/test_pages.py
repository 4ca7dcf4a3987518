"""The pages of short lessons, as people meet them (4.1)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.ids import new_id
from tryggmote.lessons import library
from tryggmote.lessons.models import Attendance, Gathering, Reading
from tryggmote.lessons.tests.helpers import held_by, lesson_of
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def meeting_url(office: Office, lesson: str = "a_refusal") -> str:
    return reverse("lessons:meeting", args=[lesson, office.unit.id])


def test_the_library_is_narrowed_by_meeting_form(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    page = page_of(client, "/korte-okter/")
    assert all(str(lesson.title) in page for lesson in library.current().lessons)
    narrowed = page_of(client, "/korte-okter/?form=driving")
    assert "/korte-okter/in_the_car/" in narrowed
    assert "/korte-okter/digital_hate/" not in narrowed
    assert "/korte-okter/only_words/" in narrowed  # it is for all forms


def test_one_reads_answers_and_sees_why(office: Office, client_of: ClientOf) -> None:
    lesson, client = lesson_of("a_refusal"), client_of(office.counsellor)
    url = reverse("lessons:lesson", args=[lesson.code])
    assert str(lesson.questions[0].why) not in page_of(client, url)
    unanswered = client.post(url, {"id": str(new_id())})
    assert unanswered.status_code == 422
    assert not Reading.objects.exists()
    answered = client.post(url, {"id": str(new_id()), "question_0": "0"})
    page = answered.content.decode()
    assert "Ikke helt" in page
    assert str(lesson.questions[0].why) in page
    assert Reading.objects.get().person == office.counsellor
    assert "Du leste den" in page_of(client, "/korte-okter/")
    assert "lest alene" in page_of(client, "/min-side/")


def test_a_counsellor_holds_it_in_the_meeting_and_ticks_who_was_there(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    assert "Vis svaret" in page_of(client, meeting_url(office))
    fields = {"id": str(new_id()), "held_on": oslo_today().isoformat()}
    alone = client.post(meeting_url(office), {**fields, "people": [office.counsellor.id]})
    assert alone.status_code == 422
    assert "Velg minst to" in alone.content.decode()
    sent = client.post(meeting_url(office), {**fields, "people": [office.counsellor.id, office.colleague.id]})
    held = Gathering.objects.get()
    assert sent["Location"] == held.get_absolute_url()
    assert "2 var der" in page_of(client, held.get_absolute_url())
    assert held.get_absolute_url() in page_of(client, "/korte-okter/")


def test_who_was_there_is_seen_by_oneself_and_the_leaders(office: Office, client_of: ClientOf) -> None:
    there = [office.counsellor, office.colleague]
    url = held_by(office.counsellor, office.unit, there).get_absolute_url()
    colleague = page_of(client_of(office.colleague), url)
    assert "Du var der." in colleague
    assert "2 var der" not in colleague
    assert "2 var der" in page_of(client_of(office.office_leader), url)
    assert "2 var der" not in page_of(client_of(office.safety_representative), url)


def test_a_leader_corrects_who_was_there(office: Office, client_of: ClientOf) -> None:
    held = held_by(office.counsellor, office.unit, [office.counsellor, office.colleague])
    client = client_of(office.office_leader)
    url = reverse("lessons:correct", args=[held.id])
    fields = {"id": str(new_id())}
    assert client.post(url, {**fields, "people": []}).status_code == 422
    client.post(url, {**fields, "people": [office.counsellor.id, office.leader.id]})
    now = set(Attendance.objects.filter(removed_at=None).values_list("person_id", flat=True))
    assert now == {office.counsellor.id, office.leader.id}
    assert client_of(office.colleague).post(url, {**fields, "people": []}).status_code == 403


def test_what_is_not_there_is_not_found(office: Office, client_of: ClientOf) -> None:
    client, other = client_of(office.counsellor), make_office("Nav Storevik")
    for url in (
        "/korte-okter/juggling/",
        reverse("lessons:meeting", args=["juggling", office.unit.id]),
        reverse("lessons:meeting", args=["a_refusal", other.unit.id]),
        reverse("lessons:unit", args=[other.unit.id]),
        reverse("lessons:gathering", args=[new_id()]),
    ):
        assert client.get(url).status_code == 404, url


def test_the_next_lesson_is_one_that_has_not_just_been_held(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    first = next(iter(library.current().lessons))
    held_by(office.counsellor, office.unit, [office.counsellor, office.colleague], lesson=first.code)
    suggestion = page_of(client, "/korte-okter/").split("Forslag til neste")[1].split("Les den selv")[0]
    assert "/korte-okter/" in suggestion
    assert meeting_url(office, first.code) not in suggestion


def test_the_library_costs_the_same_however_much_was_held(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    there = [office.counsellor, office.colleague]
    held_by(office.counsellor, office.unit, there)
    client.get("/korte-okter/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/korte-okter/")
        return len(captured)

    first = asked()
    for lesson in ("the_alarm", "only_words", "at_the_door"):
        held_by(office.counsellor, office.unit, there, lesson=lesson)
    assert asked() <= first
