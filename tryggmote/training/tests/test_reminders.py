"""People are reminded 60, 30 and 7 days before their training runs out, each time once (4.1)."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta

from tryggmote.notices.models import Notice
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.models import Completion
from tryggmote.training.reminders import remind
from tryggmote.training.tests.helpers import done
from tryggmote.training.told import RUNS_OUT
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def runs_out_in(office: Office, days: int) -> None:
    """The counsellor's training in risk, which counts for two years, runs out in so many days."""
    Completion.objects.all().delete()
    day = oslo_today() + timedelta(days=days) - relativedelta(months=24)
    done(office.counsellor, "risk_awareness", on=day)


def told(office: Office) -> list[int]:
    """The days in the reminders, each seen before the next."""
    rows = Notice.objects.filter(kind=RUNS_OUT, person=office.counsellor)
    found = [int(row.context["days"]) for row in rows]
    Notice.objects.update(seen_at="2026-01-01T00:00Z")
    return sorted(found)


@pytest.mark.parametrize(
    ("days", "is_told"), [(61, False), (60, True), (30, True), (7, True), (0, True), (-1, False)]
)
def test_at_the_days_of_the_rule(office: Office, days: int, is_told: bool) -> None:
    runs_out_in(office, days)
    remind()
    assert bool(told(office)) is is_told


def test_running_it_again_reminds_nobody_twice(office: Office) -> None:
    runs_out_in(office, 30)
    assert remind() == 1
    assert told(office) == [30]
    assert remind() == 0


def test_a_day_on_which_the_server_was_down_is_made_up_for(office: Office) -> None:
    runs_out_in(office, 28)
    remind()
    assert told(office) == [28]


def test_what_was_renewed_is_not_reminded_of(office: Office) -> None:
    runs_out_in(office, 7)
    done(office.counsellor, "risk_awareness")
    assert remind() == 0
