"""Ways that help would not come: each was found in review, and must not come back."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.assistance import jobs, outside, pushing, services
from tryggmote.assistance.models import Call, Recipient, Responder, UsualPlace
from tryggmote.assistance.requests import CallRequest
from tryggmote.assistance.tests.test_acts import answered, called, rung_further, told
from tryggmote.assistance.vocabulary import Answer, Outcome
from tryggmote.assistance.whereabouts import places_of
from tryggmote.encounters.models import Meeting
from tryggmote.organisation.models import Person, Placement, UnitKind, Workforce
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import (
    LONG_AGO,
    Office,
    assign,
    employ,
    make_office,
    make_person,
    make_unit,
    workforce_of,
)

pytestmark = pytest.mark.django_db
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


@pytest.fixture
def office() -> Office:
    return make_office()


def _works_at(person: Person, workforce: Workforce) -> None:
    Placement.objects.create(person=person, workforce=workforce, starts_on=LONG_AGO, is_primary=False)


def test_when_the_only_one_who_came_cannot_after_all_the_call_spreads_again(office: Office) -> None:
    call = called(office.counsellor)
    answered(office.colleague, call, Answer.COMING)
    state = answered(office.colleague, call, Answer.CANNOT)
    assert not state["acknowledged"], "nobody is coming"
    assert rung_further(call, 1)


def test_a_call_that_reaches_nobody_at_first_does_not_wait(office: Office) -> None:
    alone = make_person("Ann Alene")
    team = make_unit("Team alene", UnitKind.TEAM, parents=(office.county,))
    employ(alone, unit=team, employer=office.directorate)
    call = called(alone)
    assert told(call) == set()
    assert call.next_ring_at <= timezone.now()


def test_one_who_is_to_be_told_first_and_calls_herself_is_still_heard_by_the_unit(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=EVERY_DAY)
    assert told(called(office.colleague)) != set()


def test_a_responder_who_works_elsewhere_now_is_not_told_first(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=EVERY_DAY)
    yesterday = timezone.localdate() - timedelta(days=1)
    Placement.objects.filter(person=office.colleague).update(ends_on=yesterday)
    other = make_office("Nav Storevik")
    _works_at(office.colleague, workforce_of(other.unit, other.directorate))
    assert "Vilde Verneombud" in told(called(office.counsellor))


def test_leaders_are_always_told_as_the_page_says(office: Office) -> None:
    Responder.objects.create(unit=office.unit, person=office.colleague, weekdays=EVERY_DAY)
    assert {"Lars Leder", "Olga Officeleder"} <= told(called(office.counsellor))


def test_where_a_coordinator_has_left_the_countys_director_is_told(office: Office) -> None:
    gone = make_person("Siv Sluttet")
    assign(gone, Role.COUNTY_SECURITY_COORDINATOR, office.county)
    Person.objects.filter(id=gone.id).update(ended_on="2020-01-01")
    call = called(office.counsellor)
    rung_further(call, 1)
    rung_further(call, 2)
    assert told(call, 3) == {"Fredrik Fylkesdirektør"}


def test_the_meeting_one_is_in_says_which_unit_comes_whatever_page_is_open(office: Office) -> None:
    other = make_office("Nav Storevik")
    _works_at(office.counsellor, workforce_of(other.unit, other.directorate))
    here = workforce_of(office.unit, office.directorate)
    Meeting.objects.create(
        owner=office.counsellor,
        workforce=here,
        starts_at=timezone.now(),
        form="planned",
        place="Samtalerom 3",
    )
    assert called(office.counsellor, unit=other.unit.id).unit_id == office.unit.id


def test_a_guard_calls_where_all_employees_belong_to_departments(office: Office) -> None:
    big = make_unit("Nav Storby", parents=(office.county,))
    department = make_unit("Mottak Storby", UnitKind.DEPARTMENT, parents=(big,))
    employ(make_person("Mons Mottak"), unit=department, employer=office.directorate)
    guard = make_person("Gard Guard")
    assign(guard, Role.GUARD, big)
    assert "Mons Mottak" in told(called(guard, unit=big.id))


def test_an_address_of_a_home_visit_is_not_offered_to_colleagues(office: Office) -> None:
    placed = Placement.objects.get(person=office.counsellor)
    Meeting.objects.create(
        owner=office.counsellor, workforce=placed.workforce, starts_at=timezone.now(), form="home_visit",
        place="Klientveien 7",
    )  # fmt: skip
    assert called(office.counsellor).place == "Klientveien 7"
    with acting_as(office.colleague.id) as colleague:
        assert "Klientveien 7" not in places_of(colleague)


def test_a_place_with_a_line_break_does_not_stop_the_mail(
    office: Office, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.EMAIL_HOST = "mail.example"
    UsualPlace.objects.create(person=office.counsellor, place="Plass 12\nved vinduet")
    called(office.counsellor)
    Recipient.objects.update(told_at=timezone.now() - timedelta(seconds=10))
    outside.tell_those_not_reached()
    assert len(mailoutbox) == 5


def test_the_night_job_removes_calls_that_are_outlived(office: Office) -> None:
    call = called(office.counsellor)
    long_ago = timezone.now() - timedelta(days=800)
    Call.objects.filter(id=call.id).update(raised_at=long_ago)
    Recipient.objects.update(told_at=long_ago)
    jobs.forget()
    assert not Call.objects.filter(id=call.id).exists()


def test_one_call_that_cannot_be_spread_does_not_hold_up_the_others(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = called(office.counsellor), called(office.leader)
    past = timezone.now() - timedelta(seconds=1)
    Call.objects.filter(id__in=[first.id, second.id]).update(next_ring_at=past)
    with connection.cursor() as cursor:
        cursor.execute(
            "create function pg_temp.fail() returns trigger language plpgsql as "
            f"$$ begin if new.id = '{first.id}' then raise 'broken'; end if; return new; end $$"
        )
        cursor.execute(
            "create trigger aaa_fail before update on assistance_call for each row "
            "execute function pg_temp.fail()"
        )
    jobs.watch()
    second.refresh_from_db()
    assert second.ring == 2


def test_a_push_address_that_http_clients_read_otherwise_is_refused() -> None:
    assert not pushing.is_push_service("https://169.254.169.254\\.push.apple.com/x")


def test_pressing_again_on_a_page_gone_back_to_is_another_call(
    office: Office, client_of: Callable[[Person], Client]
) -> None:
    """Without script the same form has the same id, and the call of that id may be over."""
    call = called(office.counsellor)
    with acting_as(office.counsellor.id) as caller:
        services.end_call(by=caller, call=call, outcome=Outcome.MISTAKE)
    client_of(office.counsellor).post(reverse("assistance:raise"), {"id": str(call.id)})
    assert Call.objects.filter(caller=office.counsellor, ended_at=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_hangs_in_the_middle_of_a_step_holds_up_no_other_call() -> None:
    """Steps wait for each other until commit: whoever hangs there is cut off, and may do it again."""
    office, elsewhere = make_office(), make_office("Nav Storevik")
    call = called(office.counsellor)
    ended, let_go = Event(), Event()
    cut_off: list[Exception] = []

    def hanging_page() -> None:
        try:
            with acting_as(office.counsellor.id) as caller:
                services.end_call(by=caller, call=Call.objects.get(id=call.id), outcome=Outcome.MISTAKE)
                ended.set()
                let_go.wait(300)
        except DatabaseError as error:
            cut_off.append(error)
        finally:
            connections.close_all()

    page = Thread(target=hanging_page)
    page.start()
    assert ended.wait(120)
    try:
        with acting_as(elsewhere.counsellor.id), connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = '120s'")
            services.raise_call(CallRequest(id=new_id()))
    finally:
        let_go.set()
        page.join()
    call.refresh_from_db()
    assert (Call.objects.count(), call.is_open, len(cut_off)) == (2, True, 1)
