"""What has changed since somebody read the book, from the records' own times: new, changed, gone (3.6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.controls.procedures import end_procedure
from tryggmote.controls.tests.helpers import a_frame, approved_by, in_force, rewritten_by
from tryggmote.controls.tests.test_action_cards import in_force as card_in_force
from tryggmote.handbook.models import Opening
from tryggmote.handbook.tests.helpers import established, news_for, opened_by, opened_then
from tryggmote.handbook.tests.test_what_is_in_it import cancelled_by
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_person
from tryggmote.premises.tests.factories import a_good_room, noted_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def test_what_is_established_is_new_and_what_is_cancelled_has_left(office: Office) -> None:
    old = established(office.office_leader, office.unit, title="Gammel dør")
    since = timezone.now()
    established(office.office_leader, office.unit, title="Ny dør")
    cancelled_by(office.office_leader, old)
    assert news_for(office.counsellor, office.unit, since) == [("Tatt ut", "Gammel dør"), ("Nytt", "Ny dør")]


def test_what_came_and_went_meanwhile_is_told_as_gone(office: Office) -> None:
    since = timezone.now()
    cancelled_by(office.office_leader, established(office.office_leader, office.unit, title="Prøvd"))
    assert news_for(office.counsellor, office.unit, since) == [("Tatt ut", "Prøvd")]


def test_a_procedure_is_new_then_changed_then_gone(office: Office) -> None:
    at = [timezone.now()]
    procedure = in_force(office.office_leader, office.unit, frame=a_frame("Uro"))
    at.append(timezone.now())
    rewritten_by(office.office_leader, procedure, "Ny tekst.")
    approved_by(office.office_leader, procedure)
    at.append(timezone.now())
    assert news_for(office.counsellor, office.unit, at[0]) == [("Nytt", "Uro")]
    assert news_for(office.counsellor, office.unit, at[1]) == [("Endret", "Uro")]
    assert news_for(office.counsellor, office.unit, at[2]) == []
    with acting_as(office.office_leader.id) as by:
        end_procedure(by=by, procedure=procedure, ending_id=new_id(), reason="Gjelder ikke.")
    assert news_for(office.counsellor, office.unit, at[2]) == [("Tatt ut", "Uro")]


def test_a_card_a_room_and_a_person_can_change_too(office: Office) -> None:
    room = a_good_room(office.office_leader, office.unit, "Rom 1")
    since = timezone.now()
    card_in_force(office.office_leader, office.unit, "Døra bak arkivet.")
    noted_by(office.office_leader, room, exits="one")
    assign(make_person("Ny Leder"), Role.LEADER, office.unit, starts_on=timezone.localdate())
    news = news_for(office.counsellor, office.unit, since - timedelta(days=1))
    assert ("Endret", "Vold som pågår") in news
    assert ("Nytt", "Ny Leder") in news
    assert ("Endret", "Rom 1") in news_for(office.counsellor, office.unit, since)


def test_a_role_that_ended_is_told_unless_it_was_renewed(office: Office) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assign(make_person("Gammel Leder"), Role.LEADER, office.unit, ends_on=yesterday)
    renewed = make_person("Samme Leder")
    assign(renewed, Role.LEADER, office.unit, ends_on=yesterday)
    assign(renewed, Role.LEADER, office.unit, starts_on=timezone.localdate())
    news = news_for(office.counsellor, office.unit, timezone.now() - timedelta(days=3))
    assert ("Tatt ut", "Gammel Leder") in news
    assert ("Tatt ut", "Samme Leder") not in news


def test_an_opening_is_one_row_a_person_and_at_most_one_a_day(office: Office) -> None:
    first = opened_by(office.counsellor, office.unit)
    assert opened_by(office.counsellor, office.unit) == first
    (row,) = Opening.objects.all()
    assert (row.person_id, row.unit_id, row.before_at) == (office.counsellor.id, office.unit.id, None)


def test_the_time_before_is_remembered_and_no_more(office: Office) -> None:
    last_month = timezone.now() - timedelta(days=30)
    opened_then(office.counsellor, office.unit, last_month)
    assert opened_by(office.counsellor, office.unit).news_since == last_month
    (row,) = Opening.objects.all()
    assert row.before_at == last_month
    assert row.opened_at > last_month
