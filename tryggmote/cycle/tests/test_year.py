"""A unit's year as people meet it: from what is registered elsewhere, for those who see the unit."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.controls.tests.helpers import in_force as procedure_in_force
from tryggmote.controls.tests.helpers import noon
from tryggmote.cycle import queries
from tryggmote.cycle.registry import Event
from tryggmote.cycle.tests.helpers import seen_by
from tryggmote.cycle.vocabulary import Kind, State
from tryggmote.equipment.tests.factories import after_test_by, item_by, measure_tested_by, some_days_ago
from tryggmote.exercises.tests.factories import decided_by, suggested_by
from tryggmote.forums.tests.helpers import called_by
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.information.rules import read_important_by
from tryggmote.information.tests.helpers import published_by as information_by
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import building_by
from tryggmote.residual.tests.helpers import in_force, in_use
from tryggmote.reviews.tests.factories import done_by
from tryggmote.risk.tests.stories import begin
from tryggmote.training.tests.plan_helpers import held_by
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
MIDSUMMER = date(2027, 6, 15)


@pytest.fixture
def office() -> Office:
    return make_office()


def said_of(events: list[Event]) -> list[tuple[str, date, State]]:
    return [(event.title, event.on, event.state(oslo_today())) for event in events]


def test_an_approved_assessment_is_done_and_comes_again_on_its_review_date(office: Office) -> None:
    work = begin(office)
    work.complete()
    work.approve(months=10)
    title = "Risikovurderingen «Samtaler på kontoret»"
    assert said_of(seen_by(office.counsellor, office, Kind.ASSESSMENT)) == [
        (title, oslo_today(), State.DONE),
        (title, oslo_today() + timedelta(days=300), State.COMING),
    ]


def test_a_draft_is_no_event(office: Office) -> None:
    begin(office)
    assert seen_by(office.office_leader, office, Kind.ASSESSMENT) == []


def test_a_residual_risk_is_done_and_comes_again(office: Office) -> None:
    record = in_force(office)
    found = seen_by(office.counsellor, office, Kind.RESIDUAL)
    assert [(event.on, event.is_done) for event in found][:2] == [
        (oslo_today(), True),
        (record.review_on, False),
    ]
    assert {event.url for event in found} == {record.get_absolute_url()}


def test_a_building_is_reviewed_now_until_both_have_signed_and_then_next_year(office: Office) -> None:
    building = building_by(office.office_leader, office.unit)
    before = seen_by(office.counsellor, office, Kind.REVIEW)[0]
    assert (before.title, before.on, before.is_done) == ("Vernerunde: Storgata 4", oslo_today(), False)
    done_by(office.office_leader, office.safety_representative, building)
    done, next_one = seen_by(office.counsellor, office, Kind.REVIEW)
    assert (done.on, done.is_done) == (oslo_today(), True)
    assert next_one.on - done.on in (timedelta(days=365), timedelta(days=366))


def test_items_of_a_type_due_in_the_same_month_are_one_event_each_interval(office: Office) -> None:
    for number in range(3):
        item_by(office.office_leader, office.unit, name=f"Alarm {number}", interval_months=6)
    found = seen_by(office.counsellor, office, Kind.TEST)
    assert found[0].on == oslo_today()
    assert len(found) == 3
    assert all(event.title.endswith("(3)") and not event.is_done for event in found)


def test_a_test_that_passed_is_done_and_one_that_is_late_is_missed(office: Office) -> None:
    late = item_by(office.office_leader, office.unit, in_use_from=some_days_ago(10))
    assert seen_by(office.counsellor, office, Kind.TEST)[0].state(oslo_today()) == State.MISSED
    after_test_by(office.counsellor, late)
    found = seen_by(office.counsellor, office, Kind.TEST)
    assert [event.on for event in found if event.is_done] == [oslo_today()]
    assert State.MISSED not in {event.state(oslo_today()) for event in found}


def test_a_measure_with_an_interval_is_tested(office: Office) -> None:
    measure = in_use(office, interval_months=6)
    assert said_of(seen_by(office.counsellor, office, Kind.TEST))[0][1:] == (oslo_today(), State.COMING)
    measure_tested_by(office.office_leader, measure)
    done, *again = seen_by(office.counsellor, office, Kind.TEST)
    assert (done.on, done.is_done, len(again)) == (oslo_today(), True, 2)


def test_exercises_are_those_planned_and_the_yearly_ones(office: Office) -> None:
    exercise = decided_by(office.office_leader, suggested_by(office.office_leader, office.unit))
    found = seen_by(office.office_leader, office, Kind.EXERCISE)
    planned = next(event for event in found if event.key == str(exercise.id))
    assert (planned.at, planned.state(oslo_today())) == (exercise.starts_at, State.COMING)
    assert any(event.title.startswith("Årlig øvelse: ") and event.on == oslo_today() for event in found)


def test_sessions_and_meetings_stand_on_their_day(office: Office) -> None:
    session = held_by(office.office_leader, office.unit)
    day = oslo_today() + timedelta(days=2)
    meeting = called_by(office.office_leader, office.unit, MeetingKind.STAFF, starts_at=noon(day))
    (training,) = seen_by(office.counsellor, office, Kind.TRAINING)
    assert (training.title, training.at) == ("Opplæring: Se risikoen i tide", session.starts_at)
    (met,) = seen_by(office.counsellor, office, Kind.MEETING)
    assert (met.url, met.on) == (meeting.get_absolute_url(), day)


def test_the_yearly_partnership_meeting_is_asked_of_those_who_see_all_there_were(office: Office) -> None:
    asked = [event.on for event in seen_by(office.office_leader, office, Kind.MEETING)]
    assert asked[0] == oslo_today()
    assert seen_by(office.counsellor, office, Kind.MEETING) == []


def fill(office: Office) -> None:
    """One of most things, some of it late."""
    item_by(office.office_leader, office.unit, in_use_from=some_days_ago(20))
    building_by(office.office_leader, office.unit)
    item_by(office.office_leader, office.unit)
    in_force(office)
    in_use(office, interval_months=6)
    suggested_by(office.office_leader, office.unit)
    held_by(office.office_leader, office.unit)
    called_by(office.office_leader, office.unit, MeetingKind.STAFF)
    information_by(office.office_leader, office.unit, is_important=True)
    procedure_in_force(office.office_leader, office.unit)


def test_nobody_sees_the_year_of_a_unit_they_do_not_see(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Annenvik")
    fill(other)
    # Yearly exercises are no secret and are counted for any workplace; the page is closed all the same.
    assert {event.kind for event in seen_by(office.counsellor, other)} <= {Kind.EXERCISE}
    client = client_of(office.counsellor)
    assert client.get(reverse("cycle:unit", args=[other.unit.id])).status_code == 404
    assert client.get(reverse("cycle:unit", args=[2_000_000_000])).status_code == 404
    assert client.get(reverse("cycle:unit", args=[office.unit.id])).status_code == 200


@pytest.mark.parametrize(
    "who", ["counsellor", "office_leader", "safety_representative", "county_director", "municipal_director"]
)
def test_those_who_belong_to_a_unit_lead_it_or_represent_it_see_its_year(
    office: Office, client_of: ClientOf, who: str
) -> None:
    building_by(office.office_leader, office.unit)
    page = client_of(getattr(office, who)).get(reverse("cycle:unit", args=[office.unit.id]))
    assert "Vernerunde: Storgata 4" in page.content.decode()


def page_of(client: Client, **asked: object) -> str:
    response = client.get(reverse("cycle:own"), asked)
    assert response.status_code == 200
    return response.content.decode()


def test_the_wheel_and_the_list_say_the_same(office: Office, client_of: ClientOf) -> None:
    fill(office)
    response = client_of(office.counsellor).get(reverse("cycle:own"))
    listed = [line.event for month in response.context["months"] for line in month.lines]
    assert listed
    assert [mark.event for mark in response.context["wheel"].marks] == listed
    page = response.content.decode()
    assert page.count("<title>") == len(listed) + 1  # and that of the page
    assert "Ingenting i " in page


def test_what_is_to_be_read_stands_in_the_year_of_the_day_by_which_it_is(office: Office) -> None:
    year = oslo_today().year
    new_years_eve = noon(date(year - 1, 12, 31))
    item = information_by(office.office_leader, office.unit, is_important=True, at=new_years_eve)
    with acting_as(office.office_leader.id):
        (found,) = queries.events_of([office.unit.id], year, kind=Kind.INFORMATION)
        assert queries.events_of([office.unit.id], year - 1, kind=Kind.INFORMATION) == []
    assert (found.key, found.on) == (str(item.id), read_important_by(new_years_eve).date())


def test_one_kind_and_another_year_are_chosen_and_nonsense_is_this_year(
    office: Office, client_of: ClientOf
) -> None:
    fill(office)
    client, next_year = client_of(office.counsellor), oslo_today().year + 1
    page = page_of(client, year=next_year, kind="review")
    assert f"Årshjul {next_year}" in page
    assert "Vernerunde: Storgata 4" in page
    assert "Test av utstyr" not in page
    assert f"Årshjul {oslo_today().year}" in page_of(client, year="9" * 30, kind="<b>")


def test_the_next_year_is_proposed_in_november(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, year = client_of(office.office_leader), oslo_today().year
    monkeypatch.setattr("tryggmote.cycle.rules.PLANNING_MONTHS", range(1, 13))
    assert f"Planen for {year + 1} er klar" in page_of(client)
    assert "er klar" not in page_of(client, year=year + 1)
    monkeypatch.setattr("tryggmote.cycle.rules.PLANNING_MONTHS", ())
    assert "er klar" not in page_of(client)


def test_a_unit_with_nothing_says_what_will_be_here(office: Office, client_of: ClientOf) -> None:
    assert "Ingenting her dette året" in page_of(client_of(office.counsellor), kind="residual")


def test_more_in_a_year_asks_no_more_of_the_database(office: Office, client_of: ClientOf) -> None:
    client = client_of(office.office_leader)

    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            page_of(client)
        return [query["sql"] for query in captured]

    fill(office)
    asked()
    before = asked()
    for _time in range(3):
        building_by(office.office_leader, office.unit)
        item_by(office.office_leader, office.unit)
        held_by(office.office_leader, office.unit)
        suggested_by(office.office_leader, office.unit)
        information_by(office.office_leader, office.unit, is_important=True)
        procedure_in_force(office.office_leader, office.unit)
    assert len(asked()) == len(before)
    tables = ("risk_", "residual_", "reviews_", "premises_", "equipment_", "exercise", "training_", "forums_")
    tables += ("controls_", "information_", "app.receipts")
    of_the_year = [sql for sql in before if any(name in sql for name in tables)]
    assert len(of_the_year) <= 20, "\n".join(of_the_year)


def test_the_menu_leads_those_who_have_a_unit_to_its_year(office: Office, client_of: ClientOf) -> None:
    assert f'href="{reverse("cycle:own")}"' in client_of(office.counsellor).get("/mer/").content.decode()
    person = client_of(office.directorate_member)
    is_led = f'href="{reverse("cycle:own")}"' in person.get("/mer/").content.decode()
    assert is_led == (person.get(reverse("cycle:own")).status_code == 200)


def test_the_units_page_leads_to_its_year(office: Office, client_of: ClientOf) -> None:
    page = client_of(office.counsellor).get(reverse("organisation:unit", args=[office.unit.id]))
    assert reverse("cycle:unit", args=[office.unit.id]) in page.content.decode()
