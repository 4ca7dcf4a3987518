"""Help is called for somebody who is out alone and has not answered (AML § 4-1 third paragraph, 3.3)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from tryggmote.assistance import lone_working
from tryggmote.assistance.lone_working import call_for_overdue
from tryggmote.assistance.models import Call, Recipient
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_escalation import tell_overdue
from tryggmote.encounters.outing_rules import Step
from tryggmote.encounters.tests.outing_stories import ADDRESS, back, gone_out, well
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def overdue(office: Office, minutes: int = 30) -> Outing:
    """The leaders have been told; `minutes` have passed since the agreed time."""
    outing = gone_out(office)
    tell_overdue(now=outing.expected_at + timedelta(minutes=minutes))
    outing.refresh_from_db()
    return outing


def half_past(outing: Outing):
    return outing.expected_at + timedelta(minutes=30)


def test_after_thirty_minutes_contact_and_leaders_are_called_to_where_they_are(
    office: Office,
) -> None:
    outing = overdue(office)
    assert call_for_overdue(now=outing.expected_at + timedelta(minutes=29)) == 0
    assert call_for_overdue(now=half_past(outing)) == 1
    call = Call.objects.get()
    assert (call.id, call.caller_id, call.place, call.form) == (
        outing.overdue_id, office.counsellor.id, ADDRESS, "home_visit"
    )  # fmt: skip
    told = set(Recipient.objects.filter(call=call).values_list("person__name", flat=True))
    assert told == {"Kari Kollega", "Lars Leder"}
    outing.refresh_from_db()
    assert (outing.step, outing.next_step_at) == (Step.CALL, None)


def test_help_is_called_once(office: Office) -> None:
    outing = overdue(office)
    assert [call_for_overdue(now=half_past(outing)) for _ in range(2)] == [1, 0]
    assert Call.objects.count() == 1


@pytest.mark.parametrize("answer", [well, back])
def test_nobody_is_called_for_one_who_has_answered(office: Office, answer) -> None:
    outing = overdue(office)
    answer(office.counsellor, outing)
    assert call_for_overdue(now=half_past(outing)) == 0
    assert not Call.objects.exists()


def test_when_a_new_time_passes_too_help_is_called_once_more(office: Office) -> None:
    first = overdue(office)
    call_for_overdue(now=half_past(first))
    second = well(office.counsellor, first)
    tell_overdue(now=half_past(second))
    assert call_for_overdue(now=half_past(second)) == 1
    assert Call.objects.count() == 2


def test_being_killed_between_the_call_and_the_mark_calls_once(office: Office, monkeypatch) -> None:
    outing = overdue(office)

    def killed(_outing: Outing) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(lone_working.outings, "mark_called", killed)
        with pytest.raises(KeyboardInterrupt):
            call_for_overdue(now=half_past(outing))
    assert not Call.objects.exists()
    assert call_for_overdue(now=half_past(outing)) == 1


def test_one_who_has_left_holds_nobody_else_back(office: Office) -> None:
    gone = overdue(office)
    Person.objects.filter(id=office.counsellor.id).update(ended_on="2020-01-01")
    other = overdue(make_office("Nav Storevik"))
    assert call_for_overdue(now=half_past(other) + timedelta(minutes=1)) == 1
    assert Call.objects.get().id == other.overdue_id
    assert gone.overdue_id != other.overdue_id


@pytest.mark.django_db(transaction=True)
def test_watchers_who_look_at_the_same_moment_call_once() -> None:
    outing = overdue(make_office())
    start, found = threading.Barrier(4), []

    def look() -> None:
        try:
            start.wait()
            found.append(call_for_overdue(now=half_past(outing)))
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 1]
    assert Call.objects.count() == 1
