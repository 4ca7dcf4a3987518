"""The pages: what each of the two sees and does, what a wrong form says, and reading that is logged."""

import re
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
from tryggmote.followup.models import Consent, Plan, PlanAct, Step
from tryggmote.followup.tests.helpers import does, lets_in, offered_by, plan_for, step_of
from tryggmote.followup.vocabulary import Answer, PlanActKind
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
SECRET = "Navn og hemmeligheter."


@pytest.fixture
def office() -> Office:
    return make_office()


def text_of(client: Client, url: str) -> str:
    page = client.get(url)
    assert page.status_code == 200
    without_choices = re.sub(r"<option.*?</option>", "", page.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without_choices))


def test_the_leader_offers_from_the_incident_and_the_person_says_yes_by_one_tap(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor, what_happened=SECRET)
    leader, counsellor = client_of(office.leader), client_of(office.counsellor)
    assert "Tilby Vera Veileder oppfølging" in text_of(
        leader, reverse("followup:of_incident", args=[incident.id])
    )
    leader.post(reverse("followup:offer", args=[incident.id]))
    plan = Plan.objects.get()
    assert "Velg hva du vil ha av støtte" in text_of(counsellor, "/")
    page = text_of(counsellor, plan.get_absolute_url())
    assert "Tilbud til deg" in page
    assert "Alt er frivillig" in page
    url = reverse("followup:act_on_step", args=[plan.id, step_of(plan).id])
    assert counsellor.post(url, {"id": new_id(), "kind": "accepted"}).status_code == 302
    assert step_of(plan).answer == Answer.ACCEPTED


def test_the_leaders_buttons_hold_no_answer_and_no_ending(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader)
    page = client_of(office.leader).get(plan.get_absolute_url()).content.decode()
    for value in ("accepted", "declined", "not_done"):
        assert f'value="{value}"' not in page
    assert reverse("followup:close", args=[plan.id]) not in page
    assert reverse("followup:pause", args=[plan.id]) in page


def test_a_post_that_the_page_does_not_offer_is_refused(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader)
    leader = client_of(office.leader)
    assert leader.post(reverse("followup:close", args=[plan.id]), {"close-id": new_id()}).status_code == 403
    url = reverse("followup:act_on_step", args=[plan.id, step_of(plan).id])
    assert leader.post(url, {"id": new_id(), "kind": "accepted"}).status_code == 403
    assert Plan.objects.get().is_open


def test_a_witness_reads_unit_day_and_kind_and_not_what_was_reported(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor, what_happened=SECRET)
    plan = offered_by(office.leader, incident, office.colleague)
    page = text_of(client_of(office.colleague), plan.get_absolute_url())
    assert office.unit.name in page
    assert "Utskjelling" in page
    assert SECRET not in page
    assert office.counsellor.name not in page
    assert client_of(office.colleague).get(incident.get_absolute_url()).status_code == 404


def test_the_safety_representative_sees_figures_and_the_content_only_when_let_in(
    office: Office, client_of: ClientOf
) -> None:
    plan = plan_for(office.counsellor, office.leader)
    representative = client_of(office.safety_representative)
    page = text_of(representative, reverse("followup:of_incident", args=[plan.incident_id]))
    assert "Fristene holdes" in page
    assert "Første samtale" not in page
    assert representative.get(plan.get_absolute_url()).status_code == 404
    lets_in(office.counsellor, plan, office.safety_representative)
    shown = representative.get(plan.get_absolute_url()).content.decode()
    assert "Første samtale" in shown
    assert "<form" not in shown.split("<main")[1].split("</main>")[0]


def test_reading_is_logged_and_the_person_sees_who(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader)
    client_of(office.leader).get(plan.get_absolute_url())
    assert ReadEntry.objects.get(kind="followup").person_id == office.leader.id
    assert office.leader.name in text_of(client_of(office.counsellor), plan.get_absolute_url())
    assert ReadEntry.objects.filter(kind="followup").count() == 1


def test_a_witness_is_added_by_the_representative_who_gets_no_link_to_the_plan(
    office: Office, client_of: ClientOf
) -> None:
    incident = reported_by(office.counsellor)
    representative = client_of(office.safety_representative)
    url = reverse("followup:add_witness", args=[incident.id])
    answer = representative.post(url, {"person": office.colleague.id}, follow=True)
    plan = Plan.objects.get()
    assert plan.person == office.colleague
    assert str(plan.id) not in answer.content.decode()
    stranger = make_office("Nav Storevik").counsellor
    assert representative.post(url, {"person": stranger.id}).status_code == 422
    assert representative.post(url, {}).status_code == 422


def test_whoever_sees_the_incident_asks_for_oneself(office: Office, client_of: ClientOf) -> None:
    incident = reported_by(office.counsellor)
    answer = client_of(office.counsellor).post(reverse("followup:ask", args=[incident.id]))
    assert answer.url == Plan.objects.get(person=office.counsellor).get_absolute_url()


def test_a_time_that_has_passed_or_is_too_late_is_explained_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf
) -> None:
    plan = plan_for(office.counsellor, office.leader)
    step = step_of(plan, "contact_week")
    url = reverse("followup:agree_on_time", args=[plan.id, step.id])
    late = (step.due_at + timedelta(days=3)).date().isoformat()
    answer = client_of(office.leader).post(url, {"id": new_id(), "on": late, "who": "Kari fra BHT"})
    assert answer.status_code == 422
    assert "Bare den planen gjelder, kan flytte den" in answer.content.decode()
    assert "Kari fra BHT" in answer.content.decode()
    assert client_of(office.counsellor).post(url, {"id": new_id(), "on": late}).status_code == 302
    past = client_of(office.counsellor).post(url, {"id": new_id(), "on": "2020-01-01"})
    assert "Tidspunktet er passert" in past.content.decode()


def test_the_leader_pauses_with_a_reason_and_a_near_date(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader)
    leader, url = client_of(office.leader), reverse("followup:pause", args=[plan.id])
    today = timezone.localdate()

    def sent(words: str, until: object) -> int:
        fields = {"pause-id": new_id(), "pause-words": words, "pause-until": until}
        return leader.post(url, fields).status_code

    assert sent("", today + timedelta(days=7)) == 422
    assert sent("Svarer ikke.", today) == 422
    assert sent("Svarer ikke.", today + timedelta(days=400)) == 422
    assert sent("Svarer ikke.", today + timedelta(days=7)) == 302
    assert "Svarer ikke." in text_of(client_of(office.counsellor), plan.get_absolute_url())
    assert leader.post(reverse("followup:resume", args=[plan.id]), {"id": new_id()}).status_code == 302


def test_the_person_closes_and_opens_again(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader)
    counsellor = client_of(office.counsellor)
    fields = {"close-id": new_id(), "close-words": "Takk, det holder."}
    counsellor.post(reverse("followup:close", args=[plan.id]), fields)
    assert "Du har avsluttet oppfølgingen" in text_of(counsellor, plan.get_absolute_url())
    counsellor.post(reverse("followup:reopen", args=[plan.id]), {"id": new_id(), "words": "Sover ikke."})
    assert Plan.objects.get().is_open


def test_the_person_wishes_shares_and_takes_it_back(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader)
    counsellor = client_of(office.counsellor)
    wish = {"id": new_id(), "words": "Bytte kontorplass."}
    counsellor.post(reverse("followup:wish", args=[plan.id]), wish)
    assert "Bytte kontorplass." in text_of(client_of(office.leader), plan.get_absolute_url())
    share = {"let_in-id": new_id(), "let_in-to_person": office.safety_representative.id}
    counsellor.post(reverse("followup:let_in", args=[plan.id]), share)
    consent = Consent.objects.get()
    assert "delt en plan med deg" in text_of(client_of(office.safety_representative), "/varsler/")
    taken_back = reverse("followup:shut_out", args=[plan.id, consent.id])
    assert client_of(office.safety_representative).post(taken_back).status_code == 404
    assert counsellor.post(taken_back).status_code == 302
    assert client_of(office.safety_representative).get(plan.get_absolute_url()).status_code == 404


def test_the_leader_offers_more_and_only_the_person_chooses_another_leader(
    office: Office, client_of: ClientOf
) -> None:
    plan = plan_for(office.colleague, office.leader, severity=1)
    leader, url = client_of(office.leader), reverse("followup:hand_over", args=[plan.id])
    leader.post(reverse("followup:offer_step", args=[plan.id]), {"id": new_id(), "code": "doctor"})
    assert Step.objects.filter(plan=plan, code="doctor").exists()
    given = {"to-id": new_id(), "to-to_person": office.formal_leader.id}
    assert leader.post(url, given).status_code == 403
    assert client_of(office.colleague).post(url, given).status_code == 302
    assert PlanAct.objects.get().kind == PlanActKind.HANDED_OVER
    assert leader.get(plan.get_absolute_url()).status_code == 404


def test_home_shows_what_one_has_to_do_with_and_teaches_when_there_is_nothing(
    office: Office, client_of: ClientOf
) -> None:
    home = reverse("followup:home")
    assert "Ingen oppfølging nå" in text_of(client_of(office.counsellor), home)
    plan = plan_for(office.counsellor, office.leader)
    lets_in(office.counsellor, plan, office.safety_representative)
    assert "Din oppfølging" in text_of(client_of(office.counsellor), home)
    assert "Du følger opp" in text_of(client_of(office.leader), home)
    assert "Delt med deg" in text_of(client_of(office.safety_representative), home)
    assert "Ingen oppfølging nå" in text_of(client_of(office.office_leader), home)


def test_now_asks_the_leader_for_the_next_step(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader, level=3)
    assert "Følg opp Vera Veileder" in text_of(client_of(office.leader), "/")
    does(office.counsellor, plan, PlanActKind.CLOSED)
    assert "Følg opp Vera Veileder" not in text_of(client_of(office.leader), "/")


def test_a_page_costs_the_same_however_much_there_is(office: Office, client_of: ClientOf) -> None:
    plan = plan_for(office.counsellor, office.leader, level=0, severity=1)
    counsellor = client_of(office.counsellor)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            counsellor.get(plan.get_absolute_url())
        counts.append(len(captured))
        for code in ("doctor", "peer_support", "changed_tasks", "back_to_work"):
            Step.objects.create(plan=plan, code=code, due_at=timezone.now())
    assert counts[0] == counts[1]
