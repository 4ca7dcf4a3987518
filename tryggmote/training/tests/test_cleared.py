"""Who may meet clients, why not, and until when; the check asks (4.1, 2.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed
from tryggmote.access.ids import new_id
from tryggmote.encounters.models import Check
from tryggmote.encounters.services import CheckDraft, make_check
from tryggmote.encounters.tests.conftest import calm_answers
from tryggmote.organisation.clearance import Clearance, clearance
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training import services
from tryggmote.training.models import Override
from tryggmote.training.tests.helpers import GATE, done, let_go_by
from tryggmote.ui.dates import oslo_today

pytestmark = [pytest.mark.django_db, pytest.mark.training]


@pytest.fixture
def office() -> Office:
    return make_office()


def asked(person: Person, form: str = "") -> Clearance:
    with acting_as(person.id):
        return clearance(person.id, form)


def test_one_without_the_training_is_told_what_is_missing(office: Office) -> None:
    found = asked(office.counsellor, "planned")
    assert not found.cleared
    assert "Se risikoen i tide" in found.why
    assert found.next_url == reverse("training:own")


def test_one_with_all_of_it_is_cleared_until_the_first_of_it_counts_no_longer(office: Office) -> None:
    done(office.counsellor, *GATE)
    found = asked(office.counsellor, "planned")
    assert found.cleared
    assert found.until is not None
    assert found.until > oslo_today() + timedelta(days=365)


def test_what_is_missing_for_home_visits_stops_no_telephone_call(office: Office) -> None:
    done(office.counsellor, *[code for code in GATE if code != "home_visits"])
    assert asked(office.counsellor, "telephone").cleared
    assert not asked(office.counsellor, "home_visit").cleared


def test_an_exercise_that_is_missing_stops_nobody(office: Office) -> None:
    done(office.counsellor, *GATE)
    assert asked(office.counsellor, "reception").cleared


def test_a_leaders_exception_clears_to_its_last_day(office: Office) -> None:
    let_go_by(office.leader, office.counsellor, days=5)
    assert asked(office.counsellor, "planned").until == oslo_today() + timedelta(days=5)
    yesterday = oslo_today() - timedelta(days=1)
    Override.objects.update(starts_on=yesterday, until=yesterday)
    assert not asked(office.counsellor, "planned").cleared


def test_an_exception_can_be_taken_back(office: Office) -> None:
    let_go_by(office.leader, office.counsellor)
    with acting_as(office.leader.id) as by:
        services.take_back_exception(by=by, override=Override.objects.get())
    assert not asked(office.counsellor, "planned").cleared


def test_nobody_makes_an_exception_for_themselves(office: Office) -> None:
    with pytest.raises(NotAllowed), acting_as(office.leader.id) as by:
        services.let_go_until(
            by=by, override_id=new_id(), person_id=office.leader.id, until=oslo_today(), reason="Det haster."
        )


def test_the_check_asks_the_leader_about_one_who_is_not_cleared(office: Office) -> None:
    with acting_as(office.counsellor.id) as by:
        check = make_check(
            by=by, draft=CheckDraft(id=new_id(), form="planned", answers=calm_answers("planned"))
        )
    assert "Se risikoen i tide" in check.not_cleared_why
    assert Check.objects.get(id=check.id).leader_asked_at is not None


def test_the_page_of_the_check_says_it_before_the_first_tap(
    office: Office, client_of: Callable[[Person], Client]
) -> None:
    page = client_of(office.counsellor).get(reverse("encounters:check_new", args=["planned"]))
    assert "Du er ikke klar til å møte brukere ennå" in page.content.decode()
