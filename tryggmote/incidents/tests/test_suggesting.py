"""What incidents, checks and stops suggest to a risk assessment, to those who may see them (2.1)."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import acting_as
from tryggmote.encounters.models import Check, CheckCount, RiskReport
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office, workforce_of
from tryggmote.risk import suggestions
from tryggmote.risk.models import STARTER_LIMIT
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def work() -> Work:
    return begin(forms=("telephone", "planned"))


def page(work: Work, client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(f"/risikovurdering/{work.assessment.id}/forslag/{query}")
    assert response.status_code == status
    return unescape(response.content.decode())


def own(work: Work, person: Person) -> dict[str, int]:
    """What the person is shown from the unit itself, with how many times."""
    with acting_as(person.id):
        found = suggestions.from_own_unit(work.assessment, ())
    return {row.text: row.suggestion.count for row in found}


def checked_high(work: Work) -> None:
    """The counsellor's check was high; another one is only counted any more."""
    workforce = workforce_of(work.office.unit, work.office.directorate)
    Check.objects.create(
        employee=work.office.counsellor, participant_ids=[work.office.counsellor.id], form="planned",
        rule_version="1", answers={}, points=9, level=3, workforce=workforce, safety_area=work.office.area,
    )  # fmt: skip
    CheckCount.objects.create(
        day=oslo_today() - timedelta(days=60), workforce=workforce, form="planned", level=3, n=4
    )
    CheckCount.objects.create(
        day=oslo_today() - timedelta(days=60), workforce=workforce, form="planned", level=1, n=40
    )
    RiskReport.objects.create(
        reporter=work.office.counsellor, safety_area=work.office.area, stopped_work=True, form="planned",
        workforce=workforce,
    )  # fmt: skip


def test_what_happened_is_counted_by_kind_and_meeting_form(work: Work) -> None:
    for _ in range(2):
        reported_by(work.office.counsellor, form="telephone", natures=("verbal_abuse", "hate_speech"))
    reported_by(work.office.colleague, form="planned", natures=("verbal_abuse",))
    assert own(work, work.leader) == {
        "Utskjelling på telefon": 2,
        "Hatytringer på telefon": 2,
        "Utskjelling i avtalt samtale": 1,
    }


def test_other_meeting_forms_other_offices_and_what_is_long_ago_are_left_out(work: Work) -> None:
    reported_by(work.office.counsellor, form="home_visit")
    reported_by(make_office("Nav Storevik").counsellor, form="planned")
    old = reported_by(work.office.counsellor, form="planned")
    Incident.objects.filter(id=old.id).update(happened_at=timezone.now() - timedelta(days=800))
    reported_by(work.office.counsellor, form="planned", natures=("worry",))
    assert own(work, work.leader) == {}


def test_a_participant_who_may_see_no_incidents_gets_no_figures_from_them(work: Work) -> None:
    reported_by(work.office.counsellor, form="telephone")
    work.invite_employee()
    assert own(work, work.office.counsellor) == {"Utskjelling på telefon": 1}, "their own"
    assert own(work, work.office.colleague) == {}


def test_high_checks_and_stopped_meetings_are_counted_also_when_the_checks_are_gone(work: Work) -> None:
    checked_high(work)
    assert own(work, work.leader) == {
        "Sjekk med høy risiko i avtalt samtale": 5,
        "Stanset møte i avtalt samtale": 1,
    }
    # Counts are figures for leaders; the safety representative sees the high check itself.
    assert own(work, work.office.safety_representative)["Sjekk med høy risiko i avtalt samtale"] == 1


def test_a_scenario_begun_from_an_own_incident_is_not_suggested_again(
    work: Work, client_of: ClientOf
) -> None:
    reported_by(work.office.counsellor, form="telephone", natures=("verbal_abuse",))
    client = client_of(work.leader)
    with acting_as(work.leader.id):
        (row,) = suggestions.from_own_unit(work.assessment, ())
    new = unescape(client.get(row.begin_url).content.decode())
    assert 'value="Utskjelling på telefon"' in new
    assert 'name="starter" value="incident:verbal_abuse:telephone"' in new
    chosen = re.findall(r'name="meeting_forms" value="(\w+)"[^>]* checked', new)
    assert chosen == ["telephone"], "where it happened, not all that the assessment covers"

    work.describe(starter="incident:verbal_abuse:telephone")
    assert "Er med" in page(work, client)


def test_every_code_a_source_may_give_fits_where_it_is_kept() -> None:
    longest = max(len(f"incident:{nature}:{form}") for nature in Nature.values for form in MeetingForm.values)
    assert longest <= STARTER_LIMIT


def test_the_page_costs_as_many_queries_however_much_has_happened(
    work: Work, client_of: ClientOf, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for form in ("telephone", "planned"):
        for nature in ("verbal_abuse", "hate_speech", "spitting", "vandalism"):
            reported_by(work.office.counsellor, form=form, natures=(nature,))
    checked_high(work)
    client = client_of(work.leader)
    page(work, client)
    with django_assert_max_num_queries(20):
        assert page(work, client).count("Beskriv den") >= 8
