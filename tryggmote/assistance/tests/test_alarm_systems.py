"""Buttons on the wall call for help here, and nobody else can in their name (requirements 3.2, 3.5)."""

import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.assistance import alarm_systems, outside, queries, services, timeline
from tryggmote.assistance.alarm_systems import AlarmSystemDraft
from tryggmote.assistance.models import AlarmSystem, Call, Recipient, UsualPlace
from tryggmote.assistance.signatures import HEADER, sign
from tryggmote.assistance.tests.test_acts import out, told
from tryggmote.assistance.vocabulary import Answer
from tryggmote.encounters.models import Meeting
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.models import Person, Placement, RoleAssignment, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
NOTHING_TO_SEE = (403, {"error": "signature"})


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def system(office: Office) -> AlarmSystem:
    return set_up(office.office_leader, office.unit, office.colleague)


def set_up(by: Person, unit: Unit, responsible: Person, address: str = "") -> AlarmSystem:
    """Somebody sets up alarm buttons in a unit."""
    draft = AlarmSystemDraft(new_id(), unit.id, "Alarmknapper i mottaket", responsible.id, address)
    with acting_as(by.id) as person:
        assert alarm_systems.set_up(by=person, draft=draft)
    return AlarmSystem.objects.get(id=draft.id)


def pressed(
    system: AlarmSystem | UUID, *, secret: str | None = None, at: float | None = None, **sent: Any
) -> tuple[int, Any]:
    """A button is pressed: what the system sends, and what it is answered."""
    body = json.dumps({"id": str(new_id()), "place": "Mottaket", **sent}).encode()
    found = system if isinstance(system, AlarmSystem) else None
    signature = sign(body, secret=secret or (found.secret if found else "guess"), at=int(at or time.time()))
    return sent_in(found.id if found else system, body, signature)


def sent_in(system_id: UUID | AlarmSystem, body: bytes, signature: str) -> tuple[int, Any]:
    answer = Client(enforce_csrf_checks=True).post(
        reverse("assistance:alarm_raise", args=[system_id]),
        body,
        content_type="application/json",
        headers={HEADER: signature},
    )
    return answer.status_code, answer.json()


def test_a_button_calls_everybody_at_work_also_the_one_responsible_for_it(
    office: Office, system: AlarmSystem
) -> None:
    status, answer = pressed(system, device="Knapp 3")
    call = Call.objects.get()
    assert (status, answer["told"], answer["coming"], answer["ended"]) == (200, 6, 0, False)
    assert (call.unit, call.place, call.device) == (office.unit, "Mottaket", "Knapp 3")
    assert {"Kari Kollega", "Vera Veileder", "Vilde Verneombud"} <= told(call)
    assert Recipient.objects.filter(call=call, person=office.colleague, ring=1).exists()


def test_a_persons_own_call_is_still_not_told_to_that_person(office: Office, system: AlarmSystem) -> None:
    with acting_as(office.colleague.id):
        services.raise_call(services.CallRequest(id=new_id()))
    assert "Kari Kollega" not in told(Call.objects.get())


def test_where_it_is_follows_from_the_button_and_not_from_where_the_one_responsible_is(
    office: Office, system: AlarmSystem
) -> None:
    UsualPlace.objects.create(person=office.colleague, place="Plass 13")
    placed = Placement.objects.get(person=office.colleague)
    Meeting.objects.create(
        owner=office.colleague, workforce=placed.workforce, starts_at=timezone.now(), form="home_visit"
    )
    elsewhere = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    moved = set_up(office.office_leader, office.unit, office.colleague)
    Placement.objects.filter(id=placed.id).update(
        workforce=type(placed.workforce).objects.create(unit=elsewhere, employer=office.municipality)
    )
    assert pressed(moved, place="")[0] == 200
    call = Call.objects.get()
    assert (call.unit, call.place, call.form) == (office.unit, "", "")


def test_a_button_calls_the_whole_unit_also_while_the_one_responsible_is_out(office: Office) -> None:
    out(office)
    assert pressed(set_up(office.office_leader, office.unit, office.counsellor))[0] == 200
    call = Call.objects.get()
    assert (call.contact, call.place, call.form) == (None, "Mottaket", "")
    assert len(told(call)) == 6


def test_screens_phones_and_the_timeline_say_which_button_it_was(
    office: Office, system: AlarmSystem, client_of: ClientOf
) -> None:
    pressed(system, device="Knapp 3")
    call = Call.objects.get()
    with acting_as(office.colleague.id):
        assert queries.my_calls()[0]["device"] == "Knapp 3"
        assert timeline.in_words(call).endswith("Alarmknapp: Knapp 3")
    assert outside.headline(call) == "Alarmknapp Knapp 3: Mottaket"
    page = client_of(office.colleague).get(call.get_absolute_url()).content.decode()
    assert "Alarmknapp: Knapp 3" in page
    assert "Du har tilkalt hjelp" not in page
    assert 'value="coming"' in page
    assert "Knapp 3, Mottaket" in client_of(office.colleague).get(reverse("assistance:unit")).content.decode()


def test_a_button_that_does_not_say_its_name_is_called_as_the_system_is(system: AlarmSystem) -> None:
    pressed(system)
    assert Call.objects.get().device == "Alarmknapper i mottaket"


def test_the_same_id_again_is_the_same_call_and_says_how_it_goes(office: Office, system: AlarmSystem) -> None:
    first = str(new_id())
    pressed(system, id=first)
    with acting_as(office.counsellor.id):
        services.answer_call(call=Call.objects.get(), answer=Answer.COMING)
    status, answer = pressed(system, id=first)
    assert (status, answer["coming"], Call.objects.count()) == (200, 1, 1)


def test_what_somebody_listened_to_changes_nothing_when_it_is_sent_again(system: AlarmSystem) -> None:
    body = json.dumps({"id": str(new_id())}).encode()
    signature = sign(body, secret=system.secret, at=int(time.time()))
    assert [sent_in(system.id, body, signature)[0] for _ in range(3)] == [200, 200, 200]
    assert Call.objects.count() == 1
    late = sign(body, secret=system.secret, at=int(time.time()) - 301)
    assert sent_in(system.id, body, late) == NOTHING_TO_SEE


def test_nobody_learns_which_systems_there_are(office: Office, system: AlarmSystem) -> None:
    ended = set_up(office.office_leader, office.unit, office.colleague)
    with acting_as(office.office_leader.id):
        alarm_systems.end(system=ended)
    answers = [
        pressed(new_id()),
        pressed(ended),
        pressed(system, secret="guess"),
        pressed(system, at=time.time() + 400),
        sent_in(system.id, b"{}", ""),
        sent_in(system.id, b"not json", "v1=å"),
    ]
    assert answers == [NOTHING_TO_SEE] * len(answers)
    assert not Call.objects.exists()
    assert AlarmSystem.objects.get(id=system.id).last_heard_at is None


def test_one_system_cannot_speak_for_another(office: Office, system: AlarmSystem) -> None:
    other = set_up(office.office_leader, office.unit, office.colleague)
    assert pressed(system, secret=other.secret) == NOTHING_TO_SEE


@pytest.mark.parametrize("body", [b"[]", b"null", b"{", b"{}", b'{"id": "button 1"}', b"[" * 3000, b"\xff"])
def test_what_is_no_call_is_refused_with_a_reason_for_the_installer(system: AlarmSystem, body: bytes) -> None:
    signature = sign(body, secret=system.secret, at=int(time.time()))
    assert sent_in(system.id, body, signature) == (400, {"error": "not_a_call"})
    assert AlarmSystem.objects.get().last_heard_at is not None


def test_what_is_not_understood_does_not_stop_a_call(system: AlarmSystem) -> None:
    status, _ = pressed(system, purpose="fun", kind=7, place={"x": 1}, device="\x00" + "x" * 500, silent=True)
    call = Call.objects.get()
    assert (status, call.purpose, call.kind, call.place, call.is_silent) == (200, "real", "", "", False)
    assert call.device == "x" * 100


def test_more_than_four_kilobytes_is_not_read(system: AlarmSystem) -> None:
    assert pressed(system, place="x" * 4096) == (413, {"error": "too_large"})


def test_a_system_gone_wrong_calls_no_more_than_twenty_times_a_minute(
    office: Office, system: AlarmSystem
) -> None:
    first = str(new_id())
    pressed(system, id=first)
    pattern = Call.objects.get()
    for _ in range(alarm_systems.CALLS_A_MINUTE - 1):
        pattern.pk = new_id()
        pattern.save(force_insert=True)
    assert pressed(system) == (429, {"error": "too_many"})
    assert pressed(system, id=first)[0] == 200
    assert pressed(set_up(office.office_leader, office.unit, office.colleague))[0] == 200
    Call.objects.update(raised_at=timezone.now() - timedelta(minutes=2))
    assert pressed(system)[0] == 200


def test_a_button_works_also_when_the_one_responsible_has_left(office: Office, system: AlarmSystem) -> None:
    Person.objects.filter(id=office.colleague.id).update(ended_on="2020-01-01")
    assert pressed(system)[0] == 200
    call = Call.objects.get()
    assert call.caller == office.office_leader
    assert "Olga Officeleder" in told(call)


def test_with_nobody_left_to_call_for_the_installer_is_told(office: Office, system: AlarmSystem) -> None:
    Person.objects.filter(id=office.colleague.id).update(ended_on="2020-01-01")
    RoleAssignment.objects.all().delete()
    assert pressed(system) == (409, {"error": "no_caller"})


def test_a_device_cannot_take_over_somebodys_call(office: Office, system: AlarmSystem) -> None:
    mine = new_id()
    with acting_as(office.counsellor.id):
        services.raise_call(services.CallRequest(id=mine))
    assert pressed(system, id=str(mine)) == (409, {"error": "no_caller"})
    assert Call.objects.get().device == ""


def test_nobody_who_is_signed_in_calls_in_the_name_of_a_system(office: Office, system: AlarmSystem) -> None:
    request = services.CallRequest(id=new_id(), alarm_system=str(system.id), device="Knapp 3")
    with acting_as(office.counsellor.id), pytest.raises(NotAllowed):
        services.raise_call(request)


def test_the_incident_of_a_button_is_about_nobody_we_know(office: Office, system: AlarmSystem) -> None:
    pressed(system)
    with acting_as(office.colleague.id) as person:
        services.end_as_incident(
            by=person, call=Call.objects.get(), natures=(Nature.VERBAL_ABUSE,), severity=2
        )
    incident = Incident.objects.get()
    assert (incident.exposed, incident.about) == (None, "witness")


def test_hearing_from_it_is_written_down_at_most_once_a_minute(system: AlarmSystem) -> None:
    pressed(system)
    first = AlarmSystem.objects.get().last_heard_at
    pressed(system)
    assert AlarmSystem.objects.get().last_heard_at == first
    AlarmSystem.objects.update(last_heard_at=timezone.now() - timedelta(minutes=2))
    pressed(system)
    assert AlarmSystem.objects.get().last_heard_at > first


# ---- Who keeps them.

KEEPERS = {"office_leader", "administrator"}


def everybody(office: Office) -> dict[str, Person]:
    return {role: person for role, person in vars(office).items() if isinstance(person, Person)}


def test_only_the_leader_of_the_unit_and_administrators_know_of_it(
    office: Office, system: AlarmSystem
) -> None:
    elsewhere = make_office("Nav Storevik")
    seeing = set()
    for role, person in everybody(office).items():
        with acting_as(person.id):
            if queries.alarm_systems().exists():
                seeing.add(role)
    assert seeing == KEEPERS
    with acting_as(elsewhere.office_leader.id):
        assert not queries.alarm_systems().exists()


def test_only_they_set_one_up(office: Office) -> None:
    able = set()
    for role, person in everybody(office).items():
        try:
            set_up(person, office.unit, office.colleague)
        except NotAllowed:
            continue
        able.add(role)
    assert able == KEEPERS


def test_the_database_holds_the_same_whatever_the_program_does(office: Office, system: AlarmSystem) -> None:
    elsewhere = make_office("Nav Storevik")
    for person in (office.counsellor, office.safety_representative, elsewhere.office_leader):
        with acting_as(person.id):
            assert not AlarmSystem.objects.filter(id=system.id).update(ended_at=timezone.now())
            with pytest.raises(ProgrammingError), transaction.atomic():
                AlarmSystem.objects.create(
                    id=new_id(), unit=office.unit, name="Min", responsible=person, secret="known",
                    made_by=person,
                )  # fmt: skip


@pytest.mark.parametrize("statement", [
    "select secret from assistance_alarmsystem",
    "select * from assistance_alarmsystem",
    "update assistance_alarmsystem set secret = 'known'",
    "update assistance_alarmsystem set name = 'x' returning secret",
    "delete from assistance_alarmsystem",
    "select app.alarm_system_of_mine(id) from assistance_alarmsystem",
    "select app.caller_of_alarm_system(id) from assistance_alarmsystem",
])  # fmt: skip
def test_nobody_who_is_signed_in_can_read_or_choose_the_secret(
    office: Office, system: AlarmSystem, statement: str
) -> None:
    for person in (office.office_leader, office.administrator):
        with (
            acting_as(person.id),
            connection.cursor() as cursor,
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
        ):
            cursor.execute(statement)


def test_the_secret_is_shown_once(office: Office, client_of: ClientOf, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://tryggmote.example"
    client = client_of(office.office_leader)
    page = reverse("assistance:alarm_system_new")
    assert client.get(page).status_code == 200
    sent = {"id": str(new_id()), "name": "Knapper", "responsible": office.colleague.id, "address": ""}
    made = client.post(page, sent).content.decode()
    system = AlarmSystem.objects.get()
    assert (system.unit, system.made_by) == (office.unit, office.office_leader)
    assert len(system.secret) == 43
    assert system.secret in made
    assert f"https://tryggmote.example/hjelp/alarmsystem/{system.id}/" in made
    again = client.post(page, sent, follow=True).content.decode()
    assert "vises bare én gang" in again
    pages = [reverse("assistance:alarm_systems"), reverse("assistance:alarm_system", args=[system.id])]
    assert system.secret not in again + "".join(client.get(path).content.decode() for path in pages)
    assert AlarmSystem.objects.count() == 1


def test_an_administrator_chooses_the_unit_first(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.administrator)
    page = reverse("assistance:alarm_system_new")
    assert "Hvor henger alarmene?" in client.get(page).content.decode()
    assert client.get(page, {"enhet": ""}).status_code == 422
    assert "Kari Kollega" in client.get(page, {"enhet": office.unit.id}).content.decode()


def test_a_leader_sets_up_none_in_another_unit(office: Office, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Storevik")
    page = f"{reverse('assistance:alarm_system_new')}?enhet={elsewhere.unit.id}"
    sent = {"id": str(new_id()), "name": "Knapper", "responsible": elsewhere.colleague.id}
    assert client_of(office.office_leader).post(page, sent).status_code == 422
    assert not AlarmSystem.objects.exists()


def test_those_who_keep_none_are_told_whom_to_ask_and_see_no_link(
    office: Office, client_of: ClientOf
) -> None:
    link = reverse("assistance:alarm_systems")
    assert link in client_of(office.office_leader).get(reverse("assistance:unit")).content.decode()
    for person in (office.counsellor, office.safety_representative):
        client = client_of(person)
        assert link not in client.get(reverse("assistance:unit")).content.decode()
        assert client.get(link).status_code == 403
        assert client.get(reverse("assistance:alarm_system_new")).status_code == 403


def test_the_page_shows_whether_it_is_heard_and_told(
    office: Office, system: AlarmSystem, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    page = reverse("assistance:alarm_systems")
    assert "Prøv en knapp." in client.get(page).content.decode()
    pressed(system)
    AlarmSystem.objects.update(address="https://alarm.example/", last_trouble="no_answer")
    said = client.get(page).content.decode()
    assert "Prøv en knapp." not in said
    assert "Fikk ikke svar." in said


def test_the_page_asks_the_database_as_much_for_ten_as_for_one(
    office: Office, system: AlarmSystem, client_of: ClientOf, django_assert_max_num_queries: Any
) -> None:
    for _ in range(9):
        set_up(office.office_leader, office.unit, office.colleague)
    client = client_of(office.office_leader)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("assistance:alarm_systems")).content.decode().count("<section") >= 10


def test_another_person_can_be_made_responsible(
    office: Office, system: AlarmSystem, client_of: ClientOf
) -> None:
    page = reverse("assistance:alarm_system", args=[system.id])
    sent = {"id": str(new_id()), "name": "Knapper", "responsible": office.counsellor.id}
    assert client_of(office.office_leader).post(page, sent).status_code == 302
    found = AlarmSystem.objects.get()
    assert (found.responsible, found.name, found.secret) == (office.counsellor, "Knapper", system.secret)


def test_one_taken_out_of_use_is_heard_no_more(
    office: Office, system: AlarmSystem, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    client.post(reverse("assistance:alarm_system_end", args=[system.id]))
    assert pressed(system) == NOTHING_TO_SEE
    assert client.get(reverse("assistance:alarm_system", args=[system.id])).status_code == 404
    assert system.name not in client.get(reverse("assistance:alarm_systems")).content.decode()


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("https://alarm.example/hook", True),
        ("https://alarm.example:443/", True),
        ("HTTPS://Alarm.Example/", True),
        ("http://10.0.0.5:8080/x", True),
        ("http://alarm.example/", False),
        ("https://alarm.example.evil.example/", False),
        ("https://alarm.example@evil.example/", False),
        ("https://evil.example@alarm.example/", False),
        ("https://evil.example/https://alarm.example/", False),
        ("http://10.0.0.5/", False),
        ("http://127.0.0.1/", False),
        ("http://[broken", False),
        ("http://10.0.0.5:port/", False),
        ("ftp://alarm.example/", False),
        ("file:///etc/passwd", False),
        ("alarm.example", False),
    ],
)
def test_only_addresses_that_the_operators_opened_can_be_told(
    office: Office, client_of: ClientOf, settings: Any, address: str, is_open: bool
) -> None:
    settings.ALARM_SYSTEM_ADDRESSES = ["https://alarm.example", "http://10.0.0.5:8080"]
    assert alarm_systems.is_opened(address) is is_open
    sent = {"id": str(new_id()), "name": "Sirene", "responsible": office.colleague.id, "address": address}
    status = client_of(office.office_leader).post(reverse("assistance:alarm_system_new"), sent).status_code
    assert status == (200 if is_open else 422)


def test_without_opened_addresses_nothing_is_open() -> None:
    assert not alarm_systems.is_opened("https://alarm.example/")
    assert not alarm_systems.is_opened("")
