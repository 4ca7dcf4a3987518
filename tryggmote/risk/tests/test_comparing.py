"""What has changed from one version to the next can be read, and nothing else is told (2.1)."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import acting_as
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office
from tryggmote.risk import libraries, versions, writing
from tryggmote.risk.comparing import PersonSide, Risk, ScenarioSide, Side, compare
from tryggmote.risk.models import Assessment, Scenario, Version
from tryggmote.risk.rules import Score
from tryggmote.risk.tests.stories import GREEN, YELLOW, Work, begin
from tryggmote.risk.vocabulary import Answer, Cause

ClientOf = Callable[[Person], Client]


def risk(likelihood: int, consequence: int) -> Risk:
    return Risk(Score(likelihood, consequence), libraries.matrix().area_of(likelihood, consequence))


def scenario(**changes: object) -> ScenarioSide:
    given = ScenarioSide(
        lineage=uuid4(),
        hazard="Kniv i samtale",
        texts={"hazard": "Kniv i samtale", "causes": "Ingen låser inn sekker."},
        risks={"inherent": risk(4, 5), "current": risk(2, 5), "residual": None},
        forms=["Avtalt samtale"],
        factors=[2, 7],
        measures=["Skap til sekker"],
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def side(**changes: object) -> Side:
    factors = {number: f"Faktor {number}" for number in range(9)}
    given = Side(forms=["Avtalt samtale"], activities=[], factors=factors, scenarios=[], people=[])
    return replace(given, **changes)  # type: ignore[arg-type]


def test_two_versions_that_are_the_same_differ_in_nothing() -> None:
    one = side(scenarios=[scenario()], people=[PersonSide(1, "Vilde", "Verneombud", "Enig")])
    found = compare(one, one)
    assert found.is_empty
    assert found.unchanged == 1


def test_a_scenario_is_the_same_by_lineage_also_when_it_is_called_something_else() -> None:
    before = scenario()
    after = replace(before, hazard="Våpen i samtale", texts=before.texts | {"hazard": "Våpen i samtale"})
    found = compare(side(scenarios=[before]), side(scenarios=[after, scenario()]))
    assert [change.scenario.hazard for change in found.changed] == ["Våpen i samtale"]
    assert [(text.name, text.before, text.after) for text in found.changed[0].texts] == [
        ("hazard", "Kniv i samtale", "Våpen i samtale")
    ]
    assert (len(found.added), len(found.taken_out), found.unchanged) == (1, 0, 0)


def test_what_was_taken_out_is_told_as_it_was() -> None:
    before = scenario()
    found = compare(side(scenarios=[before]), side())
    assert found.taken_out == [before]


def test_each_of_the_three_scores_is_told_old_and_new_with_its_area() -> None:
    before = scenario()
    after = replace(before, risks=before.risks | {"current": risk(1, 5), "residual": risk(1, 4)})
    (change,) = compare(side(scenarios=[before]), side(scenarios=[after])).changed
    assert [(r.name, r.before, r.after) for r in change.risks] == [
        ("current", risk(2, 5), risk(1, 5)),
        ("residual", None, risk(1, 4)),
    ]


def test_the_same_score_in_another_area_is_a_change_since_the_matrix_says_something_else() -> None:
    before = scenario()
    moved = Risk(Score(2, 5), libraries.matrix().area_of(1, 1))
    after = replace(before, risks=before.risks | {"current": moved})
    assert compare(side(scenarios=[before]), side(scenarios=[after])).changed


def test_factors_that_changed_are_told_in_order_and_all_together_last() -> None:
    changed = {number: f"Faktor {number}" for number in range(9)} | {0: "Samlet", 7: "Nytt", 2: "Nytt"}
    assert [c.name for c in compare(side(), side(factors=changed)).factors] == ["2", "7", "0"]


def test_how_lines_are_broken_and_spaces_at_the_end_are_no_change() -> None:
    before, after = {1: "Bord\r\nStol"}, {1: "Bord\nStol "}
    assert compare(side(factors=before), side(factors=after)).is_empty


def test_meeting_forms_measures_and_factors_are_told_by_what_came_and_what_went() -> None:
    before = scenario()
    after = replace(before, forms=["Video"], measures=["Skap til sekker", "Vakt"], factors=[7])
    (change,) = compare(side(scenarios=[before]), side(scenarios=[after])).changed
    assert (change.forms.added, change.forms.removed) == (["Video"], ["Avtalt samtale"])
    assert (change.measures.added, change.measures.removed) == (["Vakt"], [])
    assert (change.factors.added, change.factors.removed) == ([], [2])


def test_everybody_of_either_version_is_named_those_of_the_new_one_first() -> None:
    vilde, kari = PersonSide(1, "Vilde", "Verneombud", "Enig"), PersonSide(2, "Kari", "Ansatt", "Ikke svart")
    said = replace(vilde, said="Har merknad")
    found = compare(side(people=[kari, vilde]), side(people=[said]))
    assert [(p.name, p.before, p.after) for p in found.people] == [
        ("Vilde", vilde, said),
        ("Kari", kari, None),
    ]
    assert found.is_empty, "who took part is not what is assessed"


# The page.


@pytest.fixture
def work(db: None) -> Work:
    """An approved version, and a draft in which the leader has changed something of everything."""
    work = begin(forms=("planned",))
    work.complete()
    work.describe(hazard="Noen låser døra", current=GREEN)
    work.describe(hazard="Noen kaster en stol", causes="Stolene er løse.", current=YELLOW)
    work.approve()
    with acting_as(work.office.safety_representative.id) as by:
        versions.reopen(by=by, assessment=work.assessment, cause=Cause.REMARK, words="Skapene er fulle.")
    draft = work.draft
    work.judge(7, text="Vurdert. Rommet har to utganger.")
    with acting_as(work.leader.id) as by:
        locked, thrown = (
            Scenario.objects.select_related("version__assessment").get(version=draft, hazard=hazard)
            for hazard in ("Noen låser døra", "Noen kaster en stol")
        )
        writing.take_out_scenario(by=by, scenario=locked, revision=1)
        changed = writing.ScenarioDraft(
            id=thrown.id, revision=1, hazard=thrown.hazard, forms=("planned",), causes="Stolene er tunge.",
            is_especially_dangerous=True,
            inherent=Score(4, 5), current=GREEN,
        )  # fmt: skip
        writing.change_scenario(by=by, scenario=thrown, draft=changed)
        versions.change_scope(
            assessment=Assessment.objects.get(id=work.assessment.id),
            title="Samtaler", forms=("planned", "video"), activity_ids=(),
        )  # fmt: skip
    work.describe(hazard="Noen filmer samtalen")
    return work


def page(work: Work, client: Client, old: int = 1, new: int = 2, status: int = 200) -> str:
    response = client.get(f"/risikovurdering/{work.assessment.id}/sammenlign/{old}/{new}/")
    assert response.status_code == status
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def test_the_page_begins_with_why_and_tells_what_changed(work: Work, client_of: ClientOf) -> None:
    found = page(work, client_of(work.leader))
    assert "Skapene er fulle." in found
    assert found.index("Skapene er fulle.") < found.index("Nye situasjoner")
    for heading, hazard in (
        ('id="nye"', "Noen filmer samtalen"),
        ('id="tatt-ut"', "Noen låser døra"),
        ('id="endret"', "Noen kaster en stol"),
    ):
        assert hazard in found.split(heading)[1].split("</section>")[0]
    assert "[fjernet: </span> løse.<span" in found
    assert "[lagt til: </span> tunge.<span" in found
    assert "Rommet har to utganger." in found
    assert "[lagt til: </span>Ja<" in found, "it was not marked as especially dangerous before"
    assert "[lagt til: </span>Video<" in found, "the meeting form was added while the draft was worked on"
    assert "er nå" in found


def test_an_approved_version_keeps_what_it_covered(work: Work) -> None:
    approved = Version.objects.get(assessment=work.assessment, number=1)
    assert approved.forms == ["planned"]
    assert work.draft.forms == []


def test_the_newest_first_is_turned_round(work: Work, client_of: ClientOf) -> None:
    response = client_of(work.leader).get(f"/risikovurdering/{work.assessment.id}/sammenlign/2/1/")
    assert response.headers["Location"].endswith("/sammenlign/1/2/")


def test_a_version_compared_with_itself_says_that_nothing_differs(work: Work, client_of: ClientOf) -> None:
    assert "Ingenting er endret i innholdet" in page(work, client_of(work.leader), 1, 1)


def test_those_who_do_not_see_the_draft_cannot_see_what_it_would_change(
    work: Work, client_of: ClientOf
) -> None:
    page(work, client_of(work.office.colleague), 1, 1)
    page(work, client_of(work.office.colleague), status=404)
    page(work, client_of(make_office("Nav Storevik").office_leader), 1, 1, status=404)
    page(work, client_of(work.leader), 1, 9, status=404)


def test_the_comparison_is_found_from_the_draft_and_from_the_versions(
    work: Work, client_of: ClientOf
) -> None:
    client = client_of(work.leader)
    address = f"/risikovurdering/{work.assessment.id}/sammenlign/1/2/"
    assert address in client.get(f"/risikovurdering/{work.assessment.id}/").content.decode()
    assert address in client.get(f"/risikovurdering/{work.assessment.id}/versjon/1/").content.decode()


def test_what_people_said_is_told_for_both_versions(work: Work, client_of: ClientOf) -> None:
    work.hear(work.office.safety_representative, Answer.DISAGREE, "Nei.")
    found = page(work, client_of(work.leader))
    row = found.split(work.office.safety_representative.name)[-1].split("</tr>")[0]
    assert "Verneombud: Enig" in row
    assert "Verneombud: Uenig" in row


def test_the_page_costs_as_many_queries_however_many_scenarios_there_are(
    work: Work, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        work.describe(hazard=f"Situasjon {number}")
    client = client_of(work.leader)
    page(work, client)
    with django_assert_max_num_queries(38):
        page(work, client)
