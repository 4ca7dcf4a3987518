"""The pages of assessments, as those who use them meet them (1.1, 2.1)."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.services import establish, evaluate
from tryggmote.controls.tests.helpers import a_frame, in_force
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office
from tryggmote.risk import reopening
from tryggmote.risk.models import Assessment, FactorJudgement, Hazard, HazardDecision, Scenario, Version
from tryggmote.risk.pages import MOST_REASONS
from tryggmote.risk.queries import opened_again
from tryggmote.risk.rules import Score
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Cause
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def work() -> Work:
    return begin()


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == status, response.status_code
    return response.content.decode()


def scenario_form(**changes: Any) -> dict[str, Any]:
    return {
        "id": new_id(),
        "revision": 0,
        "hazard": "Noen låser døra og nekter oss å gå",
        "meeting_forms": ["planned"],
        "inherent_likelihood": 3,
        "inherent_consequence": 4,
        "current_likelihood": 2,
        "current_consequence": 4,
    } | changes


def test_a_leader_of_an_empty_unit_is_shown_what_is_not_assessed_and_how_to_begin(
    client_of: ClientOf,
) -> None:
    office = make_office()
    found = page(client_of(office.office_leader), "/risikovurdering/")
    assert found.count("Ikke vurdert") == 4  # the meeting forms of the office
    assert "Ny risikovurdering" in found


def test_an_employee_reads_and_is_not_offered_what_only_leaders_do(client_of: ClientOf) -> None:
    office = make_office()
    found = page(client_of(office.counsellor), "/risikovurdering/")
    assert "Ny risikovurdering" not in found


def test_a_leader_begins_an_assessment_from_the_page(client_of: ClientOf) -> None:
    office = make_office()
    client = client_of(office.office_leader)
    answer = client.post(
        "/risikovurdering/ny/",
        {"id": new_id(), "title": "Samtaler", "meeting_forms": ["planned"], "subject": "work"},
    )
    assert answer.status_code == 302
    assert "Samtaler" in page(client, answer["Location"])


def test_without_a_meeting_form_the_form_says_which_field_and_keeps_what_was_typed(
    client_of: ClientOf,
) -> None:
    office = make_office()
    answer = client_of(office.office_leader).post(
        "/risikovurdering/ny/", {"id": new_id(), "title": "Samtaler", "subject": "work"}
    )
    assert answer.status_code == 422
    assert "Velg minst én møteform." in answer.content.decode()
    assert "Samtaler" in answer.content.decode()


@pytest.mark.parametrize(
    "path", ["", "faktor/1/", "faktor/0/", "situasjon/ny/", "medvirkning/", "godkjenn/", "omfang/"]
)
def test_every_page_of_a_draft_opens_for_the_leader(work: Work, client_of: ClientOf, path: str) -> None:
    work.complete()
    assert work.assessment.title in page(
        client_of(work.leader), f"{work.assessment.get_absolute_url()}{path}"
    )


def test_a_draft_is_not_found_by_an_employee_who_is_not_with(work: Work, client_of: ClientOf) -> None:
    page(client_of(work.office.colleague), work.assessment.get_absolute_url(), status=404)


def test_a_draft_of_another_office_is_not_found(work: Work, client_of: ClientOf) -> None:
    elsewhere = make_office("Nav Annensted")
    page(client_of(elsewhere.office_leader), work.assessment.get_absolute_url(), status=404)


def test_an_approved_assessment_is_read_by_everybody_in_the_unit(work: Work, client_of: ClientOf) -> None:
    work.complete()
    work.approve()
    found = page(client_of(work.office.colleague), work.assessment.get_absolute_url())
    assert "Kort fortalt" in found
    assert "Noen trekker kniv i en samtale" in found


def test_everybody_who_reads_it_sees_that_it_is_opened_again_and_for_what_kind_of_reason(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    work.approve()
    address = work.assessment.get_absolute_url()
    assert "Vurderes på nytt" not in page(client_of(work.office.colleague), address)
    reopening.reopen_because(
        assessment_id=work.assessment.id, cause=Cause.REMARK, cause_id=None, words="Bare for dem som er med."
    )
    found = page(client_of(work.office.colleague), address)
    assert "Vurderes på nytt" in found
    assert "En merknad" in found
    assert "Bare for dem som er med." not in found
    with acting_as(make_office("Nav Annet").office_leader.id):
        assert opened_again(work.assessment) == []


def test_a_county_meets_nobody_and_begins_with_what_concerns_its_offices(client_of: ClientOf) -> None:
    client = client_of(make_office().county_director)
    found = page(client, "/risikovurdering/")
    assert "Enheten har ikke valgt møteformer" not in found
    assert "Møtene er på kontorene" in found
    begin_page = client.get("/risikovurdering/ny/")
    assert begin_page.context["form"]["subject"].value() == "level"


def test_what_somebody_else_saved_is_not_overwritten_and_both_texts_are_shown(
    work: Work, client_of: ClientOf
) -> None:
    client = client_of(work.leader)
    address = f"{work.assessment.get_absolute_url()}faktor/3/"
    work.judge(3, text="Alene i mottaket ved lunsj.")
    answer = client.post(address, {"revision": 1, "text": "Alene på kveldstid."})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Alene i mottaket ved lunsj." in shown
    assert "Alene på kveldstid." in shown
    assert FactorJudgement.objects.get(version=work.draft, factor=3).text == "Alene i mottaket ved lunsj."

    answer = client.post(address, {"revision": 2, "text": "Alene ved lunsj og på kveldstid."})
    assert answer.status_code == 302


def test_a_scenario_is_added_and_changed_from_the_page(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.leader)
    address = work.assessment.get_absolute_url()
    assert client.post(f"{address}situasjon/ny/", scenario_form()).status_code == 302
    scenario = Scenario.objects.get(version=work.draft)
    changed = scenario_form(id=scenario.id, revision=1, hazard="Noen stenger utgangen")
    assert client.post(f"{address}situasjon/{scenario.id}/", changed).status_code == 302
    assert "Noen stenger utgangen" in page(client, address)


def test_a_scenario_taken_out_while_it_was_scored_is_said_and_nothing_is_lost(
    work: Work, client_of: ClientOf
) -> None:
    client = client_of(work.leader)
    scenario = work.describe()
    address = f"{work.assessment.get_absolute_url()}situasjon/{scenario.id}/"
    client.post(f"{address}ta-ut/", {"revision": 1})
    answer = client.post(address, scenario_form(id=scenario.id, revision=1, hazard="Min nye tekst"))
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "tatt ut" in shown
    assert "Min nye tekst" in shown
    client.post(f"{address}sett-inn/")
    assert Scenario.objects.get(id=scenario.id).removed_at is None


def test_half_a_score_is_refused_at_the_field(work: Work, client_of: ClientOf) -> None:
    answer = client_of(work.leader).post(
        f"{work.assessment.get_absolute_url()}situasjon/ny/", scenario_form(current_consequence="")
    )
    assert answer.status_code == 422
    assert "Velg både hvor ofte og hvor ille." in answer.content.decode()


def test_50_000_pasted_characters_are_counted_and_kept(work: Work, client_of: ClientOf) -> None:
    answer = client_of(work.leader).post(
        f"{work.assessment.get_absolute_url()}faktor/1/", {"revision": 1, "text": "å" * 50_000}
    )
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "50000 tegn" in shown
    assert "å" * 50_000 in shown


def test_others_changes_are_told_to_an_open_page_and_ones_own_are_not(
    work: Work, client_of: ClientOf
) -> None:
    leader = client_of(work.leader)
    since = (oslo_today() - timedelta(days=1)).isoformat() + "T00:00:00+01:00"
    address = f"{work.assessment.get_absolute_url()}nytt/"
    work.judge(2)
    assert leader.get(address, {"siden": since}).status_code == 204
    representative = client_of(work.office.safety_representative)
    assert "faktor 2" in representative.get(address, {"siden": since}).content.decode()
    assert representative.get(address, {"siden": "tull"}).status_code == 204


def test_the_safety_representative_disagrees_and_must_say_why(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.office.safety_representative)
    address = f"{work.assessment.get_absolute_url()}medvirkning/"
    answer = client.post(f"{address}svar/", {"id": new_id(), "answer": "disagree", "words": ""})
    assert answer.status_code == 422
    answer = client.post(f"{address}svar/", {"id": new_id(), "answer": "disagree", "words": "For få folk."})
    assert answer.status_code == 302
    assert "For få folk." in page(client_of(work.leader), address)


def test_the_approval_page_lists_what_is_missing_with_the_way_there(work: Work, client_of: ClientOf) -> None:
    found = page(client_of(work.leader), f"{work.assessment.get_absolute_url()}godkjenn/")
    assert "Faktor 1 er ikke vurdert" in found
    assert f"{work.assessment.get_absolute_url()}faktor/1/" in found


def test_the_leader_approves_from_the_page(work: Work, client_of: ClientOf) -> None:
    work.complete()
    client = client_of(work.leader)
    answer = client.post(
        f"{work.assessment.get_absolute_url()}godkjenn/",
        {"review_on": (oslo_today() + timedelta(days=200)).isoformat()},
    )
    assert answer.status_code == 302
    assert Assessment.objects.get(id=work.assessment.id).approved_number == 1
    answer = client.post(
        f"{work.assessment.get_absolute_url()}apne/", {"cause": "change", "words": "Nye lokaler"}
    )
    assert answer.status_code == 302
    assert "Nye lokaler" in page(client, work.assessment.get_absolute_url())


def test_the_mapping_begins_with_a_starter_set_and_says_what_is_assessed(
    work: Work, client_of: ClientOf
) -> None:
    client = client_of(work.leader)
    client.post("/risikovurdering/kartlegging/start/")
    assert "Under arbeid" in page(client, "/risikovurdering/kartlegging/")
    work.complete()
    work.approve()
    assert "Vurdert" in page(client, "/risikovurdering/kartlegging/")


def test_a_scenario_leads_back_to_the_hazards_that_are_assessed_in_it(
    work: Work, client_of: ClientOf
) -> None:
    scenario = work.describe()
    hazard = Hazard.objects.create(
        unit=work.office.unit, source="concern", what="Saks på skranken", due_at=timezone.now()
    )
    HazardDecision.objects.create(
        hazard=hazard, outcome="assessed", assessment=work.assessment, lineage=scenario.lineage,
        answer="Takk.", by=work.leader,
    )  # fmt: skip
    found = page(client_of(work.leader), f"{work.assessment.get_absolute_url()}situasjon/{scenario.id}/")
    assert hazard.get_absolute_url() in found


def test_a_draft_leads_back_to_the_hazard_that_opened_it(work: Work, client_of: ClientOf) -> None:
    hazard = Hazard.objects.create(
        unit=work.office.unit, source="concern", what="Saks på skranken", due_at=timezone.now()
    )
    reopening.reopen_because(assessment_id=work.assessment.id, cause=Cause.HAZARD, cause_id=hazard.id)
    assert hazard.get_absolute_url() in page(client_of(work.leader), work.assessment.get_absolute_url())


def test_of_many_reasons_the_latest_are_shown(work: Work, client_of: ClientOf) -> None:
    ids = [
        Hazard.objects.create(
            unit=work.office.unit, source="concern", what="Saks på skranken", due_at=timezone.now()
        ).id
        for _number in range(MOST_REASONS + 2)
    ]
    for hazard_id in ids:
        reopening.reopen_because(assessment_id=work.assessment.id, cause=Cause.HAZARD, cause_id=hazard_id)
    found = page(client_of(work.leader), work.assessment.get_absolute_url())
    assert [str(hazard_id) in found for hazard_id in ids] == [False] * 2 + [True] * MOST_REASONS


def test_who_scores_a_risk_again_sees_what_was_found_out_about_its_measures(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    measure = work.plan(Scenario.objects.get(version=work.draft), title="Vakt i mottaket")
    work.approve()
    with acting_as(work.office.leader.id) as owner:
        establish(by=owner, measure=measure, act_id=new_id())
        measure.refresh_from_db()
        evaluate(
            by=owner, measure=measure, act_id=new_id(), effect="not_reduced", words="Ingen forskjell.",
            likelihood=4, consequence=5,
        )  # fmt: skip
    client = client_of(work.leader)
    assert measure.get_absolute_url() in page(client, work.assessment.get_absolute_url())
    scenario = Scenario.objects.get(version=work.draft)
    found = page(client, f"/risikovurdering/{work.assessment.id}/situasjon/{scenario.id}/")
    assert "Dette har dere funnet ut om tiltakene" in found
    assert "Risikoen er ikke mindre" in found
    assert "sannsynlighet 4, konsekvens 5" in found


def test_only_leaders_and_safety_representatives_are_offered_to_open_it_again(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    work.approve()
    address = f"/risikovurdering/{work.assessment.id}/apne/"
    page(client_of(work.leader), address)
    page(client_of(work.office.safety_representative), address)
    page(client_of(work.office.counsellor), address, status=403)


def test_especially_dangerous_work_leads_to_its_instruction(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.leader)
    address = f"{work.assessment.get_absolute_url()}situasjon/"
    client.post(f"{address}ny/", scenario_form(is_especially_dangerous="on"))
    scenario = Scenario.objects.get(version=work.draft)
    found = page(client, f"{address}{scenario.id}/")
    assert "Det mangler en instruks" in found
    href = unescape(re.search(rf'href="({reverse("controls:new_procedure")}[^"]*)"', found)[1])  # type: ignore[index]
    new = page(client, href)
    assert re.search(r'value="written_instruction"[^>]*checked', new)
    assert re.search(r'value="planned"[^>]*checked', new)

    in_force(work.leader, work.office.unit, frame=a_frame("Aldri alene", kind="written_instruction"))
    found = page(client, f"{address}{scenario.id}/")
    assert "Aldri alene" in found
    assert "Det mangler en instruks" not in found
    assert "Særlig farlig arbeid" in page(client, work.assessment.get_absolute_url())


@pytest.mark.parametrize("scenarios", [5, 40])
def test_a_draft_asks_as_much_of_the_database_with_forty_scenarios_as_with_five(
    work: Work, client_of: ClientOf, scenarios: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(scenarios):
        work.describe(
            hazard=f"Situasjon {number}", current=Score(1 + number % 3, 3), is_especially_dangerous=True
        )
    client = client_of(work.leader)
    page(client, work.assessment.get_absolute_url())
    with django_assert_max_num_queries(29):
        page(client, work.assessment.get_absolute_url())


def test_the_leader_sees_before_approving_that_no_employee_has_answered(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    page = f"{work.assessment.get_absolute_url()}godkjenn/"
    assert "Ingen ansatt har uttalt seg" not in client_of(work.leader).get(page).content.decode()
    work.draft.opinions.filter(person=work.office.counsellor).delete()
    assert "Ingen ansatt har uttalt seg" in client_of(work.leader).get(page).content.decode()


def test_who_did_not_answer_in_time_stands_as_not_having_answered_also_when_it_is_approved(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    work.draft.opinions.filter(person=work.office.counsellor).delete()
    yesterday = oslo_today() - timedelta(days=1)
    Version.objects.filter(id=work.draft.id).update(consulted_at=timezone.now(), consult_by=yesterday)
    client = client_of(work.leader)
    assert "Svarte ikke innen" in page(client, f"{work.assessment.get_absolute_url()}medvirkning/")
    work.approve()
    assert "Svarte ikke innen" in page(client, f"/risikovurdering/{work.assessment.id}/versjon/1/")
