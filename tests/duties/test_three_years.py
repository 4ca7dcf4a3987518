"""Three years, day by day: leap day, summer time and holidays come and go, and each test is asked for once.

The database's day is set to the simulated one, and the ledger is run each morning as the worker runs it.
"""

from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection

from tryggmote.duties import ledger
from tryggmote.duties.models import Entry, Escalation, Reminded
from tryggmote.equipment.models import Item
from tryggmote.equipment.tests.factories import item_by
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.ui.dates import OSLO

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

FIRST, LAST = date(2027, 1, 1), date(2029, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
# What ended more than two years ago is forgotten (`ledger.sql`).
KEPT_FROM = LAST - relativedelta(years=2) + timedelta(days=1)


@pytest.fixture(autouse=True)
def simulated_day() -> None:
    """The database asks the test what day it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create or replace function app.today() returns date language sql stable parallel safe "
            "return current_setting('simulated.today')::date"
        )


def morning_of(day: date) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select set_config('simulated.today', %s, false)", [day.isoformat()])
    return datetime(day.year, day.month, day.day, 7, tzinfo=OSLO)


def office_with_item(name: str, months: int) -> tuple[Office, Item]:
    """An office with one thing that was tested on New Year's Day."""
    office = make_office(name)
    RoleAssignment.objects.update(starts_on=date(2020, 1, 1))
    item = item_by(office.office_leader, office.unit, interval_months=months)
    Item.objects.filter(id=item.id).update(in_use_from=FIRST, passed_on=FIRST, tested_at=morning_of(FIRST))
    return office, item


def test_whoever_tests_on_the_day_is_asked_once_each_time_reminded_twice_and_never_late() -> None:
    morning_of(FIRST)
    office, item = office_with_item("Nav Lillevik", months=3)
    for day in DAYS:
        ledger.bring_up_to_date(morning_of(day))
        if Item.objects.get(id=item.id).due_on == day:
            Item.objects.filter(id=item.id).update(passed_on=day)
    entries = Entry.objects.filter(kind="equipment_due", unit=office.unit, due_at__lt=morning_of(LAST))
    ended = [
        (entry.due_at - timedelta(hours=1), entry.ended_at - timedelta(days=1), entry.reminded)
        for entry in entries.order_by("due_at")
        if entry.due_at and entry.ended_at
    ]
    days = [(due.astimezone(OSLO).date(), done.astimezone(OSLO).date(), how) for due, done, how in ended]
    assert days == [(day, day, Reminded.TODAY) for day in done_in_time(months=3) if KEPT_FROM <= day < LAST]
    assert not Escalation.objects.filter(entry__kind="equipment_due").exists()


def done_in_time(*, months: int) -> list[date]:
    """The days on which something tested every so many months is tested, told without the product's rules."""
    found, day = [], FIRST + relativedelta(months=months)
    while day <= LAST:
        found.append(day)
        day += relativedelta(months=months)
    return found


def test_what_nobody_does_is_one_row_that_goes_up_the_line_and_stays() -> None:
    morning_of(FIRST)
    office, _item = office_with_item("Nav Storvik", months=12)
    for day in DAYS:
        ledger.bring_up_to_date(morning_of(day))
    entry = Entry.objects.get(kind="equipment_due", unit=office.unit)
    assert (entry.ended_at, entry.reminded) == (None, Reminded.LATE)
    told = {told.to_person_id: told.at.astimezone(OSLO).date() for told in entry.escalations.all()}
    due = FIRST + relativedelta(months=12)
    assert min(told.values()) == due + timedelta(days=8), "a week after the end of the day it was due"
    assert told[office.county_director.id] > due
    assert office.office_leader.id not in told


def test_the_ledger_says_each_day_what_the_views_say() -> None:
    morning_of(FIRST)
    for number, months in enumerate((1, 3, 6)):
        office_with_item(f"Nav {number}", months=months)
    for day in DAYS[::13]:
        # What one run takes further is itself something a leader owes, noted by the next.
        while ledger.bring_up_to_date(morning_of(day)):
            pass
        ledger.bring_up_to_date(morning_of(day))
        with connection.cursor() as cursor:
            cursor.execute(
                "select kind, owed, n from (select kind, subject, person_id, due_at from duty_all) owed "
                "full join (select * from duties_entry where ended_at is null) n "
                "using (kind, subject, person_id) where owed.due_at is distinct from n.due_at "
                "or owed is null or n is null"
            )
            assert cursor.fetchall() == [], day
        tested = day - timedelta(days=day.toordinal() % 40)
        Item.objects.filter(passed_on__lt=tested - timedelta(days=60)).update(passed_on=tested)
