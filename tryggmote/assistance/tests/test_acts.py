"""What a call promises, act by act, with the real database (requirements 3.2-3.4)."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import F
from django.db.utils import DatabaseError
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.assistance import acts, jobs, queries, services
from tryggmote.assistance.asking import ask
from tryggmote.assistance.models import Call, CallEvent, Recipient, Responder, UsualPlace
from tryggmote.assistance.requests import CallRequest
from tryggmote.assistance.vocabulary import Answer, Kind, Outcome, Purpose
from tryggmote.encounters.models import Meeting
from tryggmote.encounters.outing_models import Outing
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.models import Person, Placement, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def called(by: Person, **given: Any) -> Call:
    """Somebody calls for help."""
    request = CallRequest(id=given.pop("id", None) or new_id(), **given)
    with acting_as(by.id):
        services.raise_call(request)
    with connection.cursor() as cursor:
        # A step cuts off whoever lingers after it (`app.number_event`); a test is one transaction.
        cursor.execute("set local idle_in_transaction_session_timeout to default")
    return Call.objects.get(id=request.id)


def answered(by: Person, call: Call, answer: Answer) -> dict[str, Any]:
    with acting_as(by.id):
        return services.answer_call(call=call, answer=answer)


def shown_to(person: Person, call: Call) -> None:
    """One of the person's screens shows the call, and says so."""
    with acting_as(person.id):
        ask(acts.SHOWN, calls=[call.id])


def rung_further(call: Call, ring: int) -> bool:
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(acts.RING_FURTHER, {"call": call.id, "ring": ring})
        return bool(cursor.fetchone()[0])


def told(call: Call, ring: int | None = None) -> set[str]:
    found = Recipient.objects.filter(call=call, **({"ring": ring} if ring else {}))
    return set(found.values_list("person__name", flat=True))


def test_everybody_in_the_unit_is_told_but_the_one_who_called(office: Office) -> None:
    guard = make_person("Gard Guard")
    assign(guard, Role.GUARD, office.unit)
    elsewhere = make_office("Nav Storevik")
    call = called(office.counsellor)
    assert told(call) == {
        "Olga Officeleder", "Lars Leder", "Frida Formell", "Kari Kollega", "Vilde Verneombud", "Gard Guard"
    }  # fmt: skip
    assert elsewhere.leader.name == office.leader.name  # of the same names, nobody was told
    assert not Recipient.objects.filter(person=elsewhere.leader).exists()


def test_one_who_has_left_is_not_told(office: Office) -> None:
    Person.objects.filter(id=office.colleague.id).update(ended_on="2020-01-01")
    assert "Kari Kollega" not in told(called(office.counsellor))


def test_the_same_call_sent_again_is_the_same_call(office: Office) -> None:
    first = called(office.counsellor)
    again = called(office.counsellor, id=first.id)
    assert (again.raised_at, Call.objects.count(), CallEvent.objects.count()) == (first.raised_at, 1, 1)


def test_nobody_calls_under_anothers_id(office: Office) -> None:
    call = called(office.counsellor)
    with acting_as(office.colleague.id), pytest.raises(NotAllowed):
        services.raise_call(CallRequest(id=call.id))


def test_somebody_who_belongs_nowhere_is_told_to_call_112(office: Office) -> None:
    stranger = make_person("Siri Streifer")
    with acting_as(stranger.id), pytest.raises(NotAllowed, match="112"):
        services.raise_call(CallRequest(id=new_id()))


def test_where_one_is_follows_from_the_meeting_one_is_in(office: Office) -> None:
    placed = Placement.objects.get(person=office.counsellor)
    Meeting.objects.create(
        owner=office.counsellor, workforce=placed.workforce, starts_at=timezone.now(), form="planned",
        place="Samtalerom 3",
    )  # fmt: skip
    UsualPlace.objects.create(person=office.counsellor, place="Plass 12")
    UsualPlace.objects.create(person=office.colleague, place="Plass 13")
    assert (called(office.counsellor).place, called(office.counsellor).form) == ("Samtalerom 3", "planned")
    assert called(office.colleague).place == "Plass 13"
    assert called(office.counsellor, place="Garasjen").place == "Garasjen"


def test_those_a_unit_has_chosen_are_told_first_and_the_office_after_twenty_seconds(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=[1, 2, 3, 4, 5, 6, 7])
    call = called(office.counsellor)
    assert told(call) == {"Kari Kollega", "Lars Leder", "Olga Officeleder"}
    assert (call.next_ring_at - call.raised_at).total_seconds() == pytest.approx(20, abs=0.1)
    assert rung_further(call, 1)
    assert "Vilde Verneombud" in told(call, 2)
    assert rung_further(call, 2)
    call.refresh_from_db()
    assert told(call, 3) == {"Fredrik Fylkesdirektør"}  # the leaders were told with the office
    assert (call.next_ring_at - call.raised_at).total_seconds() == pytest.approx(120, abs=0.1)


def test_nobody_on_duty_today_means_that_all_are_told(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=[])
    assert "Vilde Verneombud" in told(called(office.counsellor))


def test_the_countys_duty_contact_comes_before_its_director(office: Office) -> None:
    contact = make_person("Siv Sikkerhet")
    assign(contact, Role.COUNTY_SECURITY_COORDINATOR, office.county)
    call = called(office.counsellor)
    rung_further(call, 1)
    rung_further(call, 2)
    assert told(call, 3) == {"Siv Sikkerhet"}


def test_on_a_visit_the_contact_and_the_leaders_are_told_first(office: Office) -> None:
    call = called(office.counsellor, contact=office.colleague.id, form="home_visit")
    assert told(call) == {"Kari Kollega", "Lars Leder"}


def out(office: Office) -> Outing:
    return Outing.objects.create(
        employee=office.counsellor, contact=office.colleague, form="home_visit", place="Storgata 1",
        workforce=Placement.objects.get(person=office.counsellor).workforce,
        expected_at=timezone.now() + timedelta(hours=1),
    )  # fmt: skip


def test_for_one_who_is_out_the_contact_and_the_place_follow_from_the_outing(office: Office) -> None:
    out(office)
    call = called(office.counsellor)
    assert told(call) == {"Kari Kollega", "Lars Leder"}
    assert (call.place, call.form) == ("Storgata 1", "home_visit")


def test_whereabouts_outside_go_into_no_report_and_are_forgotten_a_day_after_the_end(office: Office) -> None:
    out(office)
    call = called(office.counsellor)
    with acting_as(office.counsellor.id) as caller:
        incident = services.end_as_incident(
            by=caller, call=call, natures=(Nature.THREATENING_CONDUCT,), severity=3
        )
    assert "Storgata" not in incident.place + incident.what_happened
    jobs.forget()
    call.refresh_from_db()
    assert call.place == "Storgata 1"
    Call.objects.update(ended_at=F("ended_at") - timedelta(hours=25))
    jobs.forget()
    call.refresh_from_db()
    assert call.place == ""


def test_a_room_is_remembered_longer_and_all_of_it_is_removed_after_two_years(office: Office) -> None:
    call = called(office.counsellor, place="Samtalerom 3", form="planned")
    with acting_as(office.counsellor.id) as caller:
        services.end_call(by=caller, call=call, outcome=Outcome.NOT_NEEDED)
    Call.objects.update(ended_at=F("ended_at") - timedelta(days=700))
    jobs.forget()
    call.refresh_from_db()
    assert call.place == "Samtalerom 3"
    Call.objects.update(raised_at=F("raised_at") - timedelta(days=740))
    Recipient.objects.update(told_at=F("told_at") - timedelta(days=740))
    jobs.forget()
    assert not Call.objects.exists()


def test_the_worker_rings_further_when_the_alarm_program_does_not(office: Office) -> None:
    call = called(office.counsellor)
    jobs.watch()
    call.refresh_from_db()
    assert call.ring == 1
    Call.objects.update(next_ring_at=timezone.now())
    jobs.watch()
    jobs.watch()
    call.refresh_from_db()
    assert call.ring == 2


def test_a_county_employee_does_not_wake_every_office(office: Office) -> None:
    neighbour = make_person("Nina Nabo")
    employ(neighbour, unit=office.county, employer=office.directorate)
    assert told(called(office.county_director)) == {"Hanne Hovedverneombud", "Nina Nabo"}


def test_a_department_calls_its_own_and_then_the_office(office: Office) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    caller, neighbour = make_person("Mia Mottak"), make_person("Mons Mottak")
    for person in (caller, neighbour):
        employ(person, unit=department, employer=office.directorate, daily_leader=office.leader)
    call = called(caller)
    assert told(call) == {"Mons Mottak", "Lars Leder", "Olga Officeleder"}  # and their leaders
    rung_further(call, 1)
    assert "Kari Kollega" in told(call, 2)


def test_once_somebody_comes_it_spreads_no_further(office: Office) -> None:
    call = called(office.counsellor)
    state = answered(office.colleague, call, Answer.COMING)
    assert [who["name"] for who in state["coming"]] == ["Kari Kollega"]
    assert state["acknowledged"]
    assert not rung_further(call, 1)


def test_two_screens_of_one_person_answer_once(office: Office) -> None:
    call = called(office.counsellor)
    answered(office.colleague, call, Answer.COMING)
    answered(office.colleague, call, Answer.COMING)
    assert CallEvent.objects.filter(call=call, kind="coming").count() == 1


def test_when_all_have_said_no_the_next_ring_does_not_wait(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=[1, 2, 3, 4, 5, 6, 7])
    call = called(office.counsellor)
    for person in (office.colleague, office.leader, office.office_leader):
        answered(person, call, Answer.CANNOT)
    call.refresh_from_db()
    assert call.next_ring_at <= timezone.now()
    assert call.acknowledged_at is None


def test_a_ring_fires_once_whoever_watches(office: Office) -> None:
    call = called(office.counsellor)
    assert [rung_further(call, 1), rung_further(call, 1)] == [True, False]
    assert [rung_further(call, 2), rung_further(call, 3), rung_further(call, 4)] == [True, True, False]
    call.refresh_from_db()
    assert (call.ring, call.next_ring_at) == (4, None)
    kinds = CallEvent.objects.filter(call=call).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["raised", "rung", "rung", "unanswered"]


def test_a_clock_set_back_since_the_call_delays_no_further_ring(office: Office) -> None:
    call = called(office.counsellor)
    Call.objects.filter(id=call.id).update(raised_at=F("raised_at") + timedelta(hours=1))
    before = timezone.now()
    assert rung_further(call, 1)
    call.refresh_from_db()
    assert call.next_ring_at
    assert before <= call.next_ring_at - timedelta(seconds=40) <= timezone.now()


def test_only_those_who_were_told_may_answer(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=[1, 2, 3, 4, 5, 6, 7])
    call = called(office.counsellor)
    with pytest.raises(DatabaseError, match="not told"):
        answered(office.safety_representative, call, Answer.COMING)


def test_the_caller_tells_more_and_nobody_else_does(office: Office) -> None:
    call = called(office.counsellor, place="Samtalerom 3")
    with acting_as(office.counsellor.id) as caller:
        state = services.describe_call(by=caller, call=call, kind=Kind.THREAT, place=None)
    assert (state["kind"], state["place"]) == ("threat", "Samtalerom 3")
    with acting_as(office.colleague.id) as other, pytest.raises(NotAllowed):
        services.describe_call(by=other, call=call, kind=Kind.VIOLENCE, place=None)


def test_the_caller_or_a_leader_ends_it_and_nobody_else(office: Office) -> None:
    call = called(office.counsellor)
    with acting_as(office.colleague.id) as other, pytest.raises(NotAllowed):
        services.end_call(by=other, call=call, outcome=Outcome.MISTAKE)
    with acting_as(office.leader.id) as leader:
        services.end_call(by=leader, call=call, outcome=Outcome.NOT_NEEDED)
    assert (call.outcome, call.ended_by_id, call.next_ring_at) == ("not_needed", office.leader.id, None)


def test_ended_by_two_at_once_it_keeps_the_first_word(office: Office) -> None:
    call = called(office.counsellor)
    for outcome in (Outcome.MISTAKE, Outcome.NOT_NEEDED):
        with acting_as(office.counsellor.id) as caller:
            services.end_call(by=caller, call=call, outcome=outcome)
    assert (call.outcome, CallEvent.objects.filter(call=call, kind="ended").count()) == ("mistake", 1)


def test_a_drill_cannot_end_as_the_real_thing(office: Office) -> None:
    call = called(office.counsellor, purpose=Purpose.DRILL)
    with acting_as(office.counsellor.id) as caller, pytest.raises(NotPossible):
        services.end_call(by=caller, call=call, outcome=Outcome.REAL)


def test_the_real_thing_becomes_an_incident_with_time_place_and_timeline(office: Office) -> None:
    call = called(office.counsellor, place="Samtalerom 3", form="planned")
    answered(office.colleague, call, Answer.COMING)
    with acting_as(office.counsellor.id) as caller:
        services.end_as_incident(by=caller, call=call, natures=(Nature.THREATENING_CONDUCT,), severity=3)
    call.refresh_from_db()
    incident = Incident.objects.get(id=call.incident_id)
    assert (incident.place, incident.happened_at, incident.form) == (
        "Samtalerom 3",
        call.raised_at,
        "planned",
    )
    assert "Kari Kollega kommer" in incident.what_happened
    assert incident.exposed_id == office.counsellor.id


def test_a_leader_who_ends_it_reports_for_the_one_who_called(office: Office) -> None:
    call = called(office.counsellor)
    with acting_as(office.leader.id) as leader:
        incident = services.end_as_incident(by=leader, call=call, natures=(Nature.BLOW_OR_KICK,), severity=4)
    assert (incident.reporter_id, incident.exposed_id) == (office.leader.id, office.counsellor.id)


def test_a_screen_that_shows_it_is_counted_once_for_its_person(office: Office) -> None:
    call = called(office.counsellor)
    for _screen in range(2):
        shown_to(office.colleague, call)
    with acting_as(office.counsellor.id):
        (state,) = queries.my_calls()
    assert (state["told"], state["reached"]) == (5, 1)


def seen_by(person: Person) -> set[UUID]:
    with acting_as(person.id):
        return set(Call.objects.values_list("id", flat=True))


def test_who_sees_a_call(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=[1, 2, 3, 4, 5, 6, 7])
    elsewhere = make_office("Nav Storevik")
    call = called(office.counsellor)
    for person in (office.counsellor, office.colleague, office.leader, office.safety_representative):
        assert seen_by(person) == {call.id}, person.name
    for person in (office.administrator, office.county_director, elsewhere.leader, office.formal_leader):
        assert seen_by(person) == set(), person.name
