"""The pages of what must be in place and of residual risk, as people meet them (3.0, 3.2-3.4)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.information.models import Reading
from tryggmote.organisation.models import Person, Unit
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.residual.models import Approval, Filling, Hearing, Record, Version, Withdrawal
from tryggmote.residual.tests.helpers import (
    HOME_PROTECTIVE,
    card_here,
    chosen_by,
    declared_by,
    in_force,
    in_use,
    rewritten_by,
    runs_out,
    spoken_by,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def cell_url(office: Office, element: str, form: str) -> str:
    return reverse("residual:cell", args=[office.unit.id, element, form])


def answers(**changes: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "revision": 0,
        "why": "Ingen passer.",
        "instead": "Vi er alltid to.",
        "likelihood": 2,
        "consequence": 3,
        **changes,
    }


# What must be in place


def test_the_matrix_says_what_is_there_what_is_left_and_what_is_missing(
    office: Office, client_of: ClientOf
) -> None:
    chosen_by(office.office_leader, office.unit, "calling_help", "telephone", in_use(office))
    in_force(office)
    page = page_of(client_of(office.counsellor), "/pakrevd/")
    assert "Bærbare alarmer" in page
    assert "Restrisiko" in page
    assert "Dette mangler (12)" in page
    assert cell_url(office, "layout", "planned") in page


def test_the_matrix_costs_the_same_however_much_is_chosen(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    client.get("/pakrevd/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/pakrevd/")
        return len(captured)

    first = asked()
    for number in range(5):
        alarms = in_use(office, title=f"Alarm {number}")
        for form in office.unit.meeting_forms:
            chosen_by(office.office_leader, office.unit, "calling_help", form, alarms)
    assert asked() <= first


def test_a_unit_without_meeting_forms_is_sent_to_choose_them(office: Office, client_of: ClientOf) -> None:
    Unit.objects.filter(id=office.unit.id).update(meeting_forms=[])
    page = page_of(client_of(office.office_leader), "/pakrevd/")
    assert "Ingen møteformer er valgt" in page
    assert reverse("organisation:unit", args=[office.unit.id]) in page


def test_a_director_is_sent_to_the_units(office: Office, client_of: ClientOf) -> None:
    page = page_of(client_of(office.county_director), f"/pakrevd/{office.county.id}/")
    assert "Ingen møteformer er valgt" in page or "Måles ikke for denne enheten" in page
    assert "Dette mangler" in page_of(client_of(office.county_director), f"/pakrevd/{office.unit.id}/")


def test_another_office_is_not_shown(office: Office, client_of: ClientOf) -> None:
    stranger = make_office("Nav Storevik")
    for url in (
        f"/pakrevd/{office.unit.id}/",
        cell_url(office, "layout", "planned"),
        f"/restrisiko/enhet/{office.unit.id}/",
        f"/restrisiko/enhet/{office.unit.id}/ny/",
    ):
        assert client_of(stranger.office_leader).get(url).status_code == 404, url


@pytest.mark.parametrize(
    ("element", "form"), [("layout", "telephone"), ("nonsense", "planned"), ("layout", "group")]
)
def test_a_cell_the_unit_does_not_have_is_not_there(
    office: Office, client_of: ClientOf, element: str, form: str
) -> None:
    assert client_of(office.office_leader).get(cell_url(office, element, form)).status_code == 404


def test_a_leader_chooses_among_what_they_have_and_takes_it_away(office: Office, client_of: ClientOf) -> None:
    alarms, client = in_use(office), client_of(office.office_leader)
    url = cell_url(office, "calling_help", "reception")
    assert "Bærbare alarmer" in page_of(client, url)
    sent = {"things": [f"measure:{alarms.id}"], "also": ["planned"]}
    assert client.post(url, sent).status_code == 302
    assert {filling.form for filling in Filling.objects.all()} == {"reception", "planned"}
    page = page_of(client, url)
    assert "Dette er valgt" in page
    chosen = Filling.objects.get(form="reception")
    assert client.post(reverse("residual:take_away", args=[chosen.id])).status_code == 302
    assert Filling.objects.filter(ended_at=None).count() == 1


def test_a_choice_that_is_none_or_gone_is_said_at_the_field(office: Office, client_of: ClientOf) -> None:
    in_use(office)
    client, url = client_of(office.office_leader), cell_url(office, "calling_help", "reception")
    for sent, said in (({}, "Velg minst én ting"), ({"things": ["measure:1"]}, "gjelder ikke lenger")):
        response = client.post(url, sent)
        assert response.status_code == 422
        assert said in response.content.decode()


def test_a_leader_is_led_to_what_is_not_there_yet(office: Office, client_of: ClientOf) -> None:
    card_here(office, "visit")
    page = page_of(client_of(office.office_leader), cell_url(office, "calling_help", "home_visit"))
    assert f"/tiltak/nytt/?enhet={office.unit.id}&amp;former=home_visit&amp;type=calling_help" in page
    assert f"/rutiner/ny/?enhet={office.unit.id}&amp;former=home_visit" in page
    assert f"/restrisiko/enhet/{office.unit.id}/ny/?element=calling_help&amp;moteform=home_visit" in page
    page = page_of(client_of(office.office_leader), cell_url(office, "evacuation", "home_visit"))
    assert f"/tiltakskort/visit/lokalt/{office.unit.id}/" in page


def test_an_employee_reads_and_is_told_whom_to_ask(office: Office, client_of: ClientOf) -> None:
    client, url = client_of(office.counsellor), cell_url(office, "layout", "planned")
    page = page_of(client, url)
    assert "si fra til lederen" in page
    assert "Planlegg et tiltak" not in page
    assert client.post(url, {"things": []}).status_code == 403


# Residual risk


def test_a_leader_declares_and_the_way_to_approval_is_said(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    url = f"/restrisiko/enhet/{office.unit.id}/ny/?element=protective&moteform=home_visit"
    assert "Verneutstyr · Hjemmebesøk" in page_of(client, url)
    response = client.post(url, answers())
    record = Record.objects.get()
    assert response["Location"] == f"/restrisiko/{record.id}/utkast/"
    page = page_of(client, record.draft_url)
    assert f"{office.safety_representative.name}, verneombud, har ikke svart" in page
    response = client.post(
        reverse("residual:approve", args=[record.id]),
        {
            "id": str(new_id()),
            "revision": 1,
            "review_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
        },
    )
    assert response.status_code == 409
    assert not Approval.objects.exists()
    # The address leads to the record that is there.
    assert client.get(url)["Location"] == f"/restrisiko/{record.id}/"


def test_something_else_is_given_a_name(office: Office, client_of: ClientOf) -> None:
    client, url = client_of(office.office_leader), f"/restrisiko/enhet/{office.unit.id}/ny/"
    response = client.post(url, answers())
    assert response.status_code == 422
    assert "Skriv hva som ikke lar seg gjøre" in response.content.decode()
    assert "Vi er alltid to." in response.content.decode()
    assert client.post(url, answers(title="To utganger i arkivet", form="")).status_code == 302
    assert Record.objects.get().name == "To utganger i arkivet"


def test_others_do_not_declare(office: Office, client_of: ClientOf) -> None:
    url = f"/restrisiko/enhet/{office.unit.id}/ny/?element=protective&moteform=home_visit"
    for person in (office.counsellor, office.safety_representative):
        assert client_of(person).post(url, answers()).status_code == 403
    assert client_of(office.office_leader).get(url + "x").status_code == 404


def test_the_representative_reads_the_draft_and_answers_there(office: Office, client_of: ClientOf) -> None:
    record = declared_by(office.office_leader, office.unit)
    client, url = client_of(office.safety_representative), reverse("residual:opinion", args=[record.id])
    assert "Hva mener du?" in page_of(client, record.draft_url)
    response = client.post(url, {"id": str(new_id()), "edition": 1, "answer": "disagree"})
    assert response.status_code == 422
    sent = {"id": str(new_id()), "edition": 1, "answer": "disagree", "words": "Vi trenger vest."}
    assert client.post(url, sent).status_code == 302
    assert Hearing.objects.get().words == "Vi trenger vest."
    assert "Vi trenger vest." in page_of(client_of(office.office_leader), record.draft_url)


def test_an_employee_does_not_see_a_draft(office: Office, client_of: ClientOf) -> None:
    record = declared_by(office.office_leader, office.unit)
    client = client_of(office.counsellor)
    for url in (record.get_absolute_url(), record.draft_url):
        assert client.get(url).status_code == 404
    assert record.name not in page_of(client, "/restrisiko/")


def test_a_leader_records_why_nobody_was_heard_and_approves(office: Office, client_of: ClientOf) -> None:
    record = declared_by(office.office_leader, office.unit)
    client = client_of(office.office_leader)
    sent = {"id": str(new_id()), "person": office.safety_representative.id, "why": "not_reached"}
    url = reverse("residual:not_heard", args=[record.id])
    assert client.post(url, sent).status_code == 422
    assert client.post(url, {**sent, "reason": "Ringt."}).status_code == 302
    approve = reverse("residual:approve", args=[record.id])
    too_far = {"id": str(new_id()), "revision": 1, "review_on": "2099-01-01"}
    response = client.post(approve, too_far)
    assert response.status_code == 422
    assert "inntil tolv måneder" in response.content.decode()
    day = timezone.localdate() + timedelta(days=200)
    assert client.post(approve, {**too_far, "review_on": day.isoformat()}).status_code == 302
    assert Approval.objects.get().review_on == day


def test_whoever_it_concerns_reads_and_confirms(office: Office, client_of: ClientOf) -> None:
    record = in_force(office)
    client = client_of(office.counsellor)
    now = page_of(client, "/")
    assert "Les og bekreft: Restrisiko: Verneutstyr · Hjemmebesøk" in now
    page = page_of(client, record.get_absolute_url())
    assert "Har du lest og forstått?" in page
    assert "Hvem vet om det" not in page
    assert not Reading.objects.filter(person=office.counsellor).exists()  # to open it is not to confirm
    assert client.post(reverse("residual:confirm", args=[record.id])).status_code == 302
    assert "Du har lest og forstått" in page_of(client, record.get_absolute_url())
    assert "Les og bekreft" not in page_of(client, "/")


def test_each_reads_what_it_is_about_in_their_own_language(office: Office, client_of: ClientOf) -> None:
    in_force(office)
    Person.objects.filter(id=office.counsellor.id).update(language="en")
    assert "Residual risk: Protective equipment · Home visit" in page_of(client_of(office.counsellor), "/")


def test_the_leader_sees_how_many_know_and_who_does_not(office: Office, client_of: ClientOf) -> None:
    record = in_force(office)
    page = page_of(client_of(office.office_leader), record.get_absolute_url())
    assert "<strong>1 av 6</strong>" in page
    item = Reading.objects.get(item__is_standing=True).item
    readers = page_of(client_of(office.office_leader), item.get_absolute_url())
    assert office.counsellor.name in readers
    assert "også nye" in readers


def test_a_review_keeps_what_is_typed_when_somebody_else_saved(office: Office, client_of: ClientOf) -> None:
    record = in_force(office)
    rewritten_by(office.office_leader, record, why="Det første.")
    url = reverse("residual:write", args=[record.id])
    response = client_of(office.office_leader).post(url, answers(reason="Ny.", why="Det andre.", revision=0))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Det første." in page
    assert "Det andre." in page
    assert Version.objects.get(number=2).why == "Det første."


def test_a_review_without_a_reason_is_no_review(office: Office, client_of: ClientOf) -> None:
    record = in_force(office)
    client, url = client_of(office.office_leader), reverse("residual:write", args=[record.id])
    assert "Ingen passer" not in page_of(client, url)
    response = client.post(url, answers(reason=""))
    assert response.status_code == 422
    assert "fornyes aldri uten en grunn" in response.content.decode()
    assert client.post(url, answers(reason="Årlig.")).status_code == 302
    page = page_of(client, record.get_absolute_url())
    assert "Det finnes et utkast til en ny versjon" in page


def test_past_its_day_the_page_says_so(office: Office, client_of: ClientOf) -> None:
    record = in_force(office)
    runs_out(record, -1)
    assert "Datoen er passert" in page_of(client_of(office.counsellor), record.get_absolute_url())
    assert "Restrisiko er gått ut" in page_of(client_of(office.counsellor), "/pakrevd/")


def test_a_leader_withdraws_with_a_reason(office: Office, client_of: ClientOf) -> None:
    record = in_force(office)
    client, url = client_of(office.office_leader), reverse("residual:withdraw", args=[record.id])
    assert client.post(url, {"id": str(new_id()), "reason": " "}).status_code == 422
    assert client.post(url, {"id": str(new_id()), "reason": "Vi har fått vester."}).status_code == 302
    assert Withdrawal.objects.get().reason == "Vi har fått vester."
    assert "Vi har fått vester." in page_of(client_of(office.counsellor), record.get_absolute_url())
    assert record.name not in page_of(client, "/restrisiko/")
    assert record.name in page_of(client, "/restrisiko/?vis=trukket")


def test_the_list_costs_the_same_however_long_it_is(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    in_force(office)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/restrisiko/")
        return len(captured)

    asked()
    first = asked()
    for number in range(4):
        record = declared_by(
            office.office_leader, office.unit, type(HOME_PROTECTIVE)(title=f"Arkiv {number}")
        )
        spoken_by(office.safety_representative, record)
    assert asked() <= first


def test_the_unit_page_leads_to_both(office: Office, client_of: ClientOf) -> None:
    url = reverse("organisation:unit", args=[office.unit.id])
    page = page_of(client_of(office.counsellor), url)
    assert f"/pakrevd/{office.unit.id}/" in page
    assert f"/restrisiko/enhet/{office.unit.id}/" in page
    stranger = make_office("Nav Storevik")
    assert f"/pakrevd/{office.unit.id}/" not in page_of(client_of(stranger.counsellor), url)
