"""While a leader is away somebody else has what falls to the leader, for those days and no longer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.duties import ledger, substitution
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.equipment.tests.factories import item_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.importing.tables import ROLES
from tryggmote.organisation.models import Person, Placement, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def appointed(office: Office, *, first: int = 0, last: int = 6, who: Person | None = None) -> None:
    today = timezone.localdate()
    with acting_as(office.office_leader.id) as by:
        substitution.appoint(
            by=by,
            substitute_id=(who or office.counsellor).id,
            first=today + timedelta(days=first),
            last=today + timedelta(days=last),
        )


def is_asked(person: Person) -> bool:
    return "equipment_due" in {duty.kind for duty in owed_by(person)}


def test_the_substitute_is_asked_for_what_the_leader_is_and_told(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    appointed(office)
    assert is_asked(office.counsellor)
    assert is_asked(office.office_leader)
    assert Notice.objects.filter(person=office.counsellor, kind="duties_stands_in").count() == 1
    with acting_as(office.counsellor.id) as person:
        assert person.led


@pytest.mark.parametrize(("first", "last"), [(1, 7)], ids=["not begun"])
def test_not_before_the_first_day(office: Office, first: int, last: int) -> None:
    item_by(office.office_leader, office.unit)
    appointed(office, first=first, last=last)
    assert not is_asked(office.counsellor)


def test_not_after_the_last_day(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    appointed(office)
    yesterday = timezone.localdate() - timedelta(days=1)
    lent = RoleAssignment.objects.filter(stands_in_for=office.office_leader)
    lent.update(starts_on=yesterday - timedelta(days=7), ends_on=yesterday)
    assert not is_asked(office.counsellor)


def test_the_leader_comes_back_early(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    appointed(office)
    with acting_as(office.office_leader.id) as by:
        substitution.end(by=by, substitute_id=office.counsellor.id)
        assert substitution.stand_ins(by) == []
    assert not is_asked(office.counsellor)


def test_a_substitute_appoints_nobody(office: Office) -> None:
    appointed(office)
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        substitution.appoint(
            by=by,
            substitute_id=office.colleague.id,
            first=timezone.localdate(),
            last=timezone.localdate(),
        )


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 400)])
def test_days_that_cannot_be_are_refused(office: Office, first: int, last: int) -> None:
    with pytest.raises(NotPossible):
        appointed(office, first=first, last=last)
    assert not RoleAssignment.objects.filter(stands_in_for=office.office_leader).exists()


def test_somebody_from_elsewhere_is_refused_and_days_twice_too(office: Office) -> None:
    elsewhere = make_office("Nav Storvik")
    with pytest.raises(NotPossible):
        appointed(office, who=elsewhere.counsellor)
    appointed(office)
    with pytest.raises(NotPossible):
        appointed(office, first=6, last=9)


def test_the_employers_file_neither_knows_of_it_nor_ends_it(office: Office) -> None:
    before = len(ROLES.held())
    appointed(office)
    assert len(ROLES.held()) == before


def test_the_page_says_who_when_and_what_is_wrong(office: Office, client_of: ClientOf) -> None:
    leader, today = client_of(office.office_leader), timezone.localdate()
    wrong = {"who": office.counsellor.id, "first": today, "last": today - timedelta(days=1)}
    answer = leader.post("/gjoremal/stedfortreder/", wrong).content.decode()
    assert "Den siste dagen er før den første." in answer
    leader.post("/gjoremal/stedfortreder/", {**wrong, "last": today + timedelta(days=3)})
    assert office.counsellor.name in leader.get("/gjoremal/stedfortreder/").content.decode()
    leader.post("/gjoremal/stedfortreder/avslutt/", {"who": office.counsellor.id})
    with acting_as(office.office_leader.id) as by:
        assert substitution.stand_ins(by) == []
    assert client_of(office.counsellor).get("/gjoremal/stedfortreder/").status_code == 403


@pytest.mark.parametrize("who", ["lender", "substitute"])
def test_a_lent_role_ends_with_the_role_it_came_from_and_with_the_work_there(
    office: Office, who: str
) -> None:
    appointed(office)
    yesterday = timezone.localdate() - timedelta(days=1)
    if who == "lender":
        own = RoleAssignment.objects.filter(person=office.office_leader, stands_in_for=None)
        own.update(ends_on=yesterday)
    else:
        Placement.objects.filter(person=office.counsellor).update(ends_on=yesterday)
    ledger.bring_up_to_date()
    lent = RoleAssignment.objects.get(stands_in_for=office.office_leader)
    assert lent.ends_on == yesterday


def test_a_role_is_lent_no_longer_than_one_has_it(office: Office) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    RoleAssignment.objects.filter(person=office.office_leader).update(ends_on=tomorrow)
    appointed(office)
    assert RoleAssignment.objects.get(stands_in_for=office.office_leader).ends_on == tomorrow


def test_a_safety_representative_does_not_stand_in_for_the_employer(office: Office) -> None:
    with pytest.raises(NotPossible):
        appointed(office, who=office.safety_representative)
