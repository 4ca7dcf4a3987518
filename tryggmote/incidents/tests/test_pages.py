"""The pages of incidents as people meet them, in three languages (2.4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.encounters.models import Check
from tryggmote.incidents.models import AssessedLevel, Incident, Opening, Reply
from tryggmote.incidents.tests.helpers import opened_by, reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def answers(**changes: object) -> dict[str, object]:
    return {"id": str(new_id()), "natures": ["verbal_abuse"], "form": "reception", "severity": "3", **changes}


@pytest.mark.parametrize(
    ("language", "question", "thanks"),
    [
        ("nb", "1. Hva skjedde?", "Takk for at du sa fra."),
        ("nn", "1. Kva skjedde?", "Takk for at du sa frå."),
        ("en", "1. What happened?", "Thank you for speaking up."),
    ],
)
def test_three_answers_are_enough_and_the_next_page_says_who_knows(
    office: Office, client_of: ClientOf, language: str, question: str, thanks: str
) -> None:
    Person.objects.filter(id=office.counsellor.id).update(language=language)
    client = client_of(office.counsellor)
    assert question in client.get(reverse("incidents:report")).content.decode()
    response = client.post(reverse("incidents:report"), answers(), follow=True)
    assert response.status_code == 200
    page = response.content.decode()
    assert office.leader.name in page
    assert office.safety_representative.name in page
    assert f'lang="{language}"' in page
    assert thanks in page
    assert Incident.objects.get().experienced_severity == 3


def test_sending_twice_gives_one_incident_and_the_same_answer(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    sent = answers()
    first = client.post(reverse("incidents:report"), sent)
    second = client.post(reverse("incidents:report"), sent)
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == 1


def test_what_is_missing_is_said_and_nothing_written_is_lost(office: Office, client_of: ClientOf) -> None:
    sent = answers(natures=[], form="", severity="", what_happened="Det jeg skrev", place="Rom 3")
    response = client_of(office.counsellor).post(reverse("incidents:report"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count('href="#id_') >= 3
    assert "Det jeg skrev" in page
    assert "Rom 3" in page
    assert str(sent["id"]) in page
    assert not Incident.objects.exists()


def test_a_text_of_fifty_thousand_characters_is_refused_with_a_reason_and_kept(
    office: Office, client_of: ClientOf
) -> None:
    text = "ord " * 12_500
    response = client_of(office.counsellor).post(reverse("incidents:report"), answers(what_happened=text))
    page = response.content.decode()
    assert response.status_code == 422
    assert "for lang" in page
    assert text.strip() in page


@pytest.mark.parametrize(
    "changes",
    [
        {"natures": ["nonsense"]},
        {"form": "moon"},
        {"severity": "9"},
        {"severity": "x"},
        {"exposed": "999999999"},
        {"exposed": "<script>"},
        {"about": "other"},
        {"happened_at": "32.13.2026"},
        {"happened_at": "2026-13-45T99:99"},
        {"happened_at": "2999-01-01T10:00"},
        {"place": "x" * 201},
        {"what_happened": "null\x00byte"},
    ],
)
def test_impossible_answers_are_explained(
    office: Office, client_of: ClientOf, changes: dict[str, object]
) -> None:
    response = client_of(office.counsellor).post(reverse("incidents:report"), answers(**changes))
    assert response.status_code == 422
    assert not Incident.objects.exists()


@pytest.mark.parametrize("broken_id", ["", "not-a-uuid", "🦀"])
def test_a_broken_hidden_id_never_stops_a_report(office: Office, client_of: ClientOf, broken_id: str) -> None:
    response = client_of(office.counsellor).post(
        reverse("incidents:report"), answers(id=broken_id, check_id=broken_id)
    )
    assert response.status_code == 302
    assert Incident.objects.count() == 1


def test_the_hour_that_comes_twice_in_october_can_be_reported(office: Office, client_of: ClientOf) -> None:
    sent = answers(happened_at="2026-10-25T02:30")
    assert client_of(office.counsellor).post(reverse("incidents:report"), sent).status_code == 302


def test_one_can_report_for_a_colleague_but_not_for_people_of_other_offices(
    office: Office, client_of: ClientOf
) -> None:
    elsewhere = make_office("Nav Storevik")
    client = client_of(office.counsellor)
    for_colleague = client.post(
        reverse("incidents:report"), answers(about="other", exposed=office.colleague.id)
    )
    for_stranger = client.post(
        reverse("incidents:report"), answers(about="other", exposed=elsewhere.counsellor.id)
    )
    assert for_colleague.status_code == 302
    assert for_stranger.status_code == 422


def test_a_worry_that_is_all_there_is_exposes_nobody(office: Office, client_of: ClientOf) -> None:
    client_of(office.counsellor).post(reverse("incidents:report"), answers(natures=["worry"]))
    assert Incident.objects.get().exposed_id is None


def a_check(office: Office, **values: object) -> Check:
    return Check.objects.create(
        **{
            "employee": office.counsellor,
            "participant_ids": [office.counsellor.id],
            "workforce": office.counsellor.placements.get().workforce,
            "safety_area": office.area,
            "form": "home_visit",
            "place": "Storgata",
            "rule_version": "1",
            "answers": {},
            "points": 1,
            "level": 1,
            **values,
        }
    )


def test_what_the_check_knows_is_filled_in(office: Office, client_of: ClientOf) -> None:
    check = a_check(office)
    response = client_of(office.counsellor).get(reverse("incidents:report"), {"check": str(check.id)})
    form = response.context["form"]
    assert form["form"].value() == "home_visit"
    assert form["place"].value() == "Storgata"
    assert form.initial["check_id"] == check.id
    assert "Det vi vet fra sjekken" in response.content.decode()


def test_a_meeting_later_today_does_not_make_an_incident_in_the_future(
    office: Office, client_of: ClientOf
) -> None:
    check = a_check(office, starts_at=timezone.now() + timedelta(hours=3))
    client = client_of(office.counsellor)
    response = client.get(reverse("incidents:report"), {"check": str(check.id)})
    assert response.context["form"].initial["happened_at"] <= timezone.now()


@pytest.mark.parametrize("check_id", ["", "nonsense", "01890000-0000-7000-8000-000000000000"])
def test_a_check_that_is_not_there_gives_an_empty_report(
    office: Office, client_of: ClientOf, check_id: str
) -> None:
    response = client_of(office.counsellor).get(reverse("incidents:report"), {"check": check_id})
    assert response.status_code == 200
    assert "check_id" not in response.context["form"].initial


def test_anothers_check_is_not_filled_in(office: Office, client_of: ClientOf) -> None:
    check = a_check(office)
    response = client_of(office.colleague).get(reverse("incidents:report"), {"check": str(check.id)})
    assert "check_id" not in response.context["form"].initial


def test_opening_is_a_receipt_that_the_reporter_sees(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    assert client_of(office.leader).get(incident.get_absolute_url()).status_code == 200
    assert Opening.objects.get().person_id == office.leader.id
    assert Notice.objects.filter(person=office.counsellor, kind="incident_read").exists()
    page = client_of(office.counsellor).get(incident.get_absolute_url()).content.decode()
    assert "En leder har lest meldingen" in page
    assert office.leader.name in page


def test_opening_again_changes_nothing(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    client = client_of(office.leader)
    client.get(incident.get_absolute_url())
    first = Opening.objects.get().at
    client.get(incident.get_absolute_url())
    assert Opening.objects.get().at == first


def test_the_leader_answers_and_the_reporter_reads_it(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    leader = client_of(office.leader)
    leader.get(incident.get_absolute_url())
    sent = {"id": str(new_id()), "text": "Takk. Vi tar en prat i dag."}
    for _attempt in range(2):
        response = leader.post(reverse("incidents:answer", args=[incident.id]), sent)
        assert response.status_code == 302
    assert Reply.objects.count() == 1
    page = client_of(office.counsellor).get(incident.get_absolute_url()).content.decode()
    assert "Takk. Vi tar en prat i dag." in page
    assert "Besvart" in page


def test_the_leaders_level_stands_beside_the_experienced_severity(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor, severity=5)
    leader = client_of(office.leader)
    leader.get(incident.get_absolute_url())
    url = reverse("incidents:assess", args=[incident.id])
    leader.post(url, {"id": str(new_id()), "level": "1", "reason": "Én gang"})
    leader.post(url, {"id": str(new_id()), "level": "3", "reason": "Den var konkret"})
    incident.refresh_from_db()
    assert (incident.experienced_severity, incident.assessed_level) == (5, 3)
    assert list(AssessedLevel.objects.order_by("at").values_list("level", flat=True)) == [1, 3]
    page = leader.get(incident.get_absolute_url()).content.decode()
    assert "Redd for liv eller helse" in page
    assert "Den var konkret" in page


def test_an_empty_answer_is_explained_on_the_same_page(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    response = client_of(office.leader).post(reverse("incidents:answer", args=[incident.id]), {"text": "  "})
    assert response.status_code == 422
    assert "Skriv et svar." in response.content.decode()
    response = client_of(office.leader).post(reverse("incidents:assess", args=[incident.id]), {"level": "7"})
    assert response.status_code == 422


def test_the_safety_representative_reads_but_does_not_answer(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    client = client_of(office.safety_representative)
    page = client.get(incident.get_absolute_url()).content.decode()
    assert "Svar den som meldte" not in page
    response = client.post(reverse("incidents:answer", args=[incident.id]), {"text": "Hei"})
    assert response.status_code == 403
    assert not Reply.objects.exists()


def test_nobody_else_can_tell_that_it_exists(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Storevik")
    incident = reported_by(office.counsellor)
    strangers = [
        office.colleague,
        office.formal_leader,
        office.administrator,
        office.auditor,
        office.county_director,
        office.municipal_director,
        office.directorate_member,
        elsewhere.leader,
        elsewhere.safety_representative,
        elsewhere.office_leader,
    ]
    for stranger in strangers:
        client = client_of(stranger)
        assert client.get(incident.get_absolute_url()).status_code == 404, stranger.name
        assert client.get(reverse("incidents:received", args=[incident.id])).status_code == 404
        assert client.post(reverse("incidents:answer", args=[incident.id]), {"text": "x"}).status_code == 404
        assert client.post(reverse("incidents:assess", args=[incident.id]), {"level": 1}).status_code == 404


def test_only_the_reporter_gets_the_page_that_says_received(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    url = reverse("incidents:received", args=[incident.id])
    assert client_of(office.counsellor).get(url).status_code == 200
    assert client_of(office.leader).get(url).status_code == 404


def test_the_reporter_sees_who_has_opened_it_and_the_leader_does_not(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    opened_by(office.office_leader, incident)
    heading = "Alle som har åpnet hendelsen"
    page = client_of(office.counsellor).get(incident.get_absolute_url()).content.decode()
    assert heading in page
    assert office.office_leader.name in page
    assert heading not in client_of(office.leader).get(incident.get_absolute_url()).content.decode()
    assert (
        heading in client_of(office.safety_representative).get(incident.get_absolute_url()).content.decode()
    )


def test_text_is_shown_as_text(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor, what_happened="<script>alert(1)</script>")
    page = client_of(office.counsellor).get(incident.get_absolute_url()).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_form_begins_with_an_id_of_its_own_and_says_that_names_are_not_written(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    first, second = (client.get(reverse("incidents:report")) for _visit in range(2))
    assert first.context["form"].initial["id"] != second.context["form"].initial["id"]
    assert "Ikke skriv navn" in first.content.decode()


@pytest.mark.parametrize("address", ["incidents:answer", "incidents:assess"])
def test_nobody_reads_the_text_without_leaving_a_trace(
    office: Office, client_of: ClientOf, address: str
) -> None:
    """An empty form brings the same page back, so it is a reading like any other."""
    incident = reported_by(office.counsellor, what_happened="Hun ropte.")
    response = client_of(office.leader).post(reverse(address, args=[incident.id]), {})
    assert "Hun ropte." in response.content.decode()
    assert ReadEntry.objects.get().person_id == office.leader.id
    assert Opening.objects.get().person_id == office.leader.id


def test_an_answer_whose_id_is_taken_is_refused_and_changes_nothing(
    office: Office, client_of: ClientOf
) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.counsellor)
    sent = {"id": str(new_id()), "text": "Vi snakkes klokka ti.", "level": "2"}
    for page in ("incidents:answer", "incidents:assess"):
        client_of(office.leader).post(reverse(page, args=[first.id]), sent)
        response = client_of(office.office_leader).post(reverse(page, args=[second.id]), sent)
        assert response.status_code == 409
    assert Reply.objects.get().incident_id == first.id
    assert AssessedLevel.objects.get().incident_id == first.id


def test_a_year_that_cannot_be_is_explained(office: Office, client_of: ClientOf) -> None:
    """The database keeps the first years there are, and cannot give them back: nobody could open the list."""
    response = client_of(office.counsellor).post(
        reverse("incidents:report"), answers(happened_at="0001-01-01T00:00")
    )
    assert response.status_code == 422
    assert "Årstallet kan ikke stemme." in response.content.decode()
