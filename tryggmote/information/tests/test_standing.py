"""What stands until it ends: for those it concerns, newcomers too, and confirmed by each of them (3.0)."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.duties.registry import Duty
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.information.duties import KINDS
from tryggmote.information.models import Item, Reading
from tryggmote.information.newcomers import tell_newcomers
from tryggmote.information.queries import Receipts, unread_by
from tryggmote.information.rules import confirm_by, read_important_by
from tryggmote.information.services import confirm_about, end_standing, make_known
from tryggmote.information.tests.helpers import KIND, opened_by, read_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, Placement, Unit, UnitKind
from tryggmote.organisation.tests.factories import Office, employ, make_office, make_person, make_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    """It uses the reception, planned meetings, home visits and the telephone."""
    return make_office()


def known_in(office: Office, form: str = "home_visit", **given: Any) -> Item:
    """Something the leader of the office has made known."""
    with acting_as(office.office_leader.id):
        return make_known(
            unit_id=office.unit.id, form=form, kind=KIND, subject_id=new_id(), url="/dokument/",
            context={"title": "To utganger"}, by_id=office.office_leader.id, **given,
        )  # fmt: skip


def confirmed_by(person: Person, item: Item) -> None:
    with acting_as(person.id) as by:
        confirm_about(by=by, subject_id=item.subject_id)


def waiting(office: Office, item: Item) -> set[str]:
    with acting_as(office.office_leader.id):
        ids = Receipts(item).non_reader_ids()
    return set(Person.objects.filter(id__in=ids).values_list("name", flat=True))


def duties(person: Person) -> list[Duty]:
    return owed_by(person, *KINDS)


def told_of(item: Item) -> set[str]:
    return set(Notice.objects.filter(subject_id=item.id).values_list("person__name", flat=True))


def newcomer(office: Office, name: str = "Nina Ny") -> Person:
    person = make_person(name)
    employ(person, unit=office.unit, employer=office.directorate, daily_leader=office.leader)
    return person


def test_it_concerns_those_who_meet_clients_in_the_form_and_their_nearest_leaders(office: Office) -> None:
    team = make_unit("Team telefon", UnitKind.TEAM, parents=(office.unit,))
    Unit.objects.filter(id=team.id).update(meeting_forms=["telephone"])
    caller, archivist = make_person("Tom Telefon"), make_person("Are Arkiv")
    employ(caller, unit=team, employer=office.directorate, daily_leader=office.leader)
    employ(archivist, unit=office.unit, employer=office.directorate, meets_clients=False)
    everybody = {
        person.name
        for person in (
            office.counsellor, office.colleague, office.leader, office.formal_leader,
            office.safety_representative,
        )
    }  # fmt: skip
    item = known_in(office)
    assert waiting(office, item) == told_of(item) == everybody
    assert waiting(office, known_in(office, "telephone")) == everybody | {caller.name}
    assert waiting(office, known_in(office, "")) == everybody | {caller.name}
    assert waiting(office, known_in(office, "driving")) == set()


def test_a_nearest_leader_who_meets_nobody_must_know_and_one_far_above_need_not(office: Office) -> None:
    Placement.objects.filter(person=office.leader).update(meets_clients=False)
    item = known_in(office)
    assert office.leader.name in waiting(office, item)
    assert office.county_director.name not in waiting(office, item)  # who leads the leader


def test_to_open_it_is_not_to_confirm_it(office: Office) -> None:
    item = known_in(office)
    opened_by(office.counsellor, item.subject_id)
    read_by(office.counsellor, item)
    assert not Reading.objects.filter(item=item, person=office.counsellor).exists()
    confirmed_by(office.counsellor, item)
    assert Reading.objects.filter(item=item, person=office.counsellor).exists()
    assert office.counsellor.name not in waiting(office, item)
    assert Notice.objects.get(subject_id=item.id, person=office.counsellor).seen_at


def test_it_is_a_duty_that_never_grows_too_old(office: Office) -> None:
    item = known_in(office)
    Item.objects.filter(id=item.id).update(at=timezone.now() - timedelta(days=500))
    (duty,) = duties(office.counsellor)
    assert duty.title == "Les og bekreft: Nytt: To utganger"
    assert duty.url == item.reading_url
    confirmed_by(office.counsellor, item)
    assert duties(office.counsellor) == []


def test_newcomers_owe_it_too_and_have_as_long_as_everybody_had(office: Office) -> None:
    item = known_in(office)
    long_ago = timezone.now() - timedelta(days=100)
    Item.objects.filter(id=item.id).update(at=long_ago)
    person = newcomer(office)
    today = timezone.localdate()
    Placement.objects.filter(person=person).update(starts_on=today)
    (duty,) = duties(person)
    assert duty.due == confirm_by(long_ago, today)
    assert duty.due > timezone.now() > read_important_by(long_ago)


def test_newcomers_are_told_once(office: Office) -> None:
    item = known_in(office)
    person = newcomer(office)
    assert person.name not in told_of(item)
    assert tell_newcomers() == 1
    assert person.name in told_of(item)
    Notice.objects.update(seen_at=timezone.now())
    assert tell_newcomers() == 0


def test_one_who_has_confirmed_or_left_is_not_told(office: Office) -> None:
    item = known_in(office)
    early, left = newcomer(office), newcomer(office, "Lars Sluttet")
    confirmed_by(early, item)
    Placement.objects.filter(person=left).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert tell_newcomers() == 0


def test_ended_it_concerns_nobody(office: Office) -> None:
    item = known_in(office)
    with acting_as(office.office_leader.id):
        end_standing(subject_id=item.subject_id)
    assert waiting(office, item) == set()
    assert duties(office.counsellor) == []
    newcomer(office)
    assert tell_newcomers() == 0
    with acting_as(office.counsellor.id):
        assert not unread_by(office.counsellor.id).exists()


def test_those_of_another_office_neither_see_nor_confirm_it(office: Office) -> None:
    item = known_in(office)
    stranger = make_office("Nav Storevik").counsellor
    confirmed_by(stranger, item)
    assert not Reading.objects.filter(person=stranger).exists()
