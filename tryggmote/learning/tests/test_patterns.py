"""Patterns: what is told, to whom, and once; figures that give nobody away (2.4)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.models import ReadEntry
from tryggmote.incidents.models import Classification, Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.tests.test_linking import linked, told_later
from tryggmote.learning import patterns
from tryggmote.learning.limits import limits
from tryggmote.learning.models import Pattern
from tryggmote.learning.patterns import forget_old_patterns, look_for_patterns
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    Office,
    assign,
    employ,
    make_office,
    make_person,
    make_unit,
    workforce_of,
)

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def happened(person: Person, unit: Unit, employer: Unit, *, days_ago: int, **facts: Any) -> Incident:
    """An incident as a row, without anybody being told."""
    moment = timezone.now() - timedelta(days=days_ago, hours=1)
    return Incident.objects.create(
        **{
            "reporter": person, "exposed": person, "workforce": workforce_of(unit, employer),
            "natures": ["verbal_abuse"], "form": "telephone", "happened_at": moment, "created_at": moment,
            "experienced_severity": 2, **facts,
        }
    )  # fmt: skip


def to(office: Office, person: Person, *days_ago: int, **facts: Any) -> list[Incident]:
    return [happened(person, office.unit, office.directorate, days_ago=days, **facts) for days in days_ago]


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def seen_by(person: Person) -> set[Any]:
    with acting_as(person.id):
        return set(Pattern.objects.values_list("id", flat=True))


def test_three_in_thirty_days_is_told_to_the_person_and_their_leaders_alone(office: Office) -> None:
    to(office, office.colleague, 1, 10, 29)
    assert look_for_patterns() == 1
    pattern = Pattern.objects.get()
    assert (pattern.person, pattern.n, pattern.rule_version) == (office.colleague, 3, limits().version)
    assert told("pattern_of_you") == {office.colleague.id}
    assert told("pattern_of_one_you_lead") == {office.leader.id, office.formal_leader.id}
    people = {value for value in vars(office).values() if isinstance(value, Person)}
    assert {person for person in people if seen_by(person)} == {
        office.colleague, office.leader, office.formal_leader,
    }  # fmt: skip


def test_one_pattern_that_cannot_be_told_holds_no_other_back(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    to(office, office.counsellor, 1, 2, 3)
    to(office, office.colleague, 1, 2, 3)
    nearest = patterns.nearest_leaders

    def broken_for_one(person_id: int) -> Any:
        if person_id == office.counsellor.id:
            raise LookupError("no leader of theirs can be worked out")
        return nearest(person_id)

    monkeypatch.setattr(patterns, "nearest_leaders", broken_for_one)
    look_for_patterns()
    assert set(Pattern.objects.exclude(person=None).values_list("person_id", flat=True)) == {
        office.colleague.id
    }
    assert "was not kept" in caplog.text
    monkeypatch.setattr(patterns, "nearest_leaders", nearest)
    look_for_patterns()
    assert told("pattern_of_you") == {office.counsellor.id, office.colleague.id}


def test_three_in_more_than_thirty_days_is_no_pattern(office: Office) -> None:
    to(office, office.counsellor, 1, 10, 32)
    assert look_for_patterns() == 0


def test_reports_of_one_event_and_what_came_later_count_once(office: Office) -> None:
    first, second = reported_by(office.counsellor), reported_by(office.counsellor)
    linked(office.leader, first, second)
    told_later(office.counsellor, first)
    to(office, office.counsellor, 2)
    assert look_for_patterns() == 0


def test_a_pattern_is_told_once_for_its_window_and_again_in_the_next(office: Office) -> None:
    to(office, office.counsellor, 1, 2, 3)
    assert [look_for_patterns(), look_for_patterns()] == [1, 0]
    Pattern.objects.update(until_on=timezone.localdate() - timedelta(days=29))
    assert look_for_patterns() == 0
    Pattern.objects.update(until_on=timezone.localdate() - timedelta(days=30))
    assert look_for_patterns() == 1


def test_the_same_form_in_a_unit_is_told_to_its_leaders_and_representatives(office: Office) -> None:
    others = [office.counsellor, office.colleague, office.leader, office.formal_leader]
    for person in (*others, office.safety_representative):
        to(office, person, 3)
    assert look_for_patterns() == 1
    pattern = Pattern.objects.get()
    assert (pattern.aspect, pattern.value, pattern.n, pattern.people) == ("form", "telephone", 5, 5)
    assert told("pattern_in_unit") == {office.office_leader.id, office.safety_representative.id}
    assert seen_by(office.county_director)  # five people: nobody can be recognised
    assert not seen_by(office.counsellor)
    assert not seen_by(office.auditor)


def test_few_people_are_not_shown_outside_the_unit(office: Office) -> None:
    for person in (office.counsellor, office.colleague, office.leader):
        to(office, person, 3, 40)
    assert look_for_patterns() == 1
    assert Pattern.objects.get().people == 3
    assert seen_by(office.office_leader)
    for person in (office.county_director, office.municipal_director, office.directorate_member):
        assert not seen_by(person)


def test_the_same_place_is_found_however_it_is_written_and_never_leaves_the_unit(office: Office) -> None:
    people = [office.counsellor, office.colleague, office.leader, office.formal_leader]
    spellings = ["Samtalerom 3", "samtalerom  3 ", "SAMTALEROM 3", "Samtalerom 3"]
    for person, place in zip(
        [*people, office.safety_representative], [*spellings, "samtalerom 3"], strict=True
    ):
        to(office, person, 3, form="reception", place=place)
    look_for_patterns()
    place = Pattern.objects.get(aspect="place")
    assert (place.value, place.n) == ("samtalerom 3", 5)
    assert place.id in seen_by(office.office_leader)
    assert place.id not in seen_by(office.county_director)


def test_the_same_trigger_is_found_in_the_leaders_latest_description(office: Office) -> None:
    for number, person in enumerate(
        (office.counsellor, office.colleague, office.leader, office.formal_leader)
    ):
        (incident,) = to(office, person, 3 + number, form=("planned", "video", "group", "telephone")[number])
        for triggers in (["intoxication"], ["waiting", "unknown"]):
            Classification.objects.create(
                incident=incident, by=office.office_leader, codebook="2026-1", channel="x", triggers=triggers
            )
    assert look_for_patterns() == 1
    pattern = Pattern.objects.get()
    assert (pattern.aspect, pattern.value, pattern.n) == ("trigger", "waiting", 4)


def test_an_address_of_a_home_visit_is_no_place_of_a_pattern(office: Office) -> None:
    for person in (office.counsellor, office.colleague, office.leader):
        to(office, person, 3, form="home_visit", place="Storgata 1")
    assert look_for_patterns() == 0


def test_mere_worries_are_no_pattern(office: Office) -> None:
    to(office, office.counsellor, 1, 2, 3, natures=["worry"])
    assert look_for_patterns() == 0


def test_what_all_happened_in_a_team_is_the_teams_and_not_the_offices_too(office: Office) -> None:
    team = make_unit("Team Ung", UnitKind.TEAM, parents=(office.unit,))
    for _number in range(5):
        person = make_person("Tor Team")
        employ(person, unit=team, employer=office.directorate, daily_leader=office.leader)
        happened(person, team, office.directorate, days_ago=2)
    look_for_patterns()
    assert Pattern.objects.get(kind="setting").unit == team


def a_county_with_history(office: Office, *, a_week: int) -> Unit:
    """Another office in the county, and so many incidents a week for a year."""
    other = make_unit("Nav Storevik", parents=(office.county,))
    for week in range(1, 53):
        for number in range(a_week):
            happened(
                office.counsellor, (office.unit, other)[number % 2], office.directorate,
                days_ago=week * 7 + number,
            )  # fmt: skip
    return other


def newcomers(office: Office, unit: Unit, number: int) -> None:
    for _number in range(number):
        person = make_person("Nils Ny")
        employ(person, unit=unit, employer=office.directorate)
        happened(person, unit, office.directorate, days_ago=1)


def test_a_wave_across_offices_is_told_above_them_with_the_figures_behind_it(office: Office) -> None:
    other = a_county_with_history(office, a_week=1)
    newcomers(office, office.unit, 3)
    newcomers(office, other, 3)
    look_for_patterns()
    wave = Pattern.objects.get(kind="wave", days=7)
    assert (wave.unit, wave.n, wave.people, wave.units) == (office.county, 6, 6, 2)
    assert wave.usual == pytest.approx(1.0)
    assert wave.limit == pytest.approx(4.0)
    assert told("pattern_wave") == {office.county_director.id, office.chief_safety_representative.id}
    coordinator = make_person("Siri Sikkerhet")
    assign(coordinator, Role.COUNTY_SECURITY_COORDINATOR, office.county)
    assert wave.id in seen_by(coordinator)
    assert wave.id in seen_by(office.directorate_member)
    for person in (office.office_leader, office.counsellor, office.municipal_director):
        assert wave.id not in seen_by(person)


def test_as_much_as_usual_is_no_wave(office: Office) -> None:
    other = a_county_with_history(office, a_week=4)
    newcomers(office, office.unit, 3)
    newcomers(office, other, 3)
    look_for_patterns()
    assert not Pattern.objects.filter(kind="wave", days=7).exists()


def test_a_county_without_history_has_no_waves(office: Office) -> None:
    newcomers(office, office.unit, 6)
    newcomers(office, make_unit("Nav Storevik", parents=(office.county,)), 6)
    look_for_patterns()
    assert not Pattern.objects.filter(kind="wave").exists()


def test_many_in_one_office_is_no_wave_across_offices(office: Office) -> None:
    a_county_with_history(office, a_week=1)
    newcomers(office, office.unit, 8)
    look_for_patterns()
    assert not Pattern.objects.filter(kind="wave", days=7).exists()


def test_the_job_counts_and_never_reads_an_incident(office: Office) -> None:
    to(office, office.counsellor, 1)
    with acting_as_job(), pytest.raises(DatabaseError), transaction.atomic():
        list(Incident.objects.values_list("natures", "place"))
    for person in (office.county_director, office.administrator):
        with acting_as(person.id), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute("select * from app.patterns_of_people(1, 30)")


def test_nobody_writes_patterns_but_the_job(office: Office) -> None:
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        Pattern.objects.bulk_create(
            [Pattern(kind="person", person=office.counsellor, days=30, n=9, people=1, units=1,
                     rule_version="x", until_on=timezone.localdate())]
        )  # fmt: skip


def test_patterns_are_forgotten_after_a_year(office: Office) -> None:
    to(office, office.counsellor, 1, 2, 3)
    look_for_patterns()
    assert forget_old_patterns() == 0
    Pattern.objects.update(until_on=timezone.localdate() - timedelta(days=366))
    assert forget_old_patterns() == 1


def test_the_page_says_it_calmly_and_the_person_sees_that_the_leader_has_looked(
    office: Office, client_of: ClientOf
) -> None:
    to(office, office.counsellor, 1, 2, 3)
    look_for_patterns()
    address = reverse("learning:patterns")
    page = client_of(office.leader).get(address).content.decode()
    assert office.counsellor.name in page
    assert "3 hendelser på 30 dager" in page
    assert "Flere meldinger er ofte et godt tegn" in page
    assert "tm-danger" not in page
    with acting_as(office.counsellor.id):
        assert ReadEntry.objects.get(kind="pattern").person_id == office.leader.id
    own = client_of(office.counsellor).get(address).content.decode()
    assert "Bare du og lederne dine ser dette." in own
    assert "Ingen mønstre nå" in client_of(office.colleague).get(address).content.decode()


def test_the_page_costs_the_same_for_one_pattern_and_for_twelve(office: Office, client_of: ClientOf) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("learning:patterns")).status_code == 200
        return sum(query["sql"].lower().startswith("select") for query in captured)

    client = client_of(office.office_leader)
    client.get(reverse("learning:patterns"))
    a_pattern: dict[str, Any] = {
        "kind": "setting", "unit": office.unit, "aspect": "form", "days": 60, "n": 5, "people": 2,
        "units": 1, "rule_version": "x", "until_on": timezone.localdate(),
    }  # fmt: skip
    Pattern.objects.create(value="telephone", **a_pattern)
    with_one = asked()
    for form in ("planned", "reception", "group", "home_visit", "video", "written", "outdoors", "driving"):
        Pattern.objects.create(value=form, **a_pattern)
    assert asked() == with_one
