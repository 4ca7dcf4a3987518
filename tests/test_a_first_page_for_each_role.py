"""What each role comes for: nobody's first page is empty, all it leads to opens, and it costs little."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.test_now_with_every_capability import ON_EVERY_PAGE
from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.compliance.keeping import bring_up_to_date
from tryggmote.concerns.tests import helpers as worried
from tryggmote.duties import panels
from tryggmote.duties.ways_on import WAYS_ON
from tryggmote.expertise.tests.helpers import asked_by
from tryggmote.expertise.vocabulary import Kind
from tryggmote.forums.tests.helpers import called_by, serious_at
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.incidents import services as incidents
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.ui import navigation

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MOST_BESIDE = 3


@pytest.fixture
def office() -> Office:
    return make_office()


def somebody_with(role: Role, office: Office) -> Person:
    """Somebody of the role: of the office's own people, or a new one."""
    held = {
        Role.OFFICE_LEADER: office.office_leader,
        Role.SAFETY_REPRESENTATIVE: office.safety_representative,
        Role.CHIEF_SAFETY_REPRESENTATIVE: office.chief_safety_representative,
        Role.COUNTY_DIRECTOR: office.county_director,
        Role.MUNICIPAL_DIRECTOR: office.municipal_director,
        Role.DIRECTORATE: office.directorate_member,
        Role.AUDITOR: office.auditor,
        Role.ADMINISTRATOR: office.administrator,
    }
    if role in held:
        return held[role]
    person = make_person("Nora Nyvalgt")
    assign(person, role, office.unit if role in (Role.LEADER, Role.GUARD) else office.county)
    return person


def seen_on(client: Client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("role", list(Role))
def test_a_role_has_something_to_come_for_and_all_of_it_opens(
    office: Office, client_of: ClientOf, role: Role
) -> None:
    client = client_of(somebody_with(role, office))
    shown = client.get("/").context
    assert shown["panels"]
    assert shown["ways_on"]
    leads_to = [panel.url for panel in shown["panels"]] + [place.url for place in shown["ways_on"]]
    answers = {url: client.get(url, follow=True).status_code for url in leads_to}
    assert set(answers.values()) == {200}, answers


@pytest.mark.parametrize("role", list(Role))
def test_what_a_role_comes_for_costs_at_most_three_questions(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, role: Role
) -> None:
    client = client_of(somebody_with(role, office))

    def asked() -> int:
        client.get("/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/")
        found = [query["sql"] for query in captured if query["sql"].lower().startswith("select")]
        return len([sql for sql in found if not any(name in sql for name in ON_EVERY_PAGE)])

    with_all = asked()
    monkeypatch.setattr(panels, "_kinds", {})
    assert with_all - asked() <= MOST_BESIDE


def test_the_ways_on_are_places_of_the_menu() -> None:
    assert {name for names in WAYS_ON.values() for name in names} <= navigation._items.keys()


def test_a_counsellor_has_meetings_and_duties_and_nothing_besides(
    office: Office, client_of: ClientOf
) -> None:
    shown = client_of(office.counsellor).get("/").context
    assert (shown["panels"], shown["ways_on"]) == ([], [])


def test_a_director_sees_what_is_serious_and_the_next_meeting(office: Office, client_of: ClientOf) -> None:
    called_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=9))
    assert "Ingenting på nivå 4 eller 5 er meldt." in seen_on(client_of(office.municipal_director))
    serious_at(office, person=office.colleague)
    page = seen_on(client_of(office.municipal_director))
    assert "Svært alvorlig" in page
    assert "Slo med en stol" not in page
    assert "Partnerskapsmøte" in page


def test_a_representative_sees_what_has_no_answer_and_only_of_their_area(
    office: Office, client_of: ClientOf
) -> None:
    other = make_office("Nav Annenvik")
    reported_by(other.counsellor, what_happened="Ropte.")
    client = client_of(office.safety_representative)
    assert "Alle hendelsene har fått svar." in seen_on(client)
    incident = reported_by(office.counsellor, what_happened="Ropte.")
    assert incident.get_absolute_url() in seen_on(client)
    with acting_as(office.leader.id) as by:
        read = Incident.objects.get(id=incident.id)
        incidents.answer_reporter(by=by, incident=read, reply_id=new_id(), text="Takk. Vi ser på det.")
    assert "Alle hendelsene har fått svar." in seen_on(client)


def test_a_representative_sees_the_demands_that_wait(office: Office, client_of: ClientOf) -> None:
    demand = worried.demanded_by(office.safety_representative, office.unit)
    page = seen_on(client_of(office.safety_representative))
    assert demand.get_absolute_url() in page
    assert "Venter på svar" in page
    assert demand.danger not in page


def test_the_health_service_sees_what_it_is_asked(office: Office, client_of: ClientOf) -> None:
    doctor = make_person("Bo Bedriftslege")
    assign(doctor, Role.OCCUPATIONAL_HEALTH, office.unit)
    request = asked_by(office.office_leader, office.unit, kind=Kind.OCCUPATIONAL_HEALTH)
    page = seen_on(client_of(doctor))
    assert request.get_absolute_url() in page
    assert request.question not in page


def test_an_administrator_sees_whether_what_is_sent_arrives_and_no_content(
    office: Office, client_of: ClientOf
) -> None:
    reported_by(office.counsellor, what_happened="Ropte.")
    page = seen_on(client_of(office.administrator))
    assert "Virker det vi sender?" in page
    assert "Ropte" not in page
    assert "Hendelser uten svar" not in page


def test_a_meeting_one_is_not_in_is_not_shown(office: Office, client_of: ClientOf) -> None:
    called_by(
        office.office_leader, office.unit, MeetingKind.SAFETY, starts_at=timezone.now() + timedelta(days=2)
    )
    assert "Møte med verneombudet" in seen_on(client_of(office.safety_representative))
    assert "Møte med verneombudet" not in seen_on(client_of(office.county_director))


def test_directors_see_where_to_help_first_and_leaders_what_is_missing(
    office: Office, client_of: ClientOf
) -> None:
    bring_up_to_date()
    director = seen_on(client_of(office.county_director))
    assert "Hjelp her først" in director
    assert f"/status/{office.unit.id}/" in director
    leader = seen_on(client_of(office.office_leader))
    assert "Dette mangler i enheten" in leader
    assert "/status/#evidence_" in leader
    colleague = seen_on(client_of(office.counsellor))
    assert "Dette mangler i enheten" not in colleague
