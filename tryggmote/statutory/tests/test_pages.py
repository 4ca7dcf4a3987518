"""The pages of notice, register and report as people meet them (AML §§ 5-1, 5-2, folketrygdloven § 13-14)."""

import csv
import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.incidents.models import Classification, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.statutory import exporting
from tryggmote.statutory.legal_data import legal_data
from tryggmote.statutory.models import (
    Consent,
    Injury,
    Judgement,
    MedicalDetail,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)
from tryggmote.statutory.tests.helpers import (
    called_by,
    confirmed_by,
    consented_by,
    decided_by,
    entered_by,
    judged_by,
    sent_by,
)
from tryggmote.ui.dates import oslo_today
from tryggmote.ui.spreadsheets import FileKind

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def incident(office: Office) -> Incident:
    return reported_by(office.counsellor)


def notice_page(client: Client, incident: Incident, **asked: str) -> str:
    return client.get(reverse("statutory:notice", args=[incident.id]), asked).content.decode()


# Notice


def test_the_leader_is_asked_in_plain_words_and_told_what_outside_work_means(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    page = notice_page(client_of(office.leader), incident)
    for criterion in legal_data().notice.criteria:
        assert str(criterion.says) in page
    assert "utenfor arbeidsplassen eller arbeidstiden" in page
    assert "Er du i tvil, så varsle" in page


def test_judged_yes_the_page_gives_the_numbers_to_call_and_says_they_are_unchecked(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client = client_of(office.leader)
    answer = {"id": new_id(), "holds": ["doubt"], "answer": "yes", "reason": ""}
    done = client.post(reverse("statutory:judge", args=[incident.id]), answer, follow=True)
    page = done.content.decode()
    assert Judgement.objects.get().must_notify
    assert 'href="tel:73199700"' in page
    assert 'href="tel:02800"' in page
    assert page.count("Nummeret er ikke kontrollert.") == 2
    assert office.directorate.name in page  # whose duty it is


def test_a_contradiction_and_a_missing_reason_are_pointed_out_and_nothing_typed_is_lost(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client, url = client_of(office.leader), reverse("statutory:judge", args=[incident.id])
    wrong = client.post(url, {"id": new_id(), "holds": ["death"], "answer": "no", "reason": "Min grunn"})
    assert wrong.status_code == 422
    assert "fjern krysset" in wrong.content.decode()
    assert "Min grunn" in wrong.content.decode()
    empty = client.post(url, {"id": new_id(), "answer": "no", "reason": ""})
    assert empty.status_code == 422
    assert "Skriv hvorfor svaret er nei." in empty.content.decode()
    assert not Judgement.objects.exists()


def test_one_tap_says_called_now(office: Office, incident: Incident, client_of: ClientOf) -> None:
    judged_by(office.leader, incident)
    url = reverse("statutory:called", args=[incident.id])
    page = (
        client_of(office.leader)
        .post(url, {"id": new_id(), "authority": "police"}, follow=True)
        .content.decode()
    )
    assert f"av {office.leader.name}" in page
    assert NoticeAct.objects.get().step == "police_called"


def test_a_time_in_the_future_is_refused_in_the_form_it_was_written_in(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    judged_by(office.leader, incident)
    answer = {
        "id": new_id(),
        "authority": "police",
        "done_at": (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
        "reference": "sak 12",
    }
    wrong = client_of(office.leader).post(reverse("statutory:called", args=[incident.id]), answer)
    assert wrong.status_code == 422
    assert "fram i tid" in wrong.content.decode()
    assert "sak 12" in wrong.content.decode()
    assert not NoticeAct.objects.exists()


def test_the_text_can_be_had_in_nynorsk_and_what_was_sent_is_kept(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    judged_by(office.leader, incident)
    client = client_of(office.leader)
    assert "Skriftleg stadfesting" in notice_page(client, incident, mal="nn")
    assert "Skriftlig bekreftelse" in notice_page(client, incident, mal="nb")
    url = reverse("statutory:confirm", args=[incident.id])
    client.post(url, {"id": new_id(), "text": "Det vi sendte.", "done_at": ""})
    assert "Det vi sendte." in notice_page(client, incident)


def test_the_representative_reads_the_copy_and_the_notice_is_seen(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    judged_by(office.leader, incident)
    confirmed_by(office.leader, incident, "Kopien til verneombudet.")
    told = Notice.objects.get(kind="notice_copy")
    page = client_of(office.safety_representative).get(told.url).content.decode()
    assert "Kopien til verneombudet." in page
    assert "Ringt nå" not in page
    told.refresh_from_db()
    # The act is the subject; opening the page is seeing it.
    assert told.seen_at
    assert ReadEntry.objects.filter(
        person_id=office.safety_representative.id, kind="incident", object_id=incident.id
    ).exists()


def test_only_reporting_it_does_not_open_the_notice(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.colleague, about="other", exposed_id=office.counsellor.id)
    url = reverse("statutory:notice", args=[incident.id])
    assert client_of(office.colleague).get(url).status_code == 404
    assert client_of(office.counsellor).get(url).status_code == 200


# The register


def test_an_injury_is_entered_from_the_incident(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client, url = client_of(office.leader), reverse("statutory:enter", args=[incident.id])
    assert client.get(url).status_code == 200
    wrong = client.post(url, {"id": new_id(), "injured": office.counsellor.id, "absence": "short"})
    assert wrong.status_code == 422
    answer = {
        "id": new_id(),
        "injured": office.counsellor.id,
        "kinds": ["psychological"],
        "absence": "short",
    }
    page = client.post(url, answer, follow=True).content.decode()
    assert "Psykisk skade" in page
    assert office.counsellor.name in page
    assert Injury.objects.get().absence == "short"
    again = client.get(url, {"person": str(office.counsellor.id)}).content.decode()
    assert re.search(r'value="short"[^>]* checked', again)  # what is known is filled in


def test_nobody_injured_is_said_with_a_reason(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    client, url = client_of(office.leader), reverse("statutory:no_injury", args=[incident.id])
    assert client.post(url, {"id": new_id(), "reason": ""}).status_code == 422
    assert client.post(url, {"id": new_id(), "reason": "Vi har snakket."}).status_code == 302
    assert NoInjury.objects.get().reason == "Vi har snakket."


@pytest.mark.parametrize("who", ["counsellor", "safety_representative"])
def test_who_may_not_enter_is_told_who_can(
    office: Office, incident: Incident, client_of: ClientOf, who: str
) -> None:
    answer = client_of(getattr(office, who)).get(reverse("statutory:enter", args=[incident.id]))
    assert answer.status_code == 403
    assert "Nærmeste leder" in answer.content.decode()


def test_names_stand_on_the_lines_and_opening_one_is_logged(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    member = make_person("Anna AMU")
    assign(member, Role.COMMITTEE_MEMBER, office.county)
    client = client_of(member)
    listed = client.get(reverse("statutory:register")).content.decode()
    assert "Psykisk skade" in listed
    assert office.counsellor.name not in listed
    opened = client.get(injury.get_absolute_url()).content.decode()
    assert office.counsellor.name in opened
    assert "Yrkesskademelding" not in opened
    assert reverse("incidents:detail", args=[incident.id]) not in opened
    assert ReadEntry.objects.get(kind="injury").person_id == member.id
    own = client_of(office.counsellor).get(injury.get_absolute_url()).content.decode()
    assert member.name in own  # the injured sees who has read


def test_the_injured_writes_and_deletes_what_is_medical(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    client, url = client_of(office.counsellor), reverse("statutory:consent", args=[injury.id])
    wrong = client.post(url, {"id": new_id(), "text": "Jeg sover dårlig."})
    assert wrong.status_code == 422
    assert "Uten samtykke blir ingenting lagret." in wrong.content.decode()
    assert not MedicalDetail.objects.exists()
    client.post(url, {"id": new_id(), "text": "Jeg sover dårlig.", "agrees": "on"})
    assert "Jeg sover dårlig." in client_of(office.leader).get(injury.get_absolute_url()).content.decode()
    client.post(reverse("statutory:withdraw", args=[injury.id]), {"id": new_id()})
    after = client_of(office.leader).get(injury.get_absolute_url()).content.decode()
    assert "Jeg sover dårlig." not in after
    assert "trukket tilbake" in after
    assert Consent.objects.count() == 2


def test_the_leader_gets_403_for_the_injureds_own_forms(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    client = client_of(office.leader)
    answer = {"id": new_id(), "text": "Hun er syk.", "agrees": "on"}
    assert client.post(reverse("statutory:consent", args=[injury.id]), answer).status_code == 403
    withdrawn = client.post(reverse("statutory:withdraw", args=[injury.id]), {"id": new_id()})
    assert withdrawn.status_code == 403


def test_the_register_is_on_the_menu_of_its_lawful_readers_only(office: Office, client_of: ClientOf) -> None:
    health, union = make_person("Bodil BHT"), make_person("Tore Tillitsvalgt")
    assign(health, Role.OCCUPATIONAL_HEALTH, office.unit)
    assign(union, Role.UNION_REPRESENTATIVE, office.unit)
    url = reverse("statutory:register")
    for person, is_there in (
        (health, True),
        (office.leader, True),
        (office.safety_representative, True),
        (union, False),
        (office.counsellor, False),
        (office.administrator, False),
    ):
        assert (url in client_of(person).get("/mer/").content.decode()) is is_there, person.name


# Export


def test_the_leader_takes_out_the_register_of_a_unit_and_a_period(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    consented_by(office.counsellor, injury, "Jeg sover dårlig.")
    asked = {"unit": office.unit.id, "from_on": oslo_today().isoformat(), "to_on": oslo_today().isoformat()}
    client, url = client_of(office.office_leader), reverse("statutory:export")
    assert client.get(url).status_code == 200
    sheet = client.post(url, asked | {"kind": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == office.counsellor.name
    text = client.post(url, asked | {"kind": "csv"}).content.decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text), delimiter=";"))
    assert lines[1][1] == office.counsellor.name
    assert "Jeg sover dårlig." not in text
    logged = ReadEntry.objects.filter(kind="injury", person_id=office.office_leader.id)
    assert [entry.object_id for entry in logged] == [injury.id] * 2


def test_another_period_is_empty_and_a_backwards_one_is_refused(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    entered_by(office.leader, incident, office.counsellor)
    client, url = client_of(office.office_leader), reverse("statutory:export")
    asked = {"unit": office.unit.id, "from_on": "2020-01-01", "to_on": "2020-12-31", "kind": "csv"}
    assert len(client.post(url, asked).content.decode().splitlines()) == 1
    assert client.post(url, asked | {"to_on": "2019-01-01"}).status_code == 422


@pytest.mark.parametrize(
    "who", ["counsellor", "leader", "safety_representative", "county_director", "administrator"]
)
def test_others_do_not_take_it_out(office: Office, client_of: ClientOf, who: str) -> None:
    assert client_of(getattr(office, who)).get(reverse("statutory:export")).status_code == 403


def test_a_leader_does_not_take_out_another_units_register(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storevik")
    asked = {"unit": other.unit.id, "from_on": "2020-01-01", "to_on": "2030-12-31"}
    assert client_of(office.office_leader).post(reverse("statutory:export"), asked).status_code == 422


def test_a_name_that_looks_like_a_formula_is_none() -> None:
    lines = [["Navn"], ["=1+1"], ["@SUM(A1)"]]
    text = exporting.file_of(lines, FileKind.CSV).decode("utf-8-sig")
    assert text.splitlines()[1:] == ["'=1+1", "'@SUM(A1)"]
    book = CalamineWorkbook.from_filelike(BytesIO(exporting.file_of(lines, FileKind.XLSX)))
    assert book.get_sheet_by_index(0).to_python()[1] == ["=1+1"]


# The report


def test_the_report_is_decided_prepared_and_logged(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    client = client_of(office.leader)
    decide, sent = (reverse(f"statutory:{name}", args=[injury.id]) for name in ("decide", "sent"))
    wrong = client.post(decide, {"id": new_id(), "holds": ["wish"], "answer": "no"})
    assert wrong.status_code == 422
    page = client.post(
        decide, {"id": new_id(), "holds": ["wish"], "answer": "yes"}, follow=True
    ).content.decode()
    assert ReportDecision.objects.get().is_due
    assert "Tryggmøte sender ingenting." in page
    assert f"Den skadede: {office.counsellor.name}" in page
    assert "Statens pensjonskasse" in page
    assert "Kommunens eget forsikringsselskap" not in page
    future = {"id": new_id(), "to": "nav", "sent_on": (oslo_today() + timedelta(days=1)).isoformat()}
    assert client.post(sent, future).status_code == 422
    client.post(sent, {"id": new_id(), "to": "nav", "sent_on": oslo_today().isoformat(), "receipt": "AR-77"})
    assert "AR-77" in client_of(office.counsellor).get(injury.get_absolute_url()).content.decode()
    assert ReportSending.objects.get().to == "nav"


def test_the_municipalitys_own_insurance_is_not_checked_and_says_so(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.colleague)
    injury = entered_by(office.leader, incident, office.colleague)
    decided_by(office.leader, injury)
    page = client_of(office.leader).get(injury.get_absolute_url()).content.decode()
    assert "Kommunens eget forsikringsselskap" in page
    assert "ikke kontrollert mot kilden" in page
    assert "Statens pensjonskasse" not in page
    not_theirs = {"id": new_id(), "to": "spk", "sent_on": oslo_today().isoformat()}
    sent = client_of(office.leader).post(reverse("statutory:sent", args=[injury.id]), not_theirs)
    assert sent.status_code == 422


def test_a_notice_about_the_report_is_seen_when_the_page_is(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    injury = entered_by(office.leader, incident, office.counsellor)
    decided_by(office.leader, injury)
    sent_by(office.leader, injury, on=oslo_today())
    client_of(office.counsellor).get(injury.get_absolute_url())
    told = Notice.objects.filter(person=office.counsellor, kind__startswith="injury_")
    assert {notice.kind for notice in told} == {"injury_entered", "injury_reported"}
    assert all(notice.seen_at for notice in told)


# The incident's own page


def test_the_incident_leads_to_notice_and_register(
    office: Office, incident: Incident, client_of: ClientOf
) -> None:
    incident_url, enter_url = incident.get_absolute_url(), reverse("statutory:enter", args=[incident.id])
    leaders = client_of(office.leader).get(incident_url).content.decode()
    assert enter_url in leaders
    assert "Må det varsles etter § 5-2?" in leaders
    assert "Skade og varsel" not in client_of(office.counsellor).get(incident_url).content.decode()
    said = {"codebook": "2026-1", "channel": "x", "consequences": ["treatment"]}
    Classification.objects.create(incident=incident, by=office.leader, **said)
    assert "noen kan være skadet" in client_of(office.leader).get(incident_url).content.decode()
    injury = entered_by(office.leader, incident, office.counsellor)
    own = client_of(office.counsellor).get(incident_url).content.decode()
    assert injury.get_absolute_url() in own
    assert enter_url not in own


def test_whoever_only_reported_learns_nothing_of_injuries_on_the_incidents_page(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.colleague, about="other", exposed_id=office.counsellor.id)
    judged_by(office.leader, incident)
    entered_by(office.leader, incident, office.counsellor)
    page = client_of(office.colleague).get(incident.get_absolute_url()).content.decode()
    assert "Skade og varsel" not in page


def test_pages_ask_the_same_of_the_database_however_much_there_is(
    office: Office, client_of: ClientOf
) -> None:
    def asked() -> list[int]:
        counts = []
        for path in (reverse("statutory:register"), reverse("statutory:notice", args=[first.id])):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200
            counts.append(len(captured))
        return counts

    client = client_of(office.leader)
    first = reported_by(office.counsellor)
    judged_by(office.leader, first)
    entered_by(office.leader, first, office.counsellor)
    called_by(office.leader, first, "police")
    asked()
    before = asked()
    for _ in range(5):
        more = reported_by(office.counsellor)
        judged_by(office.leader, more)
        called_by(office.leader, first, "police")
        entered_by(office.leader, more, office.counsellor)
    assert asked() == before


def test_the_register_goes_on_to_the_next_page(office: Office, client_of: ClientOf) -> None:
    for _ in range(27):
        entered_by(office.leader, reported_by(office.counsellor), office.counsellor)
    client = client_of(office.leader)
    first = client.get(reverse("statutory:register")).content.decode()
    assert first.count("/meldeplikt/skade/") >= 25
    assert "Vis eldre" in first
    older = first.split('href="?eldre=')[1].split('"')[0]
    assert "Til de nyeste" in client.get(f"{reverse('statutory:register')}?eldre={older}").content.decode()
