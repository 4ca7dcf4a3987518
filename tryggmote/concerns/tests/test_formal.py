"""Demands and stops of the safety representative: who may what, in which order, and who is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.compliance.thresholds import thresholds
from tryggmote.concerns import formal_services, told
from tryggmote.concerns.duties import KINDS, stopped_where_one_works
from tryggmote.concerns.models import Demand, Stop, StopAct, StopReason, TakenFurther
from tryggmote.concerns.tests.helpers import (
    demand_answered_by,
    demand_is_late,
    demanded_by,
    said_by,
    stop_now,
    stopped_by,
    told_of,
)
from tryggmote.concerns.vocabulary import Body, Deed, DemandState, StopState
from tryggmote.duties.registry import Ongoing, Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.notices.registry import kind_of
from tryggmote.notices.vocabulary import Strength
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def further(person: Person, demand: Demand, body: Body = Body.COMMITTEE) -> TakenFurther:
    with acting_as(person.id) as by:
        found = Demand.objects.select_related("unit", "by").get(id=demand.id)
        return formal_services.take_further(by=by, demand=found, body=body)


def on_now(person: Person) -> list[tuple[str, int] | str]:
    with acting_as(person.id) as signed_in:
        stopped = ["stopped" for _ in stopped_where_one_works(signed_in)]
    return [*stopped, *((duty.kind, duty.urgency) for duty in owed_by(person, *KINDS))]


def test_leaders_are_told_of_a_demand_and_have_a_week(office: Office) -> None:
    demand = demanded_by(office.safety_representative, office.unit)
    assert told_of(told.DEMANDED) == {office.office_leader.id}
    assert demand.due_at - demand.at == timedelta(days=thresholds().demand_days)
    assert on_now(office.office_leader) == [("demand", Urgency.SOON)]


def test_leaders_on_both_lines_are_told(office: Office) -> None:
    municipal = make_person("Mona Municipal")
    assign(municipal, Role.LEADER, office.unit, employer=office.municipality)
    demanded_by(office.safety_representative, office.unit)
    stopped_by(office.safety_representative, office.unit)
    assert told_of(told.DEMANDED) == told_of(told.STOPPED) == {office.office_leader.id, municipal.id}


def test_a_leader_is_asked_only_where_people_of_their_own_line_work(office: Office) -> None:
    municipal = make_person("Mona Municipal")
    assign(municipal, Role.LEADER, office.unit, employer=office.municipality)
    reception = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    demanded_by(office.safety_representative, office.unit)
    assert on_now(municipal) == [("demand", Urgency.SOON)]
    demanded_by(office.safety_representative, reception)
    assert on_now(municipal) == [("demand", Urgency.SOON)]


def test_what_is_owed_leads_to_a_page_one_can_open(
    office: Office, client_of: Callable[[Person], Client]
) -> None:
    demanded_by(office.safety_representative, office.unit)
    stop = stopped_by(office.safety_representative, office.unit)
    owed = [(office.office_leader, duty) for duty in owed_by(office.office_leader, *KINDS)]
    said_by(office.office_leader, stop, Deed.DONE)
    owed += [(office.safety_representative, d) for d in owed_by(office.safety_representative, *KINDS)]
    assert [duty.kind for _, duty in owed] == ["stop", "demand", "stop_to_judge", "demand_unanswered"]
    assert {client_of(person).get(duty.url).status_code for person, duty in owed} == {200}


def test_only_representatives_demand_and_stop(office: Office) -> None:
    for person in (office.counsellor, office.office_leader, office.county_director):
        for act in (demanded_by, stopped_by):
            with pytest.raises(NotAllowed):
                act(person, office.unit)
    for model in (Demand, Stop):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.office_leader.id):
            model.objects.create(unit=office.unit, by=office.office_leader)


def test_the_employer_answers_once_and_the_representative_hears(office: Office) -> None:
    demand = demanded_by(office.safety_representative, office.unit)
    with pytest.raises(NotAllowed):
        demand_answered_by(office.safety_representative, demand)
    answer = demand_answered_by(office.office_leader, demand)
    assert told_of(told.DEMAND_ANSWERED) == {office.safety_representative.id}
    assert demand.at < answer.at or demand.at < Demand.objects.get().answered_at
    with pytest.raises(NotPossible):
        demand_answered_by(office.office_leader, demand)


def test_it_goes_further_when_the_time_is_over_and_not_before(office: Office) -> None:
    demand = demanded_by(office.safety_representative, office.unit)
    with pytest.raises(NotPossible):
        further(office.safety_representative, demand)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.safety_representative.id):
        TakenFurther.objects.create(demand=demand, body=Body.COMMITTEE, by=office.safety_representative)
    demand = demand_is_late(demand)
    assert demand.state is DemandState.LATE
    assert on_now(office.safety_representative) == [("demand_unanswered", Urgency.TODAY)]
    with pytest.raises(NotAllowed):
        further(office.office_leader, demand)
    for _ in range(2):
        further(office.safety_representative, demand)
    further(office.safety_representative, demand, Body.INSPECTORATE)
    assert TakenFurther.objects.count() == 2
    assert Demand.objects.get().state is DemandState.TAKEN_FURTHER
    assert told_of(told.TAKEN_FURTHER) == {office.office_leader.id}


def test_a_stop_is_pushed_to_the_leaders_and_stands_on_now_for_all_who_work_there(office: Office) -> None:
    stopped_by(office.safety_representative, office.unit)
    assert kind_of(told.STOPPED).strength is Strength.AT_ONCE
    assert told_of(told.STOPPED) == {office.office_leader.id}
    assert on_now(office.counsellor) == on_now(office.colleague) == ["stopped"]
    assert on_now(office.office_leader) == ["stopped", ("stop", Urgency.NOW)]
    assert on_now(office.county_director) == []


def test_those_who_work_there_see_what_and_where_and_not_why(office: Office) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    for person, sees_why in (
        (office.counsellor, False),
        (office.office_leader, True),
        (office.chief_safety_representative, True),
    ):
        with acting_as(person.id):
            assert Stop.objects.filter(id=stop.id).exists()
            assert StopReason.objects.exists() is sees_why
    with acting_as(office.county_director.id):
        assert not Stop.objects.exists()


def test_the_leader_makes_it_safe_the_representative_disagrees_and_then_agrees(office: Office) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    said_by(office.office_leader, stop, Deed.DONE)
    assert told_of(told.TO_JUDGE) == {office.safety_representative.id}
    assert ("stop_to_judge", Urgency.NOW) in on_now(office.safety_representative)
    said_by(office.safety_representative, stop, Deed.DISAGREED)
    assert told_of(told.STILL_STOPPED) == {office.office_leader.id}
    said_by(office.office_leader, stop, Deed.DONE)
    said_by(office.safety_representative, stop, Deed.AGREED)
    assert stop_now(stop).state is StopState.ENDED
    assert told_of(told.MAY_BEGIN) == {office.office_leader.id}
    times = list(StopAct.objects.order_by("at").values_list("deed", flat=True))
    assert times == [Deed.DONE, Deed.DISAGREED, Deed.DONE, Deed.AGREED]
    with acting_as(office.counsellor.id):
        assert not Stop.objects.exists()


def test_the_inspectorates_decision_ends_it_whatever_the_representative_thinks(office: Office) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    said_by(office.office_leader, stop, Deed.STAYS)
    assert stop_now(stop).state is StopState.STOPPED
    said_by(office.office_leader, stop, Deed.MAY_BEGIN)
    assert stop_now(stop).state is StopState.ENDED
    with pytest.raises(NotPossible):
        said_by(office.safety_representative, stop, Deed.DISAGREED)


@pytest.mark.parametrize("deed", [Deed.AGREED, Deed.DISAGREED])
def test_a_leader_does_not_agree_for_the_representative(office: Office, deed: Deed) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    said_by(office.office_leader, stop, Deed.DONE)
    with pytest.raises(NotPossible):
        said_by(office.office_leader, stop, deed)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.office_leader.id):
        StopAct.objects.create(stop=stop, deed=deed, text="Ja.", by=office.office_leader)


def test_the_database_keeps_the_order_and_the_times(office: Office) -> None:
    stop = stopped_by(office.safety_representative, office.unit)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.safety_representative.id):
        StopAct.objects.create(stop=stop, deed=Deed.DISAGREED, text="Nei.", by=office.safety_representative)
    with acting_as(office.safety_representative.id):
        StopAct.objects.create(
            stop=stop,
            deed=Deed.AGREED,
            text="Ja.",
            by=office.safety_representative,
            at=stop.at - timedelta(days=1),
        )
    assert stop_now(stop).ended_at > stop.at
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.safety_representative.id):
        Stop.objects.filter(id=stop.id).update(work="Ingenting")


def test_what_stands_on_now_is_drawn_by_a_template_that_is_there(office: Office) -> None:
    stopped_by(office.safety_representative, office.unit)
    with acting_as(office.counsellor.id) as signed_in:
        (shown,) = stopped_where_one_works(signed_in)
    assert isinstance(shown, Ongoing)
    assert shown.context["stop"].work == "Samtaler"
