"""Moving what is planned in the year: by those who lead the unit, no later than the rule behind it says."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotPossible
from tryggmote.cycle import moving
from tryggmote.cycle.rules import last_day_to_move_to
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.rules import exercised_until
from tryggmote.exercises.tests import factories as exercising
from tryggmote.forums.models import Meeting
from tryggmote.forums.tests.helpers import called_by, held_by
from tryggmote.forums.vocabulary import MeetingKind
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.tests.plan_helpers import held_by as session_by
from tryggmote.ui.dates import OSLO, oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@pytest.fixture
def office() -> Office:
    return make_office()


def address(office: Office, named: str) -> str:
    return f"{reverse('cycle:move', args=[office.unit.id])}?hva={named}"


def in_days(days: int) -> datetime:
    """Noon in Oslo, so many days from now."""
    day = oslo_today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)


def typed(moment: datetime) -> dict[str, str]:
    return {"starts_at": f"{moment.astimezone(OSLO):%Y-%m-%dT%H:%M}"}


def review_called(office: Office, starts_at: datetime) -> Meeting:
    """The management's next review, with the last one held three hundred days ago."""
    kind = MeetingKind.MANAGEMENT_REVIEW
    last = called_by(office.office_leader, office.unit, kind, starts_at=in_days(-300))
    held_by(office.office_leader, last, office.office_leader, office.safety_representative)
    return called_by(office.office_leader, office.unit, kind, starts_at=starts_at)


@given(last_on=DAYS, stands_on=DAYS, today=DAYS)
def test_moving_makes_nothing_later_than_the_rule_or_than_it_stands(
    last_on: date, stands_on: date, today: date
) -> None:
    limit = last_day_to_move_to(last_on=last_on, stands_on=stands_on, today=today)
    assert limit in (last_on, stands_on)
    assert stands_on <= limit


def test_without_a_rule_a_year_ahead_is_far_enough_also_from_a_leap_day() -> None:
    leap = date(2028, 2, 29)
    assert last_day_to_move_to(last_on=None, stands_on=leap, today=leap) == date(2029, 2, 28)


def test_an_exercise_is_moved_within_a_year_of_the_last_and_those_in_it_are_told(
    office: Office, client_of: ClientOf
) -> None:
    before = exercising.planned_by(office.office_leader, office.unit, office.counsellor)
    exercising.held_by(office.office_leader, before, office.office_leader)
    exercise = exercising.planned_by(office.office_leader, office.unit, office.counsellor)
    limit = exercised_until(oslo_today())
    client, url = client_of(office.office_leader), address(office, f"exercises:{exercise.id}")
    page = client.get(url).content.decode()
    assert f'max="{limit.isoformat()}T23:59"' in page
    assert "En øvelse teller i et år" in page

    too_late = client.post(url, typed(in_days(400)))
    assert too_late.status_code == 422
    assert "Velg en dag senest" in too_late.content.decode()

    wanted = in_days(40)
    moved = client.post(url, typed(wanted))
    assert moved.url.endswith(f"?year={wanted.year}")
    assert Exercise.objects.get(id=exercise.id).starts_at == wanted
    assert Notice.objects.filter(person=office.counsellor, kind="exercises.moved").exists()


def test_another_exercise_planned_in_time_sets_this_one_free(office: Office) -> None:
    before = exercising.planned_by(office.office_leader, office.unit)
    exercising.held_by(office.office_leader, before, office.office_leader)
    exercise = exercising.planned_by(office.office_leader, office.unit)
    exercising.planned_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by:
        found = moving.find(by, f"exercises:{exercise.id}")
    assert found is not None
    assert (found.thing.last_on, found.thing.why) == (None, "")


def test_the_managements_review_comes_within_a_year_of_the_last(office: Office, client_of: ClientOf) -> None:
    meeting = review_called(office, in_days(20))
    client, url = client_of(office.office_leader), address(office, f"meetings:{meeting.id}")
    assert "internkontrollforskriften § 5 nr. 8" in client.get(url).content.decode()
    assert client.post(url, typed(in_days(120))).status_code == 422
    assert client.post(url, typed(in_days(50))).status_code == 302
    assert Meeting.objects.get(id=meeting.id).starts_at == in_days(50)


def test_what_is_late_already_only_comes_earlier(office: Office) -> None:
    meeting = review_called(office, in_days(90))
    with acting_as(office.office_leader.id) as by:
        found = moving.find(by, f"meetings:{meeting.id}")
        assert found is not None
        assert found.last_on == oslo_today() + timedelta(days=90)
        with pytest.raises(NotPossible, match="Velg en dag senest"):
            moving.move(by=by, found=found, starts_at=in_days(91))
        moving.move(by=by, found=found, starts_at=in_days(30))


def test_a_session_keeps_its_length(office: Office, client_of: ClientOf) -> None:
    session = session_by(office.office_leader, office.unit)
    length = session.ends_at - session.starts_at
    client = client_of(office.office_leader)
    assert client.post(address(office, f"training:{session.id}"), typed(in_days(12))).status_code == 302
    session.refresh_from_db()
    assert (session.starts_at, session.ends_at - session.starts_at) == (in_days(12), length)


def test_nothing_is_moved_to_what_has_been(office: Office, client_of: ClientOf) -> None:
    session = session_by(office.office_leader, office.unit)
    response = client_of(office.office_leader).post(
        address(office, f"training:{session.id}"), typed(in_days(-1))
    )
    assert "Tidspunktet har vært" in response.content.decode()


def test_others_than_leaders_are_not_offered_it_and_cannot(office: Office, client_of: ClientOf) -> None:
    meeting = called_by(
        office.office_leader, office.unit, MeetingKind.STAFF, starts_at=timezone.now() + timedelta(days=1)
    )
    named = f"meetings:{meeting.id}"
    year = reverse("cycle:unit", args=[office.unit.id])
    link = f"{reverse('cycle:move', args=[office.unit.id])}?hva={named}"
    seen_by_all = {"year": (oslo_today() + timedelta(days=1)).year}
    assert link in client_of(office.office_leader).get(year, seen_by_all).content.decode()
    client = client_of(office.counsellor)
    assert link not in client.get(year, seen_by_all).content.decode()
    assert client.get(address(office, named)).status_code == 403
    assert client.post(address(office, named), typed(in_days(3))).status_code == 403


@pytest.mark.parametrize(
    "named", ["", "meetings", "meetings:", "meetings:nonsense", f"reviews_due:{'0' * 32}", "x" * 5000]
)
def test_what_is_not_there_is_not_found(office: Office, client_of: ClientOf, named: str) -> None:
    assert client_of(office.office_leader).get(address(office, named)).status_code == 404


def test_nobody_moves_what_belongs_to_a_unit_they_do_not_see(office: Office, client_of: ClientOf) -> None:
    other = make_office("Nav Annenvik")
    meeting = called_by(
        other.office_leader, other.unit, MeetingKind.STAFF, starts_at=timezone.now() + timedelta(days=1)
    )
    client = client_of(office.office_leader)
    assert client.get(address(other, f"meetings:{meeting.id}")).status_code == 404
    assert client.get(address(office, f"meetings:{meeting.id}")).status_code == 404
