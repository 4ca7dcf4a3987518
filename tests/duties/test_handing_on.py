"""A duty can be handed to a colleague who may do it; whoever owes it still answers for it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.duties import ledger, services
from tryggmote.duties.models import Entry, Handing
from tryggmote.duties.owed import Owed
from tryggmote.duties.queries import owed_by_me
from tryggmote.duties.telling import Returned
from tryggmote.equipment.models import Item
from tryggmote.equipment.tests.factories import after_test_by, item_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Placement, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    made = make_office()
    item_by(made.office_leader, made.unit)
    return made


def due_of(person: Person) -> list[Owed]:
    with acting_as(person.id):
        return [owed for owed in owed_by_me() if owed.kind == "equipment_due"]


def handed(giver: Person, receiver: Person) -> None:
    with acting_as(giver.id) as by:
        chosen = [owed for owed in owed_by_me() if owed.kind == "equipment_due"]
        services.hand_on(by=by, owed=chosen, to_person_id=receiver.id)


def test_both_see_it_and_who_has_it(office: Office) -> None:
    handed(office.office_leader, office.counsellor)
    (given,) = due_of(office.office_leader)
    (received,) = due_of(office.counsellor)
    assert (given.handed_to, given.handed_by) == (office.counsellor.name, "")
    assert (received.handed_to, received.handed_by) == ("", office.office_leader.name)
    assert Notice.objects.filter(person=office.counsellor, kind="duties_handed_on").count() == 1


def test_to_hand_on_twice_is_to_hand_on_once(office: Office) -> None:
    handed(office.office_leader, office.counsellor)
    handed(office.office_leader, office.counsellor)
    assert Handing.objects.count() == 1


def test_it_is_gone_for_both_when_it_is_done(office: Office) -> None:
    handed(office.office_leader, office.counsellor)
    after_test_by(office.counsellor, Item.objects.get())
    assert due_of(office.office_leader) == due_of(office.counsellor) == []


def test_either_undoes_it(office: Office) -> None:
    handed(office.office_leader, office.counsellor)
    with acting_as(office.office_leader.id) as by:
        (owed,) = (each for each in owed_by_me() if each.kind == "equipment_due")
        services.take_back(by=by, owed=owed)
    assert due_of(office.counsellor) == []
    handed(office.office_leader, office.counsellor)
    (received,) = due_of(office.counsellor)
    assert received.handing_id
    with acting_as(office.counsellor.id) as by:
        services.give_back(by=by, handing_ids=[received.handing_id])
    assert due_of(office.counsellor) == []
    assert due_of(office.office_leader)[0].handed_to == ""


@pytest.mark.parametrize("to", ["county_director", "office_leader"])
def test_only_those_who_may_do_it_are_chosen_and_not_oneself(office: Office, to: str) -> None:
    with pytest.raises(NotPossible):
        handed(office.office_leader, getattr(office, to))
    assert not Handing.objects.exists()


def test_one_hands_on_only_what_one_owes(office: Office) -> None:
    (owed,) = due_of(office.office_leader)
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        services.hand_on(by=by, owed=[owed], to_person_id=office.colleague.id)


def test_what_one_has_been_handed_goes_no_further(office: Office) -> None:
    handed(office.office_leader, office.counsellor)
    with pytest.raises(NotPossible):
        handed(office.counsellor, office.colleague)


def test_the_page_hands_on_what_is_chosen_and_now_shows_it_no_more(
    office: Office, client_of: ClientOf
) -> None:
    leader = client_of(office.office_leader)
    key = f"equipment_due:{office.unit.id}"
    assert f'value="{key}"' in leader.get("/gjoremal/").content.decode()
    choosing = leader.get("/gjoremal/gi-videre/", {"valgt": key})
    assert office.counsellor.name in choosing.content.decode()
    leader.post("/gjoremal/gi-videre/", {"valgt": key, "to": office.counsellor.id})
    assert "Test sikkerhetsutstyr" not in leader.get("/").content.decode()
    assert f"Gitt til {office.counsellor.name}" in leader.get("/gjoremal/").content.decode()
    assert f"Fra {office.office_leader.name}" in client_of(office.counsellor).get("/").content.decode()


def test_without_a_colleague_the_form_says_what_to_do(office: Office, client_of: ClientOf) -> None:
    key = f"equipment_due:{office.unit.id}"
    answer = client_of(office.office_leader).post("/gjoremal/gi-videre/", {"valgt": key})
    assert "Velg hvem som skal gjøre det." in answer.content.decode()
    assert not Handing.objects.exists()


def moved_away(office: Office) -> None:
    elsewhere = make_office("Nav Storvik")
    workforce = Placement.objects.filter(person=elsewhere.counsellor)[0].workforce
    Placement.objects.filter(person=office.counsellor).update(workforce=workforce)


def left(office: Office) -> None:
    Person.objects.filter(id=office.counsellor.id).update(ended_on=timezone.localdate() - timedelta(days=1))


@pytest.mark.parametrize("goes", [moved_away, left])
def test_what_was_handed_to_somebody_who_is_there_no_more_comes_back_and_whoever_owes_it_is_told(
    office: Office, goes: Callable[[Office], None]
) -> None:
    handed(office.office_leader, office.counsellor)
    goes(office)
    told = ledger.bring_up_to_date()
    assert Returned(office.office_leader.id, 1) in told
    assert not [each for each in ledger.bring_up_to_date() if isinstance(each, Returned)]
    (owed,) = due_of(office.office_leader)
    assert owed.handed_to == ""
    assert Handing.objects.get().taken_back_at
    assert Notice.objects.filter(person=office.office_leader, kind="duties_returned").count() == 1
    handed(office.office_leader, office.colleague)
    assert due_of(office.office_leader)[0].handed_to == office.colleague.name


def test_what_a_leader_was_handed_goes_back_when_they_lead_there_no_more(office: Office) -> None:
    entry = Entry.objects.create(
        kind="equipment_due", subject=str(office.unit.id), person=office.office_leader, unit=office.unit
    )
    Handing.objects.create(entry=entry, to_person=office.county_director, by=None)
    assert not [each for each in ledger.bring_up_to_date() if isinstance(each, Returned)]
    RoleAssignment.objects.filter(person=office.county_director).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert Returned(office.office_leader.id, 1) in ledger.bring_up_to_date()
