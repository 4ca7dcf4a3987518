"""The pages of a case: what those who handle it see and can do, and what nobody finds."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.client_measures.models import ClientMeasure, Step
from tryggmote.client_measures.tests.helpers import (
    begun_by,
    full_text,
    heard,
    in_force,
    set_back,
    stepped,
    written_by,
)
from tryggmote.client_measures.vocabulary import StepKind
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office
from tryggmote.ui.dates import day

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
TODAY = timezone.localdate
REFERENCE = "SAK-2026-118"


@pytest.fixture
def office() -> Office:
    return make_office()


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def address(name: str, case: ClientMeasure, *more: str) -> str:
    return reverse(f"client_measures:{name}", args=[case.id, *more])


def test_a_counsellor_begins_a_case_from_an_incident(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    client = client_of(office.counsellor)
    begin = f"{reverse('client_measures:begin')}?hendelse={incident.id}"
    assert str(incident.id) in page(client, begin)
    answers = {"id": new_id(), "unit": office.unit.id, "case_reference": REFERENCE, "letter_language": "nn",
               "incident": incident.id}  # fmt: skip
    for _ in range(2):  # sent twice is one case
        assert client.post(begin, answers).status_code == 302
    case = ClientMeasure.objects.get()
    assert [one.incident_id for one in case.linked_incidents.all()] == [incident.id]
    assert case.letter_language == "nn"


@pytest.mark.parametrize("reference", ["01019012345", "410190 12345", "01.01.90-12345", "12345678901234"])
def test_a_number_of_a_person_is_refused_with_the_way_out_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf, reference: str
) -> None:
    answer = client_of(office.counsellor).post(
        reverse("client_measures:begin"),
        {"id": new_id(), "unit": office.unit.id, "case_reference": reference, "letter_language": "nn"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv saksnummeret i stedet." in text
    assert reference in text
    assert not ClientMeasure.objects.exists()


def test_a_number_of_a_person_is_refused_in_the_text_too(office: Office, client_of: ClientOf) -> None:
    case = begun_by(office.counsellor, office.unit)
    answer = client_of(office.counsellor).post(
        address("grunnlag", case),
        {"revision": 0, "facts": "Født 010190 12345 ropte.", "case_reference": "1", "letter_language": "nb"},
    )
    assert answer.status_code == 422
    assert "Her står det et fødselsnummer." in answer.content.decode()


def test_the_text_is_written_in_two_parts_and_may_be_saved_half_done(
    office: Office, client_of: ClientOf
) -> None:
    case, client = begun_by(office.counsellor, office.unit), client_of(office.counsellor)
    half = {
        "revision": 0,
        "code": "TOAN",
        "facts": "Ropte.",
        "case_reference": REFERENCE,
        "letter_language": "nb",
    }
    assert client.post(address("grunnlag", case), half).status_code == 302
    case.refresh_from_db()
    weighing = {
        "revision": case.revision, "proportionality": "Ja", "services": "Som før",
        "answer_conversation": "tried",
        "why_conversation": "Hjalp ikke", "from_on": TODAY(), "to_on": TODAY() + timedelta(days=20),
    }  # fmt: skip
    assert client.post(address("vurdering", case), weighing).status_code == 302
    case.refresh_from_db()
    assert case.milder_means["conversation"] == {"answer": "tried", "why": "Hjalp ikke"}
    assert case.review_on == TODAY() + timedelta(days=10)
    shown = page(client, case.get_absolute_url())
    assert "Hva tiltaket skal forebygge" in shown
    assert "Det er ikke en straff." in shown
    assert f"{address('grunnlag', case)}#id_prevents" in shown


def test_more_than_twelve_weeks_is_refused_with_the_last_possible_day(
    office: Office, client_of: ClientOf
) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    days = {"from_on": TODAY(), "to_on": TODAY() + timedelta(days=84)}
    answer = client_of(office.counsellor).post(
        address("vurdering", case), {"revision": case.revision, **days}
    )
    assert answer.status_code == 422
    assert f"Siste mulige dag er {day(TODAY() + timedelta(days=83))}." in answer.content.decode()


def test_two_who_write_at_once_are_told_and_keep_what_they_typed(office: Office, client_of: ClientOf) -> None:
    case = written_by(office.counsellor, begun_by(office.counsellor, office.unit))
    form = {
        "revision": 0,
        "code": "FYUS",
        "facts": "Min tekst",
        "case_reference": "1",
        "letter_language": "nb",
    }
    client = client_of(office.office_leader)
    answer = client.post(address("grunnlag", case), form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Noen andre har lagret mens du skrev." in text
    assert "Min tekst" in text
    case.refresh_from_db()
    assert case.facts == full_text()["facts"]


def test_a_preparer_is_refused_the_decision_and_told_who_decides(office: Office, client_of: ClientOf) -> None:
    case = heard(office.counsellor, office.unit)
    client = client_of(office.counsellor)
    decide = address("step", case, "avgjor")
    assert client.get(decide).status_code == 403
    sent = {"id": new_id(), "revision": case.revision, "outcome": "imposed", "text": "Ja"}
    assert client.post(decide, sent).status_code == 403
    assert not Step.objects.filter(kind="decided").exists()
    assert address("step", case, "til-lederen") in page(client, case.get_absolute_url())


def test_the_leader_reads_decides_and_the_letter_can_be_downloaded(
    office: Office, client_of: ClientOf
) -> None:
    case = heard(office.counsellor, office.unit)
    client = client_of(office.office_leader)
    shown = page(client, address("step", case, "avgjor"))
    assert "Forebygging, ikke straff" in shown
    assert "Sier at det var en misforståelse." in shown
    sent = {"id": new_id(), "revision": case.revision, "outcome": "imposed", "text": "Nødvendig nå."}
    assert client.post(address("step", case, "avgjor"), sent).status_code == 302
    letter = address("letter", case, "vedtak")
    assert "Nødvendig nå." in page(client, letter)
    file = client.get(f"{letter}?last-ned=1")
    assert file["Content-Disposition"] == 'attachment; filename="vedtak.txt"'
    assert "Til: ____" in file.content.decode()


def test_a_leader_is_told_what_is_missing_and_where_it_is_filled_in(
    office: Office, client_of: ClientOf
) -> None:
    case = begun_by(office.counsellor, office.unit)
    client = client_of(office.office_leader)
    shown = page(client, address("step", case, "avgjor"))
    for what in ("Tiltak", "Hva har skjedd", "Forholdsmessighet", "Fra og til", "Forhåndsvarsel"):
        assert what in shown
    sent = {"id": new_id(), "revision": case.revision, "outcome": "imposed", "text": "Ja"}
    answer = client.post(address("step", case, "avgjor"), sent)
    assert answer.status_code == 422
    assert "Dette mangler først" in answer.content.decode()


def test_every_page_of_a_case_is_a_reading_that_those_who_handle_it_see(
    office: Office, client_of: ClientOf
) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    ReadEntry.objects.all().delete()
    client = client_of(office.office_leader)
    paths = [
        case.get_absolute_url(), address("step", case, "klage"), address("handlers", case),
        address("letter", case, "vedtak"),
    ]  # fmt: skip
    for path in paths:
        page(client, path)
    assert ReadEntry.objects.filter(kind="client_measure", person_id=office.office_leader.id).count() == len(
        paths
    )
    assert ReadEntry.objects.filter(kind="client_measure_letter").count() == 1
    assert office.office_leader.name in page(client_of(office.counsellor), case.get_absolute_url())


def test_the_copy_for_the_archive_is_a_step_and_a_file(office: Office, client_of: ClientOf) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    client = client_of(office.counsellor)
    answer = client.post(address("archive", case))
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert "metadata.json" in archive.namelist()
    step = Step.objects.get(kind="archived")
    assert step.by_id == office.counsellor.id
    assert "Lastet ned til arkivet" in page(client, case.get_absolute_url())
    assert client.get(address("archive", case)).status_code == 405


def test_no_browser_keeps_a_copy_of_a_case(office: Office, client_of: ClientOf) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    client = client_of(office.counsellor)
    for path in (case.get_absolute_url(), address("letter", case, "vedtak"), "/overfor-bruker/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    assert "no-store" in client.post(address("archive", case))["Cache-Control"]


def test_there_is_no_copy_of_what_is_not_decided(office: Office, client_of: ClientOf) -> None:
    case = heard(office.counsellor, office.unit)
    assert client_of(office.counsellor).post(address("archive", case)).status_code == 409


def test_nobody_finds_a_case_by_its_reference(office: Office, client_of: ClientOf) -> None:
    """No search across clients, no list by reference, no count: those who handle a case open that one."""
    for _ in range(2):
        begun_by(office.counsellor, office.unit, case_reference=REFERENCE)
    client = client_of(office.office_leader)
    for path in (
        f"/sok/?q={REFERENCE}",
        f"/overfor-bruker/?q={REFERENCE}&case_reference={REFERENCE}",
        "/overfor-bruker/",
    ):
        assert REFERENCE not in re.sub(r'value="[^"]*"|\?q=[^"]*', "", page(client, path)).replace(
            f"«{REFERENCE}»", ""
        ), path
    everything = page(client, "/overfor-bruker/")
    assert page(client, f"/overfor-bruker/?case_reference={REFERENCE}").count("<li") == everything.count(
        "<li"
    )


def test_the_page_says_that_it_is_prevention_and_no_register(office: Office, client_of: ClientOf) -> None:
    shown = page(client_of(office.safety_representative), "/overfor-bruker/")
    assert "Forebygging, ikke straff" in shown
    assert "Dette er ikke et register" in shown
    assert "står det i Navs eget system" in shown
    assert "Ikke kontrollert mot lovteksten" in shown


def test_the_list_shows_only_ones_own_cases(office: Office, client_of: ClientOf) -> None:
    case = heard(office.counsellor, office.unit)
    for person, sees in ((office.counsellor, True), (office.office_leader, True), (office.colleague, False),
                         (office.safety_representative, False), (office.county_director, False)):  # fmt: skip
        shown = page(client_of(person), "/overfor-bruker/")
        assert (str(case.id) in shown) is sees, person.name


def test_a_case_is_drawn_with_few_questions_to_the_database(office: Office, client_of: ClientOf) -> None:
    case = in_force(office.counsellor, office.office_leader, office.unit)
    client = client_of(office.office_leader)
    page(client, case.get_absolute_url())
    with CaptureQueriesContext(connection) as captured:
        page(client, case.get_absolute_url())
    few = len([query for query in captured if query["sql"].lower().startswith("select")])
    for _ in range(4):
        stepped(office.office_leader, case, StepKind.REVIEWED)
        stepped(office.counsellor, case, StepKind.COMPLAINED)
    with CaptureQueriesContext(connection) as captured:
        page(client, case.get_absolute_url())
    assert len([query for query in captured if query["sql"].lower().startswith("select")]) == few
    assert few <= 22


def test_a_leader_is_asked_on_now_to_decide_review_answer_and_archive(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)

    def asked() -> str:
        return page(client, "/")

    case = heard(office.counsellor, office.unit)
    assert "Avgjør en sak om tiltak overfor bruker" not in asked()
    stepped(office.counsellor, case, StepKind.SUBMITTED)
    assert "Avgjør en sak om tiltak overfor bruker" in asked()
    assert "Avgjør en sak" not in page(client_of(office.counsellor), "/")
    stepped(office.office_leader, case, StepKind.DECIDED)
    stepped(office.counsellor, case, StepKind.TOLD)
    assert "Vurder et tiltak overfor bruker på nytt" not in asked()
    set_back(case, days=14)
    assert "Vurder et tiltak overfor bruker på nytt" in asked()
    stepped(office.office_leader, case, StepKind.REVIEWED)
    assert "Vurder et tiltak overfor bruker på nytt" not in asked()
    stepped(office.counsellor, case, StepKind.COMPLAINED)
    assert "Svar på klagen fra en bruker" in asked()
    stepped(office.office_leader, case, StepKind.COMPLAINT_ANSWERED)
    assert "Svar på klagen fra en bruker" not in asked()
    set_back(case, days=20)
    assert "Send en avsluttet sak til arkivet" in asked()
    stepped(office.office_leader, case, StepKind.ARCHIVED)
    assert "Send en avsluttet sak til arkivet" not in asked()


def test_a_director_with_a_leaders_role_above_is_asked_nothing(office: Office, client_of: ClientOf) -> None:
    assign(office.county_director, Role.OFFICE_LEADER, office.county)
    case = heard(office.counsellor, office.unit)
    stepped(office.counsellor, case, StepKind.SUBMITTED)
    assert "tiltak overfor bruker" not in re.sub(
        r"<nav.*?</nav>", "", page(client_of(office.county_director), "/"), flags=re.DOTALL
    )


def test_the_way_from_an_incident_tells_nobody_whether_there_is_a_case(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)

    def drawn(person: Person) -> str:
        shown = page(client_of(person), incident.get_absolute_url())
        return (
            "".join(re.findall(r"<details.*?</details>", shown, flags=re.DOTALL)).count("hendelse=") * "way"
        )

    before = {
        role: drawn(getattr(office, role))
        for role in ("office_leader", "safety_representative", "counsellor")
    }
    case = begun_by(office.counsellor, office.unit, incident_id=incident.id)
    assert case.linked_incidents.exists()
    after = {role: drawn(getattr(office, role)) for role in before}
    assert before == after == {"office_leader": "way", "safety_representative": "", "counsellor": ""}


def test_a_case_that_is_handled_by_a_colleague_is_let_go_again(office: Office, client_of: ClientOf) -> None:
    case = begun_by(office.counsellor, office.unit)
    client, colleague = client_of(office.counsellor), client_of(office.colleague)
    people = address("handlers", case)
    assert client.post(people, {"id": new_id(), "person": office.colleague.id}).status_code == 302
    assert colleague.get(case.get_absolute_url()).status_code == 200
    assert client.post(people, {"take": office.colleague.id}).status_code == 302
    assert colleague.get(case.get_absolute_url()).status_code == 404
    stranger = make_office("Nav Storevik").counsellor
    assert client.post(people, {"id": new_id(), "person": stranger.id}).status_code == 422
