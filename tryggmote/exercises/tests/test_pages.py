"""The pages of exercises as people meet them (4.1)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.exercises.models import Evaluation, Exercise, Finding, Objective, Participant
from tryggmote.exercises.tests import factories as f
from tryggmote.exercises.vocabulary import Becomes, Part, Stage
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.models import Scenario
from tryggmote.risk.tests.stories import YELLOW, begin

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def read(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def page(name: str, exercise: Exercise) -> str:
    return reverse(f"exercises:{name}", args=[exercise.id])


def in_two_hours() -> str:
    return (timezone.localtime() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")


def a_plan(**changes: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "starts_at": in_two_hours(),
        "place": "Mottaket",
        "way": "practical",
        "meeting_forms": ["reception"],
        "objectives": ["1", "2"],
    } | changes


def test_from_the_library_to_an_exercise_that_is_decided(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)
    assert "Trussel i mottaket" in read(client, reverse("exercises:library"))
    assert "Hjemmebesøket som snur" not in read(client, f"{reverse('exercises:library')}?form=telephone")
    assert "Planlegg øvelsen" in read(client, reverse("exercises:scenario", args=["reception_threat"]))
    plan = reverse("exercises:plan", args=["reception_threat"])
    assert "Alle kjenner tegnene" in read(client, plan)
    people = client.post(plan, a_plan()).headers["Location"]
    exercise = Exercise.objects.get()
    read(client, people)
    told = client.post(
        people,
        {
            "leads": office.office_leader.id,
            "takes_part": [office.counsellor.id],
            "observes": [office.colleague.id],
            "role_1": office.safety_representative.id,
        },
    )
    assert told.status_code == 302
    parts = dict(Participant.objects.values_list("person_id", "part"))
    assert parts[office.safety_representative.id] == Part.TAKES_PART
    assert "Den som sitter i skranken" in read(client, exercise.get_absolute_url())
    client.post(page("decide", exercise), {"id": new_id()})
    exercise.refresh_from_db()
    assert exercise.stage is Stage.PLANNED
    assert "Trussel i mottaket" in read(client_of(office.counsellor), "/")


def test_what_is_missing_in_the_plan_names_the_field_and_keeps_the_rest(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    plan = reverse("exercises:plan", args=["reception_threat"])
    response = client.post(plan, a_plan(starts_at="2020-01-01T10:00", objectives=[]))
    assert response.status_code == 422
    text = response.content.decode()
    assert "Tidspunktet har vært" in text
    assert "Velg minst ett mål" in text
    assert "Mottaket" in text


def test_risks_above_acceptance_are_offered_first_and_become_objectives(client_of: ClientOf) -> None:
    work = begin(forms=("reception", "planned"))
    work.describe(hazard="Noen trekker kniv i mottaket", forms=("reception",), current=YELLOW)
    work.complete()
    assert work.approve()
    client = client_of(work.office.office_leader)
    plan = reverse("exercises:plan", args=["reception_threat"])
    assert "Noen trekker kniv i mottaket (over det dere godtar)" in read(client, plan)
    lineage = Scenario.objects.get(hazard="Noen trekker kniv i mottaket").lineage
    client.post(plan, a_plan(risks=[str(lineage)]))
    assert Objective.objects.get(lineage=lineage).hazard == "Noen trekker kniv i mottaket"


def test_others_read_the_library_and_plan_nothing(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    text = read(client, reverse("exercises:scenario", args=["bomb_threat"]))
    assert "Planlegg øvelsen" not in text
    assert client.get(reverse("exercises:plan", args=["bomb_threat"])).status_code == 403
    assert client.get(reverse("exercises:scenario", args=["made_up"])).status_code == 404


def test_the_clock_and_the_injects_survive_a_reload_and_are_the_same_for_all(
    office: Office, client_of: ClientOf
) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    leader, other = client_of(office.office_leader), client_of(office.counsellor)
    run = page("run", exercise)
    assert "Start øvelsen" in read(leader, run)
    assert "Siden følger med" in read(other, run)
    leader.post(page("start", exercise), {"id": new_id()})
    onwards = leader.post(page("inject", exercise), {"id": new_id(), "number": 1}).headers["Location"]
    assert onwards == f"{run}#neste"
    for client in (leader, leader, other):
        text = read(client, run)
        assert "lener seg over skranken" in text
        assert 'data-since="' in text
    assert "Det dere håper å se" not in read(other, run)
    assert "Neste, minutt 5" in read(leader, run)
    assert "Gi neste innspill" not in read(other, run)


def test_a_page_that_follows_along_is_led_on_when_it_is_held(office: Office, client_of: ClientOf) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.held_by(office.office_leader, exercise, office.counsellor)
    client = client_of(office.counsellor)
    assert client.get(page("run", exercise)).headers["Location"] == exercise.get_absolute_url()
    polled = client.get(page("run", exercise), headers={"HX-Request": "true"})
    assert polled.headers["HX-Redirect"] == exercise.get_absolute_url()


def test_it_is_not_ended_with_nobody_there(office: Office, client_of: ClientOf) -> None:
    exercise = f.started_by(
        office.office_leader, f.planned_by(office.office_leader, office.unit, office.counsellor)
    )
    client = client_of(office.office_leader)
    response = client.post(page("hold", exercise), {"id": new_id()})
    assert response.status_code == 422
    assert "Kryss av for hvem som var der" in response.content.decode()
    done = client.post(page("hold", exercise), {"id": new_id(), "there": [office.counsellor.id]})
    assert done.headers["Location"] == exercise.get_absolute_url()
    exercise.refresh_from_db()
    assert exercise.attended == 1


def test_from_what_was_seen_to_a_report_everybody_reads(office: Office, client_of: ClientOf) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.held_by(office.office_leader, exercise, office.counsellor)
    leader, outside = client_of(office.office_leader), client_of(office.colleague)
    assert outside.get(exercise.get_absolute_url()).status_code == 404
    leader.post(
        page("find", exercise), {"id": new_id(), "words": "Døra lot seg ikke låse.", "is_finding": "on"}
    )
    leader.post(page("find", exercise), {"id": new_id(), "words": "Alle gikk ut på to minutter."})
    finding = Finding.objects.get()
    decide = reverse("exercises:finding", args=[exercise.id, finding.id])
    assert "Planlegg et tiltak nå" in read(leader, decide)
    assert leader.post(decide, {"becomes": "measure", "title": ""}).status_code == 422
    due_on = timezone.localdate() + timedelta(days=20)
    leader.post(decide, {"becomes": "measure", "title": "Bytt låsen", "kind": "design", "due_on": due_on})
    assert Measure.objects.get().due_on == due_on
    assert "Svar først på om målene" in read(leader, exercise.get_absolute_url())
    reached = {f"mal_{objective.id}": "partly" for objective in Objective.objects.filter(exercise=exercise)}
    leader.post(page("objectives", exercise), reached)
    closed = leader.post(page("close", exercise), {"id": new_id(), "words": "Lås døra først."})
    assert closed.headers["Location"] == page("report", exercise)
    for person in (office.colleague, office.county_director):
        text = read(client_of(person), page("report", exercise))
        assert "Lås døra først." in text
        assert "Alle gikk ut på to minutter." in text
        assert "Delvis nådd" in text
        assert "Tiltak: Bytt låsen" in text
        assert office.counsellor.name not in text
    assert "Vi har øvd: Trussel i mottaket" in read(client_of(office.colleague), "/informasjon/")


def test_a_finding_leads_from_its_measure_back_to_the_exercise(office: Office, client_of: ClientOf) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.held_by(office.office_leader, exercise, office.counsellor)
    finding = f.found_by(office.office_leader, exercise)
    f.settled_by(office.office_leader, finding, Becomes.MEASURE, title="Ny lås")
    text = read(client_of(office.office_leader), Measure.objects.get().get_absolute_url())
    assert f"{exercise.get_absolute_url()}#funn-{finding.id}" in text


def test_an_evaluation_is_four_taps_and_only_mine_is_shown_to_me(office: Office, client_of: ClientOf) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor, office.colleague)
    f.held_by(office.office_leader, exercise, office.counsellor, office.colleague)
    client = client_of(office.counsellor)
    address = page("evaluate", exercise)
    assert "Ett minutt" in read(client, address)
    assert client.post(address, {"id": new_id(), "understood": "yes"}).status_code == 422
    taps = {"understood": "yes", "knew_how": "no", "safer": "partly", "change": "premises"}
    client.post(address, {"id": new_id(), "words": "Øv oftere.", **taps})
    assert Evaluation.objects.get().knew_how == "no"
    assert "Øv oftere." in read(client, address)
    leader = read(client_of(office.office_leader), exercise.get_absolute_url())
    assert "1 av 2 har svart" in leader
    assert "Øv oftere." not in leader
    assert "kan svare i sju dager" in read(client_of(office.office_leader), address)


def test_the_list_costs_the_same_however_many_there_are(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, reverse("exercises:home"))
        return len(captured)

    f.done_by(office.office_leader, office.unit, office.counsellor)
    before = cost()
    f.done_by(office.office_leader, office.unit, office.counsellor, scenario="bomb_threat")
    f.planned_by(office.office_leader, office.unit, office.counsellor, scenario="weapon_shown")
    assert cost() == before


def test_the_report_costs_the_same_however_much_was_found(office: Office, client_of: ClientOf) -> None:
    exercise = f.planned_by(office.office_leader, office.unit, office.counsellor)
    f.held_by(office.office_leader, exercise, office.counsellor)
    client = client_of(office.office_leader)

    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            read(client, exercise.get_absolute_url())
        return len(captured)

    f.found_by(office.office_leader, exercise)
    before = cost()
    for words in ("En til.", "Og en.", "Sist."):
        f.found_by(office.office_leader, exercise, words)
        f.seen_by(office.office_leader, exercise, words)
    assert cost() == before
