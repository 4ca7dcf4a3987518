"""The hazard inbox as people meet it (1.1, 2.1)."""

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
from tryggmote.access.models import ReadEntry
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit
from tryggmote.risk.hazard_queries import PAGE_SIZE
from tryggmote.risk.models import HAZARD_LIMIT, Hazard, HazardDecision, HazardEscalation, Scenario
from tryggmote.risk.tests.hazards import DOOR, decided_by, from_a_source, merged_by, raised_by
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Outcome

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def work() -> Work:
    return begin()


def listed(client: Client, **query: str) -> list[Hazard]:
    response = client.get(reverse("risk:hazards"), query)
    assert response.status_code == 200
    return [line.hazard for line in response.context["page"].lines]


def page_of(client: Client, hazard: Hazard) -> str:
    response = client.get(hazard.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


# The list


def test_what_waits_comes_first_by_deadline_and_then_what_is_decided(
    office: Office, client_of: ClientOf
) -> None:
    now = timezone.now()
    later = raised_by(office.counsellor, office.unit)
    sooner = raised_by(office.counsellor, office.unit, at=now - timedelta(days=5))
    overdue = raised_by(office.counsellor, office.unit, at=now - timedelta(days=40))
    decided = [raised_by(office.counsellor, office.unit) for _number in range(2)]
    for hazard in decided:
        decided_by(office.office_leader, hazard)
    client = client_of(office.office_leader)
    assert listed(client) == [overdue, sooner, later, *reversed(decided)]
    page = client.get(reverse("risk:hazards")).content.decode()
    assert "Over fristen" in page
    assert page.index("Over fristen: 1") < page.index("Ikke tatt inn: 2")


def test_it_is_narrowed_by_state_source_form_unit_and_who_raised_it(
    office: Office, client_of: ClientOf
) -> None:
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    team.workforces.create(employer=office.directorate)
    own = raised_by(office.office_leader, team, forms=("video",))
    reported = from_a_source(office.unit, office.counsellor)
    late = raised_by(office.counsellor, office.unit, at=timezone.now() - timedelta(days=40))
    decided = raised_by(office.counsellor, office.unit)
    merged = raised_by(office.counsellor, office.unit)
    decided_by(office.office_leader, decided)
    merged_by(office.office_leader, merged, decided)
    assign(office.office_leader, Role.LEADER, team)
    client = client_of(office.office_leader)
    assert set(listed(client, state="waiting")) == {own, reported, late}
    assert listed(client, state="overdue") == [late]
    assert listed(client, state="declined") == [decided]
    assert listed(client, state="merged") == [merged]
    assert listed(client, state="assessed") == []
    assert listed(client, source="incident") == [reported]
    assert listed(client, form="video") == [own]
    assert listed(client, unit=str(team.id)) == [own]
    assert len(listed(client, unit=str(office.unit.id))) == 5
    assert listed(client, raised_by="mine") == [own]


def test_older_ones_follow_without_gaps_or_repeats_across_what_waits_and_what_is_decided(
    office: Office, client_of: ClientOf
) -> None:
    moment = timezone.now()
    made = [raised_by(office.counsellor, office.unit, at=moment) for _number in range(PAGE_SIZE + 8)]
    for hazard in made[:20]:
        decided_by(office.office_leader, hazard)
    client = client_of(office.office_leader)
    address, seen = reverse("risk:hazards"), []
    while address:
        response = client.get(address)
        seen += [line.hazard for line in response.context["page"].lines]
        older = response.context["older_url"]
        address = reverse("risk:hazards") + older if older else ""
    assert len(seen) == len(made)
    assert set(seen) == set(made)
    assert [bool(hazard.decided_at) for hazard in seen] == [False] * 13 + [True] * 20


@pytest.mark.parametrize(
    "query",
    [{"state": "x"}, {"source": "moon"}, {"form": "x"}, {"unit": "x"}, {"raised_by": "you"}]
    + [
        {"eldre": cursor} for cursor in ("x", "v.", "a.x", "v.2026-01-01_1", f"a.2026-01-01T00:00_{new_id()}")
    ],
)
def test_an_address_nobody_made_shows_the_whole_list(
    office: Office, client_of: ClientOf, query: dict[str, str]
) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    decided = raised_by(office.counsellor, office.unit)
    decided_by(office.office_leader, decided)
    expected = [decided] if query.get("eldre", "").startswith("a.") else [hazard, decided]
    assert listed(client_of(office.counsellor), **query) == expected


def test_an_empty_inbox_teaches_and_offers_the_first_step(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    page = client.get(reverse("risk:hazards")).content.decode()
    assert "Ingen farer er meldt" in page
    assert reverse("risk:hazard_new") in page
    raised_by(office.counsellor, office.unit)
    assert "Ingen farer passer" in client.get(reverse("risk:hazards"), {"state": "merged"}).content.decode()


def test_one_sees_what_one_raised_and_a_leader_sees_the_units(office: Office, client_of: ClientOf) -> None:
    mine, other = (
        raised_by(office.counsellor, office.unit),
        raised_by(office.colleague, office.unit),
    )
    assert listed(client_of(office.counsellor)) == [mine]
    assert set(listed(client_of(office.office_leader))) == {mine, other}
    assert set(listed(client_of(office.safety_representative))) == {mine, other}
    assert listed(client_of(office.leader)) == []
    assert listed(client_of(make_office("Nav Storevik").office_leader)) == []


def test_the_list_and_a_hazard_cost_the_same_for_one_and_for_many(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    hazard = raised_by(office.counsellor, office.unit)
    decided_by(office.office_leader, raised_by(office.counsellor, office.unit))

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len([query for query in queries if "risk_hazard" in query["sql"]])

    addresses = (
        reverse("risk:hazards"),
        hazard.get_absolute_url(),
        f"{hazard.get_absolute_url()}sla-sammen/",
    )
    for_one = [cost(address) for address in addresses]
    for number in range(8):
        other = raised_by(office.colleague, office.unit)
        if number % 2:
            merged_by(office.office_leader, other, hazard)
    assert [cost(address) for address in addresses] == for_one
    assert max(for_one) <= 6


# Raising


def answers(**changes: Any) -> dict[str, Any]:
    return {"id": str(new_id()), "what": DOOR, "meeting_forms": ["reception"], **changes}


@pytest.mark.parametrize(
    ("language", "question", "thanks"),
    [
        ("nb", "Hva er farlig?", "Takk for at du sa fra. Du får svar her."),
        ("nn", "Kva er farleg?", "Takk for at du sa frå. Du får svar her."),
        ("en", "What is dangerous?", "Thank you for speaking up. You will get an answer here."),
    ],
)
def test_anybody_raises_a_hazard_and_sees_who_judges_it_by_when(
    office: Office, client_of: ClientOf, language: str, question: str, thanks: str
) -> None:
    Person.objects.filter(id=office.counsellor.id).update(language=language)
    client = client_of(office.counsellor)
    assert question in client.get(reverse("risk:hazard_new")).content.decode()
    sent = answers(unit=office.unit.id)
    response = client.post(reverse("risk:hazard_new"), sent, follow=True)
    page = response.content.decode()
    assert thanks in page
    assert DOOR in page
    assert office.office_leader.name in page
    assert client.post(reverse("risk:hazard_new"), sent).status_code == 302
    assert Hazard.objects.count() == 1


def test_what_a_review_of_the_premises_found_says_so(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.safety_representative)
    sent = answers(unit=office.unit.id, found_in_review="on")
    page = client.post(reverse("risk:hazard_new"), sent, follow=True).content.decode()
    assert "Gjennomgang av lokaler" in page
    found = Hazard.objects.get()
    assert listed(client_of(office.office_leader), source="review") == [found]


@pytest.mark.parametrize(
    "changes",
    [
        {"what": ""},
        {"what": "x" * (HAZARD_LIMIT + 1)},
        {"what": "null\x00byte"},
        {"meeting_forms": ["moon"]},
        {"unit": "999999"},
        {"unit": "x"},
        {"id": "x"},
    ],
)
def test_impossible_answers_are_explained_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf, changes: dict[str, Any]
) -> None:
    sent = answers(unit=office.unit.id) | changes
    response = client_of(office.counsellor).post(reverse("risk:hazard_new"), sent)
    assert response.status_code == 422
    assert not Hazard.objects.exists()
    if "what" not in changes:
        assert DOOR in response.content.decode()


def test_a_unit_that_is_not_ones_own_is_not_offered(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storevik")
    sent = answers(unit=other.unit.id)
    assert client_of(office.counsellor).post(reverse("risk:hazard_new"), sent).status_code == 422
    team = make_unit("Team Mottak", UnitKind.TEAM, parents=(office.unit,))
    assign(office.counsellor, Role.SAFETY_REPRESENTATIVE, team)
    page = client_of(office.counsellor).get(reverse("risk:hazard_new")).content.decode()
    assert "Team Mottak" in page
    assert "Nav Storevik" not in page


def test_somebody_who_belongs_nowhere_is_told_who_can_help(client_of: ClientOf) -> None:
    response = client_of(make_person("Ny Ansatt")).get(reverse("risk:hazard_new"))
    assert response.status_code == 403
    assert "administrator" in response.content.decode()


# One hazard


def test_whoever_raised_it_follows_it_to_the_answer(office: Office, client_of: ClientOf) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    mine = client_of(office.counsellor)
    waiting = page_of(mine, hazard)
    assert "Faren venter på å bli vurdert" in waiting
    assert reverse("risk:hazard_decline", args=[hazard.id]) not in waiting
    decided_by(office.office_leader, hazard)
    answered = page_of(mine, hazard)
    assert "Du har fått svar" in answered
    assert "Døra er reparert." in answered
    assert not Notice.objects.filter(person=office.counsellor, seen_at=None).exists()
    assert not ReadEntry.objects.exists()


def test_a_leader_has_one_choice_of_three(office: Office, client_of: ClientOf) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    choices = [f'href="{hazard.get_absolute_url()}{way}/"' for way in ("vurder", "sla-sammen", "ikke-ta-inn")]
    page = page_of(client_of(office.office_leader), hazard)
    assert all(choice in page for choice in choices)
    assert office.counsellor.name in page
    looking_on = page_of(client_of(office.safety_representative), hazard)
    assert not any(choice in looking_on for choice in choices)


def test_who_reported_is_not_named_where_the_report_itself_says_it_to_its_readers(
    office: Office, client_of: ClientOf
) -> None:
    hazard = from_a_source(office.unit, office.counsellor)
    assert office.counsellor.name not in page_of(client_of(office.office_leader), hazard)


def test_whoever_raised_one_that_was_merged_reads_the_others_answer_but_not_who_raised_it(
    office: Office, client_of: ClientOf
) -> None:
    mine, other = raised_by(office.counsellor, office.unit), raised_by(office.colleague, office.unit)
    assert client_of(office.counsellor).get(other.get_absolute_url()).status_code == 404
    merged_by(office.office_leader, mine, other)
    decided_by(office.office_leader, other)
    client = client_of(office.counsellor)
    assert other.get_absolute_url() in page_of(client, mine)
    page = page_of(client, other)
    assert "Døra er reparert." in page
    assert office.colleague.name not in page
    assert mine.get_absolute_url() in page


def test_the_story_says_to_whom_it_was_passed_on(office: Office, client_of: ClientOf) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    HazardEscalation.objects.create(hazard=hazard, to_person=office.county_director)
    page = page_of(client_of(office.counsellor), hazard)
    assert "Neste leder er varslet" in page
    assert office.county_director.name in page
    assert "Hva gjør dere med faren?" in page_of(client_of(office.county_director), hazard)


def test_a_leader_plans_a_measure_against_it_and_finds_it_here(office: Office, client_of: ClientOf) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    client = client_of(office.office_leader)
    page = page_of(client, hazard)
    address = page.split('href="' + reverse("controls:plan"), 1)[1].split('"', 1)[0].replace("&amp;", "&")
    beginning = client.get(reverse("controls:plan") + address).content.decode()
    assert DOOR in beginning
    client.post(
        reverse("controls:plan"),
        {
            "id": str(new_id()), "unit": office.unit.id, "title": "Dørlukker i mottaket", "kind": "design",
            "hierarchy": "design", "meeting_forms": ["reception"], "owner": office.office_leader.id,
            "due_on": (timezone.localdate() + timedelta(days=14)).isoformat(), "origin_kind": "hazard",
            "origin_id": str(hazard.id), "origin_words": DOOR,
        },
    )  # fmt: skip
    assert "Dørlukker i mottaket" in page_of(client, hazard)


@pytest.mark.parametrize("way", ["", "vurder/", "sla-sammen/", "ikke-ta-inn/"])
def test_a_leader_of_another_office_gets_404(office: Office, client_of: ClientOf, way: str) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    stranger = make_office("Nav Storevik")
    for person in (
        stranger.office_leader,
        stranger.county_director,
        office.colleague,
        office.county_director,
    ):
        assert client_of(person).get(hazard.get_absolute_url() + way).status_code == 404


@pytest.mark.parametrize("way", ["vurder/", "sla-sammen/", "ikke-ta-inn/"])
def test_those_who_see_it_and_do_not_decide_are_told_who_does(
    office: Office, client_of: ClientOf, way: str
) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    for person in (office.counsellor, office.safety_representative):
        response = client_of(person).get(hazard.get_absolute_url() + way)
        assert response.status_code == 403
        assert "innboksen" in response.content.decode()


def test_an_assessment_one_may_not_see_is_not_found_by_way_of_a_hazard_either(
    work: Work, client_of: ClientOf
) -> None:
    office, elsewhere = work.office, begin(make_office("Nav Storevik"))
    hazard = raised_by(office.counsellor, office.unit)
    for person, assessment in (
        (office.counsellor, work.assessment),
        (office.county_director, work.assessment),
        (office.office_leader, elsewhere.assessment),
    ):
        address = reverse("risk:hazard_scenario", args=[hazard.id, assessment.id])
        for answer in (client_of(person).get(address), client_of(person).post(f"{address}apne/")):
            assert answer.status_code == 404, person.name


# Deciding


def test_it_is_not_taken_in_with_an_answer(office: Office, client_of: ClientOf) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    client, address = client_of(office.office_leader), reverse("risk:hazard_decline", args=[hazard.id])
    empty = client.post(address, {"id": str(new_id()), "answer": "  "})
    assert empty.status_code == 422
    assert "venter på det" in empty.content.decode()
    too_long = client.post(address, {"id": str(new_id()), "answer": "ord " * 12_500})
    assert too_long.status_code == 422
    assert "for lang" in too_long.content.decode()
    sent = {"id": str(new_id()), "answer": "Det er tatt i HMS-runden."}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, sent).status_code == 302
    assert HazardDecision.objects.get().outcome == Outcome.DECLINED
    assert client.post(address, sent | {"id": str(new_id())}).status_code == 409
    again = client.get(address, follow=True)
    assert "Noen har allerede tatt stilling" in again.content.decode()


def test_it_is_merged_with_another_of_the_unit(office: Office, client_of: ClientOf) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    client, address = client_of(office.office_leader), reverse("risk:hazard_merge", args=[hazard.id])
    assert "Ingen andre farer i enheten" in client.get(address).content.decode()
    other, gone = (raised_by(office.colleague, office.unit) for _number in range(2))
    merged_by(office.office_leader, gone, other)
    page = client.get(address).content.decode()
    assert str(other.id) in page
    assert str(gone.id) not in page
    wrong = client.post(address, {"id": str(new_id()), "answer": "Samme", "other": str(new_id())})
    assert wrong.status_code == 422
    assert "ikke lenger på listen" in wrong.content.decode()
    assert "Samme" in wrong.content.decode()
    client.post(address, {"id": str(new_id()), "answer": "Samme", "other": str(other.id)})
    assert HazardDecision.objects.get(hazard=hazard).merged_into == other


def test_without_an_assessment_the_leader_begins_one_and_the_hazard_waits(
    office: Office, client_of: ClientOf
) -> None:
    hazard = raised_by(office.counsellor, office.unit)
    page = client_of(office.office_leader).get(reverse("risk:hazard_assess", args=[hazard.id]))
    assert f"{reverse('risk:begin')}?form=reception" in page.content.decode()


def test_it_is_linked_to_a_scenario_of_the_draft(work: Work, client_of: ClientOf) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    scenario, client = work.describe(), client_of(work.leader)
    address = reverse("risk:hazard_scenario", args=[hazard.id, work.assessment.id])
    assert address in client.get(reverse("risk:hazard_assess", args=[hazard.id])).content.decode()
    page = client.get(address).content.decode()
    assert scenario.hazard in page
    assert "reopens" not in page
    none = client.post(address, {"id": str(new_id()), "answer": "Takk"})
    assert none.status_code == 422
    client.post(address, {"id": str(new_id()), "answer": "Takk", "scenario": str(scenario.lineage)})
    assert HazardDecision.objects.get().lineage == scenario.lineage
    assert scenario.hazard in page_of(client, hazard)
    # Whoever raised it does not see the draft, but sees that it is assessed.
    mine = page_of(client_of(work.office.counsellor), hazard)
    assert "når den er godkjent" in mine
    Scenario.objects.update(removed_at=timezone.now())
    assert "siden tatt ut" in page_of(client, hazard)


def scenario_answers(client: Client, address: str) -> dict[str, Any]:
    form = client.get(address).context["form"]
    return {"id": str(form["id"].value()), "revision": 0, "hazard": form["hazard"].value()}


def test_a_new_scenario_is_prefilled_and_leads_back_to_the_answer(work: Work, client_of: ClientOf) -> None:
    """Nothing is half done: until the answer is sent, the hazard waits."""
    work.complete()
    work.approve()
    hazard = raised_by(work.office.counsellor, work.office.unit)
    client = client_of(work.leader)
    opened = client.post(reverse("risk:hazard_open_assessment", args=[hazard.id, work.assessment.id]))
    address = reverse("risk:scenario_new", args=[work.assessment.id]) + f"?fare={hazard.id}"
    assert opened["Location"] == address
    sent = scenario_answers(client, address)
    assert sent["hazard"] == DOOR
    back = client.post(address, sent | {"meeting_forms": ["reception"]})
    lineage = Scenario.objects.get(hazard=DOOR).lineage
    hazard.refresh_from_db()
    assert not hazard.decided_at
    page = client.get(back["Location"])
    assert page.context["form"]["scenario"].value() == str(lineage)
    client.post(
        back["Location"], {"id": str(new_id()), "answer": "Vi vurderer den.", "scenario": str(lineage)}
    )
    assert HazardDecision.objects.get().lineage == lineage


def test_a_hazard_that_was_answered_meanwhile_does_not_lead_back(work: Work, client_of: ClientOf) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    address = reverse("risk:scenario_new", args=[work.assessment.id]) + f"?fare={hazard.id}"
    sent = scenario_answers(client_of(work.leader), address)
    decided_by(work.leader, hazard)
    saved = client_of(work.leader).post(address, sent)
    assert saved["Location"].startswith(work.assessment.get_absolute_url())


def test_a_long_hazard_becomes_the_situation_of_the_new_scenario(work: Work, client_of: ClientOf) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit, what="Alarmen virker ikke. " * 20)
    address = reverse("risk:scenario_new", args=[work.assessment.id])
    client = client_of(work.leader)
    form = client.get(f"{address}?fare={hazard.id}").context["form"]
    assert not form["hazard"].value()
    assert form["situation"].value() == hazard.what
    for nonsense in ("x", str(new_id())):
        assert client.get(f"{address}?fare={nonsense}").status_code == 200


def test_the_leader_of_a_department_asks_the_office_to_open_its_assessment(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    work.approve()
    department = make_unit("Avdeling", UnitKind.DEPARTMENT, parents=(work.office.unit,))
    department.workforces.create(employer=work.office.directorate)
    leader = make_person("Dag Avdelingsleder")
    assign(leader, Role.LEADER, department)
    hazard = raised_by(work.leader, department)
    client = client_of(leader)
    address = reverse("risk:hazard_scenario", args=[hazard.id, work.assessment.id])
    page = client.get(address).content.decode()
    assert "får vite det og beskriver situasjonen" in page
    opened = client.post(
        reverse("risk:hazard_open_assessment", args=[hazard.id, work.assessment.id]), follow=True
    )
    assert "Faren venter til situasjonen er beskrevet" in opened.content.decode()
    assert work.draft.number == 2


def test_an_approved_assessment_is_opened_again_when_the_leader_says_so(
    work: Work, client_of: ClientOf
) -> None:
    work.complete()
    lineage = work.draft.scenarios.get().lineage
    work.approve()
    hazard = raised_by(work.office.counsellor, work.office.unit)
    address = reverse("risk:hazard_scenario", args=[hazard.id, work.assessment.id])
    sent = {"id": str(new_id()), "answer": "Takk", "scenario": str(lineage), "reopens": "on"}
    assert client_of(work.leader).post(address, sent).status_code == 302
    assert work.draft.number == 2


def test_a_scenario_taken_out_while_the_page_was_open_is_explained_and_the_answer_kept(
    work: Work, client_of: ClientOf
) -> None:
    hazard = raised_by(work.office.counsellor, work.office.unit)
    kept, gone = work.describe(), work.describe(hazard="Noen kaster noe")
    Scenario.objects.filter(id=gone.id).update(removed_at=timezone.now())
    address = reverse("risk:hazard_scenario", args=[hazard.id, work.assessment.id])
    sent = {"id": str(new_id()), "answer": "Mitt svar", "scenario": str(gone.lineage)}
    response = client_of(work.leader).post(address, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "ikke lenger med i vurderingen" in page
    assert "Mitt svar" in page
    assert kept.hazard in page
    assert not HazardDecision.objects.exists()
