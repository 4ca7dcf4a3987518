"""What an assessment can begin with: what the unit has met itself, and the library (1.1, 2.1)."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone, translation

from tryggmote.access.context import acting_as
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office
from tryggmote.risk import libraries, suggestions
from tryggmote.risk.models import Scenario
from tryggmote.risk.tests.stories import Work, begin

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def work() -> Work:
    return begin(forms=("telephone", "planned"))


def page(work: Work, client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(f"/risikovurdering/{work.assessment.id}/forslag/{query}")
    assert response.status_code == status
    return unescape(response.content.decode())


def test_a_scenario_of_the_library_is_used_once_and_comes_back_when_it_is_taken_out(
    work: Work, client_of: ClientOf
) -> None:
    client = client_of(work.leader)
    known = libraries.scenarios_for(["planned"])[0]
    assert f"?mal={known.code}" in page(work, client)
    assert (
        known.hazard.nb
        in client.get(
            f"/risikovurdering/{work.assessment.id}/situasjon/ny/?mal={known.code}"
        ).content.decode()
    )

    scenario = work.describe(starter=known.code)
    assert f"?mal={known.code}" not in page(work, client)
    assert "1 er med i utkastet" in page(work, client)
    Scenario.objects.filter(id=scenario.id).update(removed_at=timezone.now())
    assert f"?mal={known.code}" in page(work, client)


def test_what_a_scenario_began_with_follows_it_into_the_next_version(work: Work) -> None:
    known = libraries.scenarios_for(["planned"])[0]
    work.complete()
    work.describe(starter=known.code)
    work.approve()
    from tryggmote.risk.reopening import reopen_because
    from tryggmote.risk.vocabulary import Cause

    draft = reopen_because(assessment_id=work.assessment.id, cause=Cause.DATE, cause_id=None)
    assert suggestions.used_in(draft) == {known.code}


def test_a_suggestion_brings_only_meeting_forms_that_the_assessment_covers() -> None:
    known = next(s for s in libraries.scenarios() if {"planned", "home_visit"} <= set(s.forms))
    assert suggestions.beginning({"mal": known.code}, ["planned"])["meeting_forms"] == ["planned"]
    assert set(suggestions.beginning({"mal": known.code}, [])["meeting_forms"]) == set(known.forms)


@pytest.mark.parametrize(
    "parameters", [{}, {"mal": "finnes_ikke"}, {"forslag": "x" * 500}, {"forslag": ""}, {"mal": "<script>"}]
)
def test_an_address_nobody_can_understand_begins_an_empty_scenario(parameters: dict[str, str]) -> None:
    assert suggestions.beginning(parameters, ["planned"]) == {}


def test_the_library_is_shown_by_meeting_form_each_scenario_once() -> None:
    groups = suggestions.from_library(["telephone", "planned", "home_visit"], ())
    shown = [scenario.code for group in groups for scenario in group.scenarios]
    assert sorted(shown) == sorted(
        s.code for s in libraries.scenarios_for(["telephone", "planned", "home_visit"])
    )
    assert [group.form for group in groups] == [f for f in MeetingForm if f in {g.form for g in groups}]
    narrowed = suggestions.from_library(["telephone", "planned"], (), form="telephone")
    assert {s.code for group in narrowed for s in group.scenarios} == {
        s.code for s in libraries.scenarios_for(["telephone"])
    }


def test_the_library_is_searched_in_the_language_in_force() -> None:
    with translation.override("nb"):
        found = suggestions.from_library(["planned"], (), words="KNIV sekk")
        assert any(s.code == "weapon_at_planned_talk" for group in found for s in group.scenarios)
    with translation.override("en"):
        assert suggestions.from_library(["planned"], (), words="kniv sekk") == []
        assert suggestions.from_library(["planned"], (), words="knife bag")


def test_a_search_without_hits_says_what_to_do(work: Work, client_of: ClientOf) -> None:
    client = client_of(work.leader)
    assert "Ingen treff" in page(work, client, "?q=romskip")
    assert "Ingen treff" not in page(work, client, "?q=kniv&form=tull"), "a form nobody has narrows nothing"


def test_those_who_only_read_the_draft_see_suggestions_and_are_offered_no_use_of_them(
    work: Work, client_of: ClientOf
) -> None:
    found = page(work, client_of(work.office.safety_representative))
    assert "Fra biblioteket" in found
    assert "Bruk forslaget" not in found


def test_nobody_sees_suggestions_for_a_draft_they_do_not_see(work: Work, client_of: ClientOf) -> None:
    page(work, client_of(work.office.colleague), status=404)
    page(work, client_of(make_office("Nav Storevik").office_leader), status=404)


def test_measures_are_suggested_where_the_scenario_is_written_and_lead_to_planning(
    work: Work, client_of: ClientOf
) -> None:
    known = libraries.scenarios_for(["planned"])[0]
    scenario = work.describe(starter=known.code)
    address = f"/risikovurdering/{work.assessment.id}/situasjon/{scenario.id}/"
    shown = unescape(client_of(work.leader).get(address).content.decode())
    assert "Ideer til tiltak" in shown
    assert all(idea.text.nb in shown for idea in known.measures)

    with acting_as(work.leader.id):
        scenario.version = work.draft
        idea = suggestions.ideas_for(scenario)[0]
    plan = unescape(client_of(work.leader).get(idea.url).content.decode())
    assert known.measures[0].text.nb in plan
    assert scenario.hazard in plan

    without = work.describe()
    other = client_of(work.leader).get(f"/risikovurdering/{work.assessment.id}/situasjon/{without.id}/")
    assert "Ideer til tiltak" not in other.content.decode()


def test_a_measure_that_is_planned_is_said_to_be(work: Work) -> None:
    known = libraries.scenarios_for(["planned"])[0]
    scenario = work.describe(starter=known.code)
    measure = work.plan(scenario)
    type(measure).objects.filter(id=measure.id).update(what=known.measures[1].text.nn)
    with acting_as(work.leader.id):
        scenario.version = work.draft
        assert [idea.is_planned for idea in suggestions.ideas_for(scenario)][:2] == [False, True]


def test_every_meeting_form_can_be_said_in_a_sentence() -> None:
    assert set(suggestions.WHERE) == set(MeetingForm)
