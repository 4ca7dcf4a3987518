"""Nothing is forgotten: what is owed begins once, ends when done, is told of, and goes further when late."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.duties import ledger
from tryggmote.duties.kinds import Receiver, kinds
from tryggmote.duties.models import Entry, Escalation, Handing
from tryggmote.duties.telling import LateBelow, Reminder, TakenOver, Told
from tryggmote.equipment import services
from tryggmote.equipment.models import Item
from tryggmote.equipment.tests.factories import after_test_by, item_by
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import OSLO

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def at(hour: int = 12, *, days: int = 0) -> datetime:
    """A moment today in Oslo, or so many days from it."""
    day = timezone.localdate() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)


def of(person: Person, told: list[Told]) -> list[Told]:
    return [each for each in told if each.person_id == person.id]


def open_entries(kind: str = "equipment_due") -> list[int]:
    return sorted(Entry.objects.filter(kind=kind, ended_at=None).values_list("person_id", flat=True))


def due_in(item: Item, days: int) -> None:
    """Let an item never tested be due in so many days."""
    Item.objects.filter(id=item.id).update(in_use_from=timezone.localdate() + timedelta(days=days))


def test_what_is_owed_is_noted_once_and_ends_when_it_is_done(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    for _ in range(3):
        ledger.bring_up_to_date(at(3))
    assert open_entries() == [office.office_leader.id]
    after_test_by(office.counsellor, item)
    ledger.bring_up_to_date(at(4))
    assert open_entries() == []
    assert Entry.objects.filter(kind="equipment_due").count() == 1


def test_the_same_thing_next_year_is_a_new_row(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    ledger.bring_up_to_date(at(3))
    after_test_by(office.counsellor, item)
    ledger.bring_up_to_date(at(3))
    item_by(office.office_leader, office.unit, name="En til")
    ledger.bring_up_to_date(at(3))
    assert Entry.objects.filter(kind="equipment_due").count() == 2
    assert open_entries() == [office.office_leader.id]


def test_one_is_reminded_a_week_before_on_the_day_and_after_it_and_of_each_once(office: Office) -> None:
    due_in(item_by(office.office_leader, office.unit), 9)
    heard = [of(office.office_leader, ledger.bring_up_to_date(at(days=day))) for day in range(12)]
    told = {day: [*map(str, words)] for day, words in enumerate(heard) if words}
    reminder = office.office_leader.id
    assert told == {
        3: [str(Reminder(reminder, soon=1, today=0, late=0))],
        9: [str(Reminder(reminder, soon=0, today=1, late=0))],
        10: [str(Reminder(reminder, soon=0, today=0, late=1))],
    }


def test_nobody_is_reminded_at_night(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    assert of(office.office_leader, ledger.bring_up_to_date(at(5))) == []
    assert of(office.office_leader, ledger.bring_up_to_date(at(6))) != []


def test_a_later_deadline_is_reminded_of_anew(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    ledger.bring_up_to_date(at())
    due_in(item, 2)
    told = of(office.office_leader, ledger.bring_up_to_date(at()))
    assert told == [Reminder(office.office_leader.id, soon=1, today=0, late=0)]


def test_what_is_a_week_late_goes_to_the_leader_above_on_the_same_line_and_then_to_the_next(
    office: Office,
) -> None:
    item = item_by(office.office_leader, office.unit)
    due_in(item, -1)
    ledger.bring_up_to_date(at())
    assert of(office.county_director, ledger.bring_up_to_date(at(days=6))) == []
    told = ledger.bring_up_to_date(at(days=7))
    above = {each.person_id for each in told if isinstance(each, LateBelow)}
    assert above
    assert office.office_leader.id not in above
    assert {
        each.person_id for each in ledger.bring_up_to_date(at(days=8)) if isinstance(each, LateBelow)
    } == set()
    assert Escalation.objects.filter(entry__kind="equipment_due").count() == len(above)
    after_test_by(office.counsellor, item)
    ledger.bring_up_to_date(at(days=9))
    assert not Escalation.objects.filter(entry__kind="equipment_due", entry__ended_at=None).exists()


def test_what_has_no_deadline_is_never_late_and_goes_no_further(office: Office) -> None:
    item = item_by(office.office_leader, office.unit)
    Item.objects.filter(id=item.id).update(is_failing=True)
    ledger.bring_up_to_date(at())
    assert open_entries("equipment_failing") == [office.office_leader.id]
    told = ledger.bring_up_to_date(at(days=30))
    assert not Escalation.objects.filter(entry__kind="equipment_failing").exists()
    assert not [each for each in of(office.county_director, told) if isinstance(each, LateBelow)]


def test_whoever_takes_the_role_takes_over_and_is_told(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    ledger.bring_up_to_date(at(3))
    newcomer = office.counsellor
    roles = RoleAssignment.objects.filter(person=office.office_leader, role="office_leader")
    roles.update(person=newcomer)
    (told,) = of(newcomer, ledger.bring_up_to_date(at(4)))
    assert isinstance(told, TakenOver)
    entry = Entry.objects.get(kind="equipment_due", ended_at=None)
    assert (entry.person_id, entry.came_from_id) == (newcomer.id, office.office_leader.id)
    assert Notice.objects.filter(person=newcomer, kind="duties_taken_over").count() == 1


def test_what_somebody_leaves_behind_is_handed_to_those_who_lead_the_unit(office: Office) -> None:
    item_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by:
        services.choose_responsible(
            by=by, unit_id=office.unit.id, chosen={"portable_alarm": office.counsellor.id}
        )
    ledger.bring_up_to_date(at(3))
    Person.objects.filter(id=office.counsellor.id).update(ended_on=timezone.localdate() - timedelta(days=1))
    (told,) = of(office.office_leader, ledger.bring_up_to_date(at(4)))
    assert isinstance(told, TakenOver)
    assert ledger.bring_up_to_date(at(4)) == []
    assert Handing.objects.get(entry__kind="equipment_due").by_id is None


def test_people_see_only_what_they_owe_are_handed_or_have_been_told_is_late(office: Office) -> None:
    due_in(item_by(office.office_leader, office.unit), -10)
    ledger.bring_up_to_date(at())
    ledger.bring_up_to_date(at(days=7))
    told = set(Escalation.objects.values_list("to_person_id", flat=True))
    for person in (office.counsellor, office.safety_representative, office.office_leader, office.leader):
        with acting_as(person.id):
            seen = Entry.objects.filter(kind="equipment_due").exists()
        assert seen == (person.id in {office.office_leader.id, *told}), person.name


@pytest.mark.parametrize(
    "day", [date(2028, 2, 29), date(2027, 3, 28), date(2027, 10, 31)], ids=["leap day", "spring", "autumn"]
)
def test_the_end_of_a_day_is_midnight_in_oslo_also_when_clocks_change(day: date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select app.end_of(%s)", [day])
        end = cursor.fetchone()[0].astimezone(OSLO)
    assert (end.date(), end.hour) == (day + timedelta(days=1), 0)


def test_what_was_long_overdue_when_it_came_goes_up_one_step_a_week(office: Office) -> None:
    due_in(item_by(office.office_leader, office.unit), -60)
    for _run in range(5):
        ledger.bring_up_to_date(at())
    assert not Escalation.objects.exists()
    for _run in range(5):
        ledger.bring_up_to_date(at(days=7))
    steps = Escalation.objects.filter(entry__kind="equipment_due").values_list("at", flat=True).distinct()
    assert len(steps) == 1


def test_who_leads_there_no_more_sees_no_longer_who_is_late(office: Office) -> None:
    due_in(item_by(office.office_leader, office.unit), -1)
    ledger.bring_up_to_date(at())
    ledger.bring_up_to_date(at(days=7))
    told = Escalation.objects.filter(entry__kind="equipment_due").values_list("to_person_id", flat=True)
    RoleAssignment.objects.filter(person_id__in=list(told)).delete()
    ledger.bring_up_to_date(at(4, days=8))
    assert not Escalation.objects.filter(entry__kind="equipment_due").exists()


def test_two_who_owe_things_of_the_same_name_take_nothing_over_from_each_other(office: Office) -> None:
    """What is read in the feed is "feed" for everybody."""
    ledger.bring_up_to_date(at(3))
    Entry.objects.create(
        kind="information_unread", subject="feed", person=office.counsellor, unit=office.unit
    )
    told = ledger.bring_up_to_date(at(4))
    assert [each for each in told if isinstance(each, TakenOver)] == []


def test_what_is_private_to_somebody_who_leaves_is_handed_to_nobody(office: Office) -> None:
    ledger.bring_up_to_date(at(3))
    private = [kind.code for kind in kinds().values() if kind.goes_to is Receiver.NOBODY]
    Person.objects.filter(id=office.counsellor.id).update(ended_on=timezone.localdate() - timedelta(days=1))
    ledger.bring_up_to_date(at(4))
    assert not Handing.objects.filter(entry__kind__in=private).exists()


def test_what_only_a_newer_version_knows_of_is_neither_ended_nor_told_of_by_an_older_one(
    office: Office,
) -> None:
    newer = Entry.objects.create(
        kind="known_from_tomorrow",
        subject="it",
        person=office.office_leader,
        unit=office.unit,
        due_at=at(days=-1),
        opened_at=at(days=-9),
    )
    assert of(office.office_leader, ledger.bring_up_to_date(at())) == []
    newer.refresh_from_db()
    assert (newer.ended_at, newer.reminded) == (None, 0)
    assert not newer.escalations.exists()


def test_a_page_of_an_older_version_leaves_out_what_it_has_no_words_for(
    office: Office, client_of: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    item_by(office.office_leader, office.unit)
    client = client_of(office.office_leader)
    assert "Test sikkerhetsutstyr" in client.get("/").content.decode()
    older = {code: kind for code, kind in kinds().items() if code != "equipment_due"}
    monkeypatch.setattr("tryggmote.duties.kinds._kinds", older)
    page = client.get("/")
    assert page.status_code == 200
    assert "Test sikkerhetsutstyr" not in page.content.decode()
