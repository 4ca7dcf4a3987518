"""Whatever is sent to any address, the answer is a page that says what is wrong; never an error of ours.

An error would lose what somebody wrote, and fill the log with what they wrote it about.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.security.site import Address, addresses, field_names
from tryggmote.access.ids import new_id
from tryggmote.client_measures.tests.helpers import heard
from tryggmote.concerns.tests.helpers import demanded_by, stopped_by, written_by
from tryggmote.dossier.models import Dossier, Invitation
from tryggmote.equipment.models import ImportDraft as EquipmentDraft
from tryggmote.equipment.tests.factories import item_by
from tryggmote.exercises.tests.factories import found_by, peopled_by, planned_by, started_by
from tryggmote.exhibits.tests.helpers import added_by
from tryggmote.expertise.tests.helpers import asked_by
from tryggmote.expertise.vocabulary import Kind
from tryggmote.followup.tests.helpers import lets_in, offered_by, step_of
from tryggmote.forums.tests.helpers import called_by, decided_by, serious_at
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.incidents.forms import ReportForm
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.lessons.tests.helpers import held_by as lesson_held_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import a_good_room
from tryggmote.reviews.tests.factories import begun_by, change_by
from tryggmote.risk.models import ImportDraft, Participant
from tryggmote.risk.tests.stories import begin
from tryggmote.risk.tests.test_foreign_spreadsheet import TYPICAL, workbook
from tryggmote.training.models import TrainingFile
from tryggmote.training.tests.certificate_helpers import refused_by, sent_by
from tryggmote.training.tests.plan_helpers import held_by, proposed_by

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ClientOf = Callable[[Person], Client]

# As they stand in an address or a form body: percent-encoded.
NASTY = {
    "nothing": "",
    "a zero byte": "a%00b",
    "half a character": "%ED%A0%80",
    "bytes that are no text": "%FF%FE",
    "a negative number": "-1",
    "a huge number": "9" * 40,
    "digits of another script": "%D9%A3",
    "not a number": "NaN",
    "the first day there is": "0001-01-01",
    "the first moment there is": "0001-01-01T00:00",
    "the last day there is": "9999-12-31",
    "the last moment there is": "9999-12-31T23:59",
    "an id of nobody's": "0193a000-0000-7000-8000-000000000000",
    "markup and quotes": "%3Cscript%3E%27%22%3B--",
    "a bare word": "now",
    "somebody else's site": "//evil.example/%0d%0aX:y",
    "fifty thousand characters": "x" * 50_000,
}
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=x"
ROLES = ["counsellor", "leader", "safety_representative", "directorate_member", "administrator"]
VALUES: dict[str, object] = {
    "element": "layout", "scenario_code": "bomb_threat", "lesson_code": "a_refusal",
    "form": "planned", "set_code": "trygge-brukermoter", "number": "2.4", "step": "svar", "letter": "varsel",
    "secret": "x",
}  # fmt: skip


@pytest.fixture(autouse=True)
def only_errors_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A line in the log holds its request until the test is over: thousands of them fill three gigabytes."""
    caplog.set_level(logging.ERROR, "django.request")


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor, place="samtalerom 3", what_happened="Ropte.")


def patient(client: Client) -> Client:
    """A client that shows the error page instead of raising."""
    client.raise_request_exception = False
    return client


def in_a_draft(office: Office) -> dict[str, object]:
    """A risk assessment that the counsellor writes in, with somebody else's spreadsheet sent to it."""
    work = begin(office)
    Participant.objects.create(version=work.draft, person=office.counsellor, capacity="employee", writes=True)
    file = ImportDraft.objects.create(
        by=office.counsellor, version=work.draft, name="a.xlsx", content=workbook(("Ark1", TYPICAL))
    )
    return {"assessment_id": work.assessment.id, "scenario_id": work.describe().id, "file_id": file.id}


def in_a_plan(office: Office, incident: Incident) -> dict[str, object]:
    """The counsellor's follow-up, shared with a colleague."""
    plan = offered_by(office.leader, incident, office.counsellor)
    consent = lets_in(office.counsellor, plan, office.colleague)
    return {"plan_id": plan.id, "offer_id": step_of(plan).id, "consent_id": consent.id}


def in_a_room(office: Office) -> dict[str, object]:
    """A room of the office, gone through and about to change."""
    room = a_good_room(office.office_leader, office.unit)
    building = room.zone.building
    return {
        "room_id": room.id,
        "zone_id": room.zone_id,
        "building_id": building.id,
        "review_id": begun_by(office.office_leader, building).id,
        "change_id": change_by(office.office_leader, building).id,
    }


def in_an_exercise(office: Office) -> dict[str, object]:
    """An exercise that goes on, which the counsellor leads, and something found in it."""
    exercise = planned_by(office.office_leader, office.unit, office.colleague)
    peopled_by(office.office_leader, exercise, office.colleague, leads=office.counsellor)
    started_by(office.counsellor, exercise)
    finding = found_by(office.counsellor, exercise)
    return {"exercise_id": exercise.id, "exercise_finding_id": finding.id}


def in_the_register(office: Office) -> dict[str, object]:
    """An item of equipment with its label, and a list on its way in."""
    item = item_by(office.office_leader, office.unit)
    sheet = EquipmentDraft.objects.create(by=office.leader, unit=office.unit, name="a.xlsx", content=b"PK")
    return {"equipment_id": item.id, "tag": item.code, "sheet_id": sheet.id}


def of_training(office: Office) -> dict[str, object]:
    """The counsellor's certificate, sent back to be corrected, and a file on its way in."""
    file = TrainingFile.objects.create(
        by=office.leader, unit=office.unit, name="a.csv", content=b"id,kurs,dato\nP1,Ukjent,2026-01-01"
    )
    certificate = refused_by(office.leader, sent_by(office.counsellor))
    return {"certificate_id": certificate.id, "training_file_id": file.id}


def in_the_years_plan(office: Office) -> dict[str, object]:
    """The office's draft of a plan for training, with something in it, and a session."""
    plan = proposed_by(office.office_leader, office.unit)
    session = held_by(office.office_leader, office.unit)
    return {"training_plan_id": plan.id, "plan_item_id": plan.items.all()[0].id, "session_id": session.id}


def of_concern(office: Office) -> dict[str, object]:
    """The counsellor's concern, and a demand and a stop of the office's representative."""
    return {
        "concern_id": written_by(office.counsellor).id,
        "demand_id": demanded_by(office.safety_representative, office.unit).id,
        "stop_id": stopped_by(office.safety_representative, office.unit).id,
    }


def asked_and_held(office: Office) -> dict[str, object]:
    """A question to the police, and a short lesson the counsellor has held."""
    return {
        "expert_request_id": asked_by(office.office_leader, office.unit, kind=Kind.POLICE).id,
        "gathering_id": lesson_held_by(
            office.counsellor, office.unit, [office.counsellor, office.colleague]
        ).id,
    }


def in_a_forum(office: Office) -> dict[str, object]:
    """A staff meeting with a decision, and something serious that the owners are asked about."""
    forum = called_by(office.office_leader, office.unit, MeetingKind.STAFF)
    return {
        "forum_id": forum.id,
        "forum_decision_id": decided_by(office.office_leader, forum, office.counsellor).id,
        "forum_case_id": serious_at(office).id,
    }


def of_a_dossier(office: Office) -> dict[str, object]:
    """A dossier of the office leader's, and somebody who was let in to it."""
    today = timezone.localdate()
    dossier = Dossier.objects.create(
        unit=office.unit, since=today, until=today, language="nb", by=office.office_leader
    )
    door = Invitation.objects.create(
        dossier=dossier, name="Ine", email="ine@example.invalid", ends_at=timezone.now() + timedelta(1)
    )
    return {"dossier_id": dossier.id, "dossier_invitation_id": door.id, "kind": "pdf"}


def paths(office: Office, incident: Incident) -> Iterator[tuple[Address, str]]:
    """Each address with ids of rows that are there, and for those with ids also of rows that are not."""
    here = VALUES | {"unit_id": office.unit.id, "person_id": office.colleague.id, "incident_id": incident.id}
    here |= in_a_draft(office) | {"exhibit_id": added_by(office.counsellor, incident).id}
    here |= {"client_measure_id": heard(office.counsellor, office.unit).id}
    here |= in_a_plan(office, incident) | in_a_room(office) | in_an_exercise(office) | asked_and_held(office)
    here |= in_the_register(office) | of_training(office) | in_the_years_plan(office)
    here |= of_concern(office) | in_a_forum(office) | of_a_dossier(office)
    for address in addresses():
        kinds = address.parameters
        first = {name: 1 for name, kind in kinds.items() if kind == "int" and not name.endswith("_id")}
        yield address, address.filled({name: new_id() for name in kinds} | here | first)
        if kinds:
            strange = {"uuid": new_id(), "int": "9" * 30, "slug": "-", "str": "%00"}
            yield address, address.filled({name: strange[kind] for name, kind in kinds.items()})


def with_all(value: str) -> str:
    """A query string or form body with the value in every field there is."""
    return "&".join(f"{name}={value}" for name in field_names())


def breaking(send: Callable[[Any], Any], whats: Mapping[str, object]) -> Iterator[str]:
    """What is answered with an error of ours when it is sent, one after the other.

    Where nobody reads what is sent, it makes no difference what that is, and one is enough: nine addresses of
    ten ask for nothing of it, or turn this person away first.
    """
    for what, sent in whats.items():
        answer = send(sent)
        if answer.status_code >= 500:
            yield what
        request = answer.wsgi_request
        if not ("GET" in vars(request) or request._read_started):
            return


def share_of(role: str) -> dict[str, str]:
    """The roles divide what is nasty between them: all of it for all of them would take minutes."""
    turn = ROLES.index(role)
    return {what: NASTY[what] for number, what in enumerate(NASTY) if number % len(ROLES) == turn}


def test_where_somebody_reads_it_all_of_it_is_tried(office: Office, client_of: ClientOf) -> None:
    client = patient(client_of(office.leader))
    for send in (
        lambda value: client.get(f"/sok/?q={value[:200]}"),
        lambda value: client.post("/hendelser/meld/", f"place={value}", FORM),
    ):
        sent = Mock(side_effect=send)
        assert list(breaking(sent, NASTY)) == []
        assert sent.call_count == len(NASTY)


@pytest.mark.parametrize("role", ROLES)
def test_no_address_breaks_whatever_stands_in_its_query(
    office: Office, incident: Incident, client_of: ClientOf, role: str
) -> None:
    client = patient(client_of(getattr(office, role)))

    def asking(path: str) -> Callable[[str], Any]:
        return lambda value: client.get(path, QUERY_STRING=with_all(value[:200]))

    tried = ((path, breaking(asking(path), share_of(role))) for _, path in paths(office, incident))
    broken = [(path, what) for path, whats in tried for what in whats]
    assert not broken, broken


@pytest.mark.parametrize("role", ROLES)
def test_no_form_breaks_whatever_is_sent(
    office: Office, incident: Incident, client_of: ClientOf, role: str
) -> None:
    def sending(path: str) -> Callable[[str], Any]:
        # A new one for each address: some of them sign out, or in as somebody else.
        client = patient(client_of(getattr(office, role)))
        return lambda value: client.post(path, with_all(value), content_type=FORM)

    tried = ((path, breaking(sending(path), share_of(role))) for _, path in paths(office, incident))
    broken = [(path, what) for path, whats in tried for what in whats]
    assert not broken, broken


def test_strangers_break_nothing_either(office: Office, incident: Incident) -> None:
    client = patient(Client())
    broken = []
    for _, path in paths(office, incident):
        for what in ("a zero byte", "a bare word"):
            asked = client.get(path, QUERY_STRING=with_all(NASTY[what]))
            sent = client.post(path, with_all(NASTY[what]), content_type=FORM, HTTP_REFERER="http://[broken")
            if max(asked.status_code, sent.status_code) >= 500:
                broken.append((path, what))
    assert not broken, broken


def test_a_body_that_is_no_form_breaks_nothing(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client = patient(client_of(office.leader))
    without_name = b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"
    odd_file = b'--x\r\nContent-Disposition: form-data; name="file"; filename="\x00"\r\n\r\n\xff\r\n--x--'
    bodies = {
        "no boundary": (b"--x\r\nbroken", "multipart/form-data"),
        "a part without name": (without_name, MULTIPART),
        "a file with an odd name": (odd_file, MULTIPART),
        "broken JSON": (b"{" * 5000, "application/json"),
        "too many fields": (b"a=1&" * 2000, FORM),
    }

    def sending(path: str) -> Callable[[tuple[bytes, str]], Any]:
        return lambda sent: client.post(path, sent[0], content_type=sent[1])

    tried = ((path, breaking(sending(path), bodies)) for _, path in paths(office, incident))
    broken = [(path, what) for path, whats in tried for what in whats]
    assert not broken, broken


def test_cookies_with_nonsense_break_nothing(office: Office, client_of: ClientOf) -> None:
    for name in ("tryggmote_session", "tryggmote_unit", "tryggmote_language", "tryggmote_theme", "csrftoken"):
        for value in (r'"\000\000\000\000\000\000\000\000\000"', "-1", "9" * 9, "²", "x" * 4000):
            client = patient(client_of(office.counsellor))
            client.cookies[name] = ""
            client.cookies[name].set(name, value, value)
            assert client.get("/").status_code < 500, (name, value)


@pytest.mark.parametrize("what", NASTY)
def test_a_report_that_was_received_can_be_read_and_leaves_the_list_whole(
    office: Office, client_of: ClientOf, what: str
) -> None:
    """What gets past the form must also come back out of the database."""
    client = patient(client_of(office.counsellor))
    good = {"natures": "verbal_abuse", "form": "reception", "severity": "3"}
    for field in ReportForm.base_fields:
        fields = good | {field: NASTY[what]}
        body = "&".join(f"{name}={value}" for name, value in fields.items())
        sent = client.post(reverse("incidents:report"), body, content_type=FORM)
        assert sent.status_code in (302, 422), (field, sent.status_code)
        if sent.status_code == 302:
            incident = Incident.objects.only("id").latest("created_at")
            assert client.get(sent["Location"]).status_code == 200, field
            assert client.get(reverse("incidents:detail", args=[incident.id])).status_code == 200, field
    assert client.get(reverse("incidents:list")).status_code == 200
