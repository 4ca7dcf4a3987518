"""A unit's year in one's own calendar: for whoever has the secret, as that person sees it today."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from tryggmote.access.context import acting_as
from tryggmote.forums.services import move
from tryggmote.forums.tests.helpers import called_by
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.tests.factories import building_by
from tryggmote.ui.dates import oslo_midnight, oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


def secret_of(client: Client, office: Office) -> str:
    page = client.post(reverse("cycle:calendar_make", args=[office.unit.id])).content.decode()
    found = re.search(rf"/arshjul/{office.unit.id}/kalender/([\w-]+)\.ics", page)
    assert found is not None
    return found[1]


def address(office: Office, secret: str) -> str:
    return reverse("cycle:calendar", args=[office.unit.id, secret])


def events_at(url: str) -> list[Event]:
    found = Client().get(url)
    assert found["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(found.content).walk("VEVENT"))


def test_a_calendar_program_reads_the_year_and_the_next(office: Office, client_of: ClientOf) -> None:
    building_by(office.office_leader, office.unit)
    secret = secret_of(client_of(office.counsellor), office)
    reviews = [each for each in events_at(address(office, secret)) if "Storgata 4" in each["SUMMARY"]]
    assert [each["DTSTART"].dt.year for each in reviews] == [oslo_today().year, oslo_today().year + 1]
    assert reviews[0]["DTSTART"].dt == oslo_today()
    assert reviews[0]["DTEND"].dt == oslo_today() + timedelta(days=1)
    assert len({str(each["UID"]) for each in reviews}) == 2
    assert str(reviews[0]["URL"]).endswith(reverse("reviews:home"))


def test_a_meeting_stands_at_its_hour(office: Office, client_of: ClientOf) -> None:
    # The first moment the calendar has: an hour ago may have been last year.
    starts_at = oslo_midnight(oslo_today().replace(month=1, day=1))
    meeting = called_by(office.office_leader, office.unit, MeetingKind.STAFF, starts_at=starts_at)
    secret = secret_of(client_of(office.counsellor), office)
    (found,) = [each for each in events_at(address(office, secret)) if str(meeting.id) in each["UID"]]
    assert found["DTSTART"].dt == meeting.starts_at.replace(microsecond=0)


def test_a_meeting_that_is_moved_is_the_same_in_the_calendar(office: Office, client_of: ClientOf) -> None:
    starts_at = timezone.now() + timedelta(days=3)
    meeting = called_by(office.office_leader, office.unit, MeetingKind.STAFF, starts_at=starts_at)
    url = address(office, secret_of(client_of(office.counsellor), office))

    def seen() -> tuple[str, date]:
        (found,) = [each for each in events_at(url) if str(meeting.id) in each["UID"]]
        return str(found["UID"]), found["DTSTART"].dt.date()

    before = seen()
    with acting_as(office.office_leader.id) as by:
        move(by=by, meeting=meeting, starts_at=starts_at + timedelta(days=7), place="")
    assert seen()[0] == before[0]
    assert seen()[1] == before[1] + timedelta(days=7)


def test_what_a_rule_asks_for_has_its_whole_day(office: Office, client_of: ClientOf) -> None:
    secret = secret_of(client_of(office.office_leader), office)
    reviews = [
        each for each in events_at(address(office, secret)) if "Ledelsens gjennomgang" in each["SUMMARY"]
    ]
    assert [each["DTSTART"].dt.year for each in reviews] == [oslo_today().year, oslo_today().year + 1]
    assert all(each["TRANSP"] == "TRANSPARENT" for each in reviews)


def test_the_secret_opens_no_unit_that_its_owner_does_not_see(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Annenvik")
    secret = secret_of(client_of(office.counsellor), office)
    assert Client().get(address(other, secret)).status_code == 404
    assert (
        client_of(office.counsellor).post(reverse("cycle:calendar_make", args=[other.unit.id])).status_code
        == 404
    )
    assert Client().get(address(office, secret)).status_code == 200


def test_a_secret_made_anew_or_never_made_or_of_one_who_left_leads_nowhere(
    office: Office, client_of: ClientOf
) -> None:
    client = client_of(office.counsellor)
    first, second = secret_of(client, office), secret_of(client, office)
    assert Client().get(address(office, first)).status_code == 404
    assert Client().get(address(office, "gjettet")).status_code == 404
    assert Client().get(address(office, second)).status_code == 200
    assert Client().get(reverse("training:calendar", args=[second])).status_code == 200
    Person.objects.filter(id=office.counsellor.id).update(ended_on=oslo_today() - timedelta(days=1))
    assert Client().get(address(office, second)).status_code == 404
