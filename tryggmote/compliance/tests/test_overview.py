"""Units side by side: what is kept of how they stand, the weakest first."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tryggmote.compliance import registry
from tryggmote.compliance.keeping import bring_up_to_date
from tryggmote.compliance.models import Standing
from tryggmote.compliance.rollup import Cell
from tryggmote.compliance.states import State
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_rules")]
ClientOf = Callable[[Person], Client]
OVERVIEW = "/status/oversikt/"
REQUIREMENT = "/status/krav/trygge-brukermoter/2.1/"
PAGES = (OVERVIEW, REQUIREMENT, "/status/endringer/", "/status/gar-ut/", "/status/star-stille/")


@pytest.fixture
def office() -> Office:
    return make_office()


def stands(unit: Unit, rule: str, state: State, **said: object) -> None:
    Standing.objects.filter(unit=unit, rule=rule).update(state=state, **said)


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def names(client: Client, query: str = "") -> list[str]:
    return [line.row.name for line in client.get(f"{OVERVIEW}?{query}").context["rows"]]


def test_a_director_gets_the_offices_the_weakest_first(office: Office, client_of: ClientOf) -> None:
    other = make_unit("Nav Alvik", parents=(office.county,))
    bring_up_to_date()
    stands(office.unit, "evidence_2_1", State.MISSING)
    client = client_of(office.county_director)
    assert client.get("/status/")["Location"] == OVERVIEW
    assert names(client) == ["Nav Lillevik", "Nav Alvik"]
    assert f'href="/status/{other.id}/#evidence_2_1"' in text_of(client, OVERVIEW)


def test_each_cell_says_the_state_in_words_and_with_a_shape(office: Office, client_of: ClientOf) -> None:
    bring_up_to_date()
    text = text_of(client_of(office.county_director), OVERVIEW)
    cell = text[text.index(f'href="/status/{office.unit.id}/#evidence_2_1"') :][:400]
    assert "CheckmarkCircleFill" in cell
    assert "Oppfylt" in cell


def test_the_directorate_gets_counties_with_the_share_met_and_n(office: Office, client_of: ClientOf) -> None:
    make_unit("Nav Alvik", parents=(office.county,))
    make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    bring_up_to_date()
    stands(office.unit, "evidence_2_1", State.MISSING)
    client = client_of(office.directorate_member)
    (line,) = client.get(OVERVIEW).context["rows"]
    assert (line.row.name, line.row.units) == (office.county.name, 2)
    assert line.row.cells["evidence_2_1"] == Cell(met=1, missing=1)
    assert "1 av 2" in text_of(client, OVERVIEW)
    assert line.url == f"{OVERVIEW}?under={office.county.id}"
    assert names(client, f"under={office.county.id}") == ["Nav Lillevik", "Nav Alvik"]


def test_the_municipal_line_has_its_own_groups(office: Office, client_of: ClientOf) -> None:
    bring_up_to_date()
    assert names(client_of(office.directorate_member), "kind=municipality") == [office.municipality.name]
    assert names(client_of(office.municipal_director)) == ["Nav Lillevik"]


def test_an_office_gets_itself_and_its_parts(office: Office, client_of: ClientOf) -> None:
    make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    bring_up_to_date()
    assert sorted(names(client_of(office.office_leader))) == ["Nav Lillevik", "Team Ung"]


def test_what_does_not_apply_is_left_out_of_the_share(office: Office, client_of: ClientOf) -> None:
    make_unit("Nav Alvik", parents=(office.county,))
    bring_up_to_date()
    stands(office.unit, "evidence_2_1", State.NOT_APPLICABLE)
    (line,) = client_of(office.directorate_member).get(OVERVIEW).context["rows"]
    assert line.row.cells["evidence_2_1"].counted == 1


def test_it_is_sorted_by_a_requirement_and_by_name(office: Office, client_of: ClientOf) -> None:
    other = make_unit("Nav Alvik", parents=(office.county,))
    bring_up_to_date()
    stands(other, "evidence_1_1", State.MISSING)
    stands(office.unit, "evidence_2_1", State.PARTLY)
    client = client_of(office.county_director)
    assert names(client, "sort=evidence_1_1") == ["Nav Alvik", "Nav Lillevik"]
    assert names(client, "sort=-evidence_1_1") == ["Nav Lillevik", "Nav Alvik"]
    assert names(client, "sort=evidence_2_1") == ["Nav Lillevik", "Nav Alvik"]
    assert names(client, "sort=navn") == ["Nav Alvik", "Nav Lillevik"]
    assert names(client, "sort=-navn") == ["Nav Lillevik", "Nav Alvik"]
    assert 'aria-sort="ascending"' in text_of(client, f"{OVERVIEW}?sort=navn")


def test_it_is_narrowed_by_kind_form_size_county_and_name(office: Office, client_of: ClientOf) -> None:
    make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    far = make_office("Nav Storevik")
    Unit.objects.filter(id=far.unit.id).update(meeting_forms=["driving"])
    bring_up_to_date()
    client = client_of(office.directorate_member)
    assert names(client, "kind=team") == ["Team Ung"]
    assert names(client, "kind=office&form=driving") == ["Nav Storevik"]
    assert names(client, "kind=office&size=41") == []
    assert names(client, f"kind=office&county={office.county.id}") == ["Nav Lillevik"]
    assert names(client, "kind=office&name=store") == ["Nav Storevik"]
    assert "Ingen enheter passer" in text_of(client, f"{OVERVIEW}?name=finnesikke")


def test_it_says_when_it_was_worked_out(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.county_director)
    assert "Det er ikke gjort ennå" in text_of(client, OVERVIEW)
    bring_up_to_date()
    assert "Regnet ut" in text_of(client, OVERVIEW)


def test_one_who_sees_no_unit_is_told_what_will_be_here(office: Office, client_of: ClientOf) -> None:
    bring_up_to_date()
    for page in PAGES:
        assert "Ingen enheter å vise" in text_of(client_of(office.administrator), page), page


def test_before_any_rule_is_registered_the_page_is_honest(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_rules", {})
    assert "programmet ennå ikke kan regne ut" in text_of(client_of(office.office_leader), "/status/")
    assert client_of(office.office_leader).get(REQUIREMENT).status_code == 404


def test_a_requirement_across_units_says_why_and_since_when(office: Office, client_of: ClientOf) -> None:
    make_unit("Nav Alvik", parents=(office.county,))
    bring_up_to_date()
    stands(office.unit, "evidence_2_1", State.MISSING, reason="few", figures={"readers": 1, "audience": 9})
    client = client_of(office.county_director)
    lines = client.get(REQUIREMENT).context["lines"]
    assert [line.standing.unit.name for line in lines] == ["Nav Lillevik", "Nav Alvik"]
    text = text_of(client, REQUIREMENT)
    assert "1 av 9 har lest." in text
    assert "12. mars 2027" in text


def test_what_runs_out_comes_with_the_nearest_first(office: Office, client_of: ClientOf) -> None:
    other = make_unit("Nav Alvik", parents=(office.county,))
    bring_up_to_date()
    today = timezone.localdate()
    stands(office.unit, "evidence_2_1", State.MET, runs_out_on=today + timedelta(days=60))
    stands(other, "evidence_2_1", State.MET, runs_out_on=today + timedelta(days=30))
    client = client_of(office.county_director)

    def running_out(within: int) -> list[str]:
        lines = client.get(f"/status/gar-ut/?within={within}").context["lines"]
        return [line.standing.unit.name for line in lines]

    assert running_out(90) == ["Nav Alvik", "Nav Lillevik"]
    assert running_out(30) == ["Nav Alvik"]
    stands(other, "evidence_2_1", State.PARTLY)
    assert "Ingenting går ut de neste 30 dagene" in text_of(client, "/status/gar-ut/?within=30")


def test_only_a_unit_that_lacks_something_and_has_not_moved_stands_still(
    office: Office, client_of: ClientOf
) -> None:
    moving, done = (make_unit(name, parents=(office.county,)) for name in ("Nav Alvik", "Nav Bukta"))
    bring_up_to_date()
    long_ago = timezone.now() - timedelta(days=91)
    Standing.objects.filter(unit__in=[office.unit, done]).update(since=long_ago)
    Standing.objects.filter(unit=moving, rule="evidence_1_1").update(since=long_ago)
    stands(done, "evidence_1_1", State.MET)
    client = client_of(office.county_director)
    found = client.get("/status/star-stille/").context["page"]
    assert [(each["unit__name"], each["missing"], each["partly"]) for each in found] == [
        ("Nav Lillevik", 0, 1)
    ]


def test_ninety_days_to_the_day_is_not_yet_still(office: Office, client_of: ClientOf) -> None:
    bring_up_to_date()
    Standing.objects.update(since=timezone.now() - timedelta(days=90) + timedelta(minutes=5))
    assert "Ingen enheter står stille" in text_of(client_of(office.county_director), "/status/star-stille/")


def cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert not any("evidence_test" in query["sql"] for query in queries), "asked live"
    return len(queries)


def test_a_page_costs_the_same_for_one_unit_and_for_many(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.county_director)
    bring_up_to_date(datetime(2026, 1, 1, tzinfo=UTC))
    for_one = {page: cost(client, page) for page in PAGES}
    for number in range(10):
        make_unit(f"Nav Vik {number}", parents=(office.county,))
    bring_up_to_date()
    assert {page: cost(client, page) for page in PAGES} == for_one
    assert for_one[OVERVIEW] <= 12
