"""How units have stood: the share month by month, and what has changed from what to what."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tryggmote.access.context import acting_as
from tryggmote.compliance import history
from tryggmote.compliance.across import standing_at
from tryggmote.compliance.keeping import bring_up_to_date
from tryggmote.compliance.models import Standing
from tryggmote.compliance.rollup import Cell
from tryggmote.compliance.states import State
from tryggmote.compliance.tests.test_keeping import answer_partly_as
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import oslo_midnight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_rules")]
ClientOf = Callable[[Person], Client]
NOON = datetime(2026, 11, 26, 11, tzinfo=UTC)
COUNTED = (State.MET, State.PARTLY, State.MISSING, State.NOT_APPLICABLE)


@pytest.fixture
def office() -> Office:
    return make_office()


def stood(office: Office, state: State, begin: datetime, end: datetime | None) -> None:
    Standing.objects.create(
        unit=office.unit, rule="evidence_1_1", state=state, reason="few", figures={}, rule_version="1",
        thresholds_version="1", since=begin, from_at=begin, until_at=end,
    )  # fmt: skip


def months(office: Office) -> list[tuple[date, Cell]]:
    with acting_as(office.counsellor.id):
        points = history.trend([office.unit.id], ["evidence_1_1"], now=NOON)
    return [(point.month, point.cell) for point in points]


def test_a_month_counts_as_it_stood_at_its_end_and_the_last_as_it_stands_now(office: Office) -> None:
    turn = oslo_midnight(date(2026, 11, 1))
    stood(office, State.MISSING, turn - timedelta(days=20), turn - timedelta(seconds=1))
    stood(office, State.PARTLY, turn - timedelta(seconds=1), turn + timedelta(days=3))
    stood(office, State.MET, turn + timedelta(days=3), None)
    assert months(office) == [(date(2026, 10, 1), Cell(partly=1)), (date(2026, 11, 1), Cell(met=1))]


def test_what_began_at_midnight_counts_in_the_month_that_ended_then(office: Office) -> None:
    turn = oslo_midnight(date(2026, 11, 1))
    stood(office, State.PARTLY, turn - timedelta(days=1), turn)
    stood(office, State.MET, turn, None)
    assert months(office)[0] == (date(2026, 10, 1), Cell(met=1))


@pytest.mark.parametrize("seed", range(12))
def test_the_trend_is_what_stood_at_each_moment(office: Office, seed: int) -> None:
    random = Random(seed)
    Standing.objects.all().delete()
    at = NOON - timedelta(days=random.randint(1, 400))
    while at < NOON:
        end = at + timedelta(hours=random.randint(1, 3000))
        stood(office, random.choice(COUNTED), at, end if end < NOON else None)
        at = end
    slow = []
    with acting_as(office.counsellor.id):
        for moment in [*(oslo_midnight(date(2026, month, 1)) for month in range(1, 12)), NOON]:
            states = list(standing_at(moment).values_list("state", flat=True))
            slow.append(Cell(*(states.count(state) for state in COUNTED)))
    assert [cell for _month, cell in months(office)] == [cell for cell in slow if cell.counted]


def test_a_change_says_from_what_to_what_and_both_reasons(office: Office, client_of: ClientOf) -> None:
    bring_up_to_date(NOON)
    answer_partly_as("met", "all")
    bring_up_to_date(NOON + timedelta(days=1))
    client = client_of(office.counsellor)
    for page in (f"/status/{office.unit.id}/historikk/", "/status/endringer/"):
        (change,) = client.get(page).context["changes"]
        assert (change.before.state, change.after.state) == (State.PARTLY, State.MET)
        text = " ".join(client.get(page).content.decode().split())
        assert "Alt er på plass." in text
        assert "Før: 3 av 4 har lest." in text


def test_the_first_time_and_a_new_version_alone_are_no_changes(office: Office, client_of: ClientOf) -> None:
    bring_up_to_date(NOON)
    Standing.objects.update(rule_version="0")
    bring_up_to_date(NOON + timedelta(days=1))
    response = client_of(office.counsellor).get(f"/status/{office.unit.id}/historikk/")
    assert response.context["changes"] == []
    assert "Ingen endringer å vise" in response.content.decode()


def test_the_history_of_a_unit_out_of_sight_is_not_there(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Storevik")
    bring_up_to_date(NOON)
    client = client_of(office.counsellor)
    for unit in (other.unit, office.county):
        assert client.get(f"/status/{unit.id}/historikk/").status_code == 404
        assert client.get(f"/status/{unit.id}/lignende/").status_code == 404


def test_a_long_history_costs_as_much_as_a_short_one(office: Office, client_of: ClientOf) -> None:
    client, page = client_of(office.counsellor), f"/status/{office.unit.id}/historikk/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    moment = NOON
    counts = []
    for number in range(12):
        answer_partly_as("met" if number % 2 else "partly", "all")
        bring_up_to_date(moment := moment + timedelta(minutes=15))
        if number in (1, 11):
            counts.append(cost())
    assert counts[0] == counts[1]
