"""The pages of measures as people meet them (2.3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls import origins, services
from tryggmote.controls.models import Establishment, Evaluation, Measure
from tryggmote.controls.origins import Origin
from tryggmote.controls.queries import PAGE_SIZE
from tryggmote.controls.tests.helpers import days_from_now, established_by, evaluated_by, planned_by
from tryggmote.controls.vocabulary import Effect, OriginKind, Rung, Status
from tryggmote.information.models import Item, Reading
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Placement
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
LIST, PLAN = "controls:measures", "controls:plan"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def measure(office: Office) -> Measure:
    return planned_by(office.office_leader, office.unit, office.counsellor)


def answers(office: Office, **changes: object) -> dict[str, object]:
    return {
        "id": str(new_id()),
        "unit": office.unit.id,
        "title": "To utganger i samtalerom 3",
        "what": "Ny dør.",
        "kind": "design",
        "owner": office.counsellor.id,
        "due_on": days_from_now(10).isoformat(),
        "meeting_forms": ["planned"],
        "origin_kind": "other",
        **changes,
    }


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, name: str, measure: Measure, **values: object) -> int:
    url = reverse(f"controls:{name}", args=[measure.id])
    return client.post(url, {"id": str(new_id()), **values}).status_code


# The list


def test_an_empty_list_teaches_and_offers_leaders_the_first_step(office: Office, client_of: ClientOf) -> None:
    leaders = page_of(client_of(office.office_leader), reverse(LIST))
    assert "Ingen tiltak ennå" in leaders
    assert reverse(PLAN) in leaders
    employees = page_of(client_of(office.counsellor), reverse(LIST))
    assert "Si det til lederen" in employees
    assert reverse(PLAN) not in employees


def test_everybody_in_the_unit_sees_its_measures_and_another_office_does_not(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    stranger = make_office("Nav Storevik")
    for person in (office.counsellor, office.colleague, office.safety_representative, office.county_director):
        assert measure.title in page_of(client_of(person), reverse(LIST)), person.name
    for person in (stranger.counsellor, stranger.office_leader, stranger.county_director):
        assert measure.title not in page_of(client_of(person), reverse(LIST)), person.name


def test_it_is_narrowed_and_every_number_leads_to_what_it_counts(office: Office, client_of: ClientOf) -> None:
    late = planned_by(
        office.office_leader,
        office.unit,
        office.counsellor,
        at=timezone.now() - timedelta(days=60),
        due_on=days_from_now(-30),
    )
    alarm = planned_by(
        office.office_leader, office.unit, office.colleague, kind="calling_help", forms=("telephone",)
    )
    established_by(office.colleague, alarm)
    client = client_of(office.counsellor)

    def listed(**query: str) -> list[Measure]:
        return list(client.get(reverse(LIST), query).context["page"].measures)

    assert listed(status="planned") == listed(due="overdue") == listed(owner="mine") == [late]
    assert listed(kind="calling_help") == listed(form="telephone") == listed(status="established") == [alarm]
    assert listed(due="unevaluated") == []
    assert listed(unit=str(office.unit.id)) == [alarm, late]
    for row in client.get(reverse(LIST)).context["counted"]:
        assert len(client.get(reverse(LIST) + row["url"]).context["page"].measures) == row["count"]


def test_a_filter_somebody_made_up_shows_everything_and_no_match_says_so(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    assert measure.title in page_of(
        client, reverse(LIST) + "?status=moon&due=x&unit=999999999&eldre=nonsense"
    )
    assert "Ingen tiltak passer" in page_of(client, reverse(LIST) + "?status=cancelled")


def test_a_long_list_is_paged_and_costs_the_same(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    planned_by(office.office_leader, office.unit, office.counsellor)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse(LIST))
    for number in range(PAGE_SIZE + 5):
        planned_by(office.office_leader, office.unit, office.counsellor, title=f"Tiltak {number}")
    with CaptureQueriesContext(connection) as many:
        first = client.get(reverse(LIST))
    assert len(many) <= len(one)
    rest = client.get(reverse(LIST) + first.context["older_url"])
    shown = {m.id for m in first.context["page"].measures} | {m.id for m in rest.context["page"].measures}
    assert len(shown) == PAGE_SIZE + 6


# Planning


@pytest.mark.parametrize(
    ("language", "question", "done"),
    [
        ("nb", "Hvem har ansvaret?", "Tiltaket er planlagt."),
        ("nn", "Kven har ansvaret?", "Tiltaket er planlagt."),
        ("en", "Who is responsible?", "The measure is planned."),
    ],
)
def test_a_leader_plans_a_measure_in_their_own_language(
    office: Office, client_of: ClientOf, language: str, question: str, done: str
) -> None:
    Person.objects.filter(id=office.office_leader.id).update(language=language)
    client = client_of(office.office_leader)
    assert question in page_of(client, reverse(PLAN))
    response = client.post(reverse(PLAN), answers(office), follow=True)
    assert done in response.content.decode()
    measure = Measure.objects.get()
    assert response.redirect_chain[-1][0] == measure.get_absolute_url()
    # Nothing was chosen, so it stands on the rung its kind suggests.
    assert measure.hierarchy == Rung.DESIGN


def test_the_chosen_rung_counts_over_the_suggested_one(office: Office, client_of: ClientOf) -> None:
    client_of(office.office_leader).post(
        reverse(PLAN), answers(office, hierarchy="eliminate", interval_months=3)
    )
    assert (Measure.objects.get().hierarchy, Measure.objects.get().interval_months) == (Rung.ELIMINATE, 3)


def test_who_does_not_lead_is_told_whom_to_ask(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.counsellor)
    assert client.get(reverse(PLAN)).status_code == 403
    assert client.post(reverse(PLAN), answers(office)).status_code == 403
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"what": "ord " * 12_500},
        {"what": "null\x00byte"},
        {"kind": "magic"},
        {"due_on": ""},
        {"due_on": "32.13.2026"},
        {"due_on": "2020-01-01"},
        {"due_on": "9999-12-31"},
        {"owner": "999999999"},
        {"owner": "<script>"},
        {"unit": "999999999"},
        {"meeting_forms": ["moon"]},
        {"hierarchy": "top"},
        {"interval_months": "0"},
        {"interval_months": "every month"},
        {"origin_kind": "moon"},
        {"origin_words": "x" * 201},
    ],
)
def test_impossible_answers_are_explained_and_nothing_typed_is_lost(
    office: Office, client_of: ClientOf, changes: dict[str, object]
) -> None:
    sent = answers(office, **changes)
    response = client_of(office.office_leader).post(reverse(PLAN), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "aksel-error-summary" in page
    assert str(sent["id"]) in page
    for name in ("title", "what"):
        if name not in changes:
            assert str(sent[name]) in page
    assert not Measure.objects.exists()


def test_a_date_that_has_passed_says_to_choose_a_day_from_today(office: Office, client_of: ClientOf) -> None:
    sent = answers(office, due_on=days_from_now(-1).isoformat())
    page = client_of(office.office_leader).post(reverse(PLAN), sent).content.decode()
    assert "Velg en dag fra og med i dag." in page


def test_a_measure_planned_from_a_scenario_remembers_it_and_leads_back(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origins, "_origins", {})
    origins.register(Origin("scenario", "Se risikovurderingen", lambda id: f"/risiko/situasjon/{id}/"))
    scenario = new_id()
    client = client_of(office.office_leader)
    page = page_of(
        client, f"{reverse(PLAN)}?opphav=scenario:{scenario}&ord=Kniv+i+sekken&former=planned,video"
    )
    assert "Kniv i sekken" in page
    assert str(scenario) in page
    client.post(
        reverse(PLAN),
        answers(office, origin_kind="scenario", origin_id=str(scenario), origin_words="Kniv i sekken"),
    )
    measure = Measure.objects.get()
    assert (measure.origin_kind, measure.origin_id) == (OriginKind.SCENARIO, scenario)
    detail = page_of(client, measure.get_absolute_url())
    assert f"/risiko/situasjon/{scenario}/" in detail
    assert "Se risikovurderingen" in detail
    assert measure.origin_words == ""
    assert "Kniv i sekken" not in detail


def test_what_few_may_read_is_not_quoted_to_the_whole_unit(office: Office, client_of: ClientOf) -> None:
    quoted = {"origin_id": new_id(), "origin_words": "Kniv i sekken"}
    leader, unit = office.office_leader, office.unit
    for kind in (OriginKind.HAZARD, OriginKind.SCENARIO):
        measure = planned_by(leader, unit, office.counsellor, origin_kind=kind, **quoted)
        assert measure.origin_words == ""
        assert "Kniv i sekken" not in page_of(client_of(office.colleague), measure.get_absolute_url())
        with pytest.raises(IntegrityError), transaction.atomic():
            Measure.objects.filter(id=measure.id).update(origin_words="Kniv i sekken")
    meeting = planned_by(leader, unit, office.counsellor, origin_kind=OriginKind.MEETING, **quoted)
    assert meeting.origin_words == "Kniv i sekken"


@pytest.mark.parametrize("origin", ["", "scenario", "scenario:x", "moon:1", ":", "%00:%00"])
def test_an_origin_nobody_understands_is_left_out(office: Office, client_of: ClientOf, origin: str) -> None:
    assert client_of(office.office_leader).get(f"{reverse(PLAN)}?opphav={origin}").status_code == 200


# One measure


def test_the_page_says_who_owes_what_next(office: Office, measure: Measure, client_of: ClientOf) -> None:
    page = page_of(client_of(office.colleague), measure.get_absolute_url())
    assert f"<strong>{office.counsellor.name}</strong> gjør dette innen" in page
    assert "Dette tiltaket" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    owners = page_of(client_of(office.counsellor), measure.get_absolute_url())
    assert reverse("controls:establish", args=[measure.id]) in owners
    assert reverse("controls:cancel", args=[measure.id]) not in owners


def test_from_plan_to_effect_on_the_pages(office: Office, measure: Measure, client_of: ClientOf) -> None:
    owner = client_of(office.counsellor)
    assert act(owner, "establish", measure, words="Døra er satt inn.") == 302
    assert act(owner, "evaluate", measure, effect="reduced", words="Ingen hendelser på tre måneder.") == 302
    measure.refresh_from_db()
    assert measure.status == Status.EVALUATED
    page = page_of(owner, measure.get_absolute_url())
    assert "Døra er satt inn." in page
    assert "Ingen hendelser på tre måneder." in page


def test_an_evaluation_needs_an_answer_and_its_ground(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    established_by(office.counsellor, measure)
    owner = client_of(office.counsellor)
    response = owner.post(
        reverse("controls:evaluate", args=[measure.id]), {"id": str(new_id()), "words": "Jeg tror det."}
    )
    assert response.status_code == 422
    assert "Jeg tror det." in response.content.decode()
    assert not Evaluation.objects.exists()


def test_only_a_measure_from_a_scored_situation_asks_for_new_scores(
    office: Office, client_of: ClientOf
) -> None:
    scored = planned_by(
        office.office_leader, office.unit, office.counsellor, origin_kind="scenario", origin_id=new_id()
    )
    plain = planned_by(office.office_leader, office.unit, office.counsellor)
    owner = client_of(office.counsellor)
    for measure, asks in ((scored, True), (plain, False)):
        established_by(office.counsellor, measure)
        assert ("Sannsynlighet nå" in page_of(owner, measure.get_absolute_url())) is asks
    assert (
        act(owner, "evaluate", scored, effect="reduced", words="Ja.", likelihood="2", consequence="") == 302
    )
    assert (Evaluation.objects.get().likelihood, Evaluation.objects.get().consequence) == (2, None)


def test_a_measure_without_effect_offers_leaders_to_plan_another_against_the_same(
    office: Office, client_of: ClientOf
) -> None:
    scenario = new_id()
    measure = planned_by(
        office.office_leader, office.unit, office.counsellor, origin_kind="scenario", origin_id=scenario
    )
    established_by(office.counsellor, measure)
    evaluated_by(office.counsellor, measure, Effect.NOT_REDUCED)
    page = page_of(client_of(office.office_leader), measure.get_absolute_url())
    assert "ingen kjent virkning" in page
    assert f"opphav=scenario%3A{scenario}" in page
    assert reverse("controls:evaluate", args=[measure.id]) in page


def test_a_leader_moves_the_date_hands_over_and_cancels(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    leader = client_of(office.office_leader)
    assert act(leader, "postpone", measure, to_on=days_from_now(-1).isoformat(), reason="Vent.") == 422
    assert act(leader, "postpone", measure, to_on=days_from_now(40).isoformat(), reason="") == 422
    assert act(leader, "postpone", measure, to_on=days_from_now(40).isoformat(), reason="Vent.") == 302
    assert act(leader, "hand_over", measure, to_owner=office.counsellor.id) == 422
    assert act(leader, "hand_over", measure, to_owner=office.colleague.id) == 302
    assert act(leader, "cancel", measure, reason="Rommet er stengt.") == 302
    page = page_of(leader, measure.get_absolute_url())
    assert "Rommet er stengt." in page
    assert act(leader, "cancel", measure, reason="Rommet er stengt.") == 409


def test_a_colleague_who_sends_a_form_is_told_that_they_may_not(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    colleague = client_of(office.colleague)
    assert act(colleague, "establish", measure) == 403
    assert act(colleague, "cancel", measure) == 403
    assert not Establishment.objects.exists()


def test_two_tabs_cannot_establish_it_twice(office: Office, measure: Measure, client_of: ClientOf) -> None:
    owner = client_of(office.counsellor)
    assert act(owner, "establish", measure) == 302
    assert act(owner, "establish", measure) == 409
    assert Establishment.objects.count() == 1


def test_an_owner_who_has_left_is_shown(office: Office, measure: Measure, client_of: ClientOf) -> None:
    Placement.objects.filter(person=office.counsellor).update(ends_on=days_from_now(-1))
    page = page_of(client_of(office.office_leader), measure.get_absolute_url())
    assert "Den ansvarlige jobber ikke her lenger" in page
    with acting_as(office.office_leader.id) as leader:
        services.hand_over(by=leader, measure=measure, act_id=new_id(), to_owner_id=office.colleague.id)
    page = page_of(client_of(office.office_leader), measure.get_absolute_url())
    assert "Den ansvarlige jobber ikke her lenger" not in page


def test_opening_it_reads_the_news_and_the_notice_about_it(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    page_of(client_of(office.counsellor), measure.get_absolute_url())
    item = Item.objects.get(subject_id=measure.id)
    assert Reading.objects.filter(item=item, person=office.counsellor).exists()
    assert Notice.objects.get(kind="measure_owned").seen_at is not None


def test_one_measure_costs_a_bounded_number_of_queries(
    office: Office, measure: Measure, client_of: ClientOf
) -> None:
    client = client_of(office.office_leader)
    established_by(office.counsellor, measure)
    evaluated_by(office.counsellor, measure, Effect.UNKNOWN)
    with CaptureQueriesContext(connection) as short:
        page_of(client, measure.get_absolute_url())
    for _ in range(10):
        evaluated_by(office.counsellor, measure, Effect.UNKNOWN)
    with CaptureQueriesContext(connection) as long:
        page_of(client, measure.get_absolute_url())
    assert len(long) <= len(short) <= 28


def test_it_is_on_the_menu(office: Office, client_of: ClientOf) -> None:
    assert reverse(LIST) in page_of(client_of(office.counsellor), reverse("ui:more"))
