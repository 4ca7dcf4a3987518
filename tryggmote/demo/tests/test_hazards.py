"""The hazard inboxes of the fictional offices (2.1)."""

import pytest
from django.db.models import F

from tryggmote.access.context import acting_as
from tryggmote.demo.history.clock import at
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Person
from tryggmote.risk.hazard_duties import KINDS
from tryggmote.risk.models import Hazard, HazardDecision, HazardEscalation
from tryggmote.risk.vocabulary import Outcome, Source

pytestmark = pytest.mark.django_db
MORNING = at(ANCHOR, 0)


def person(key: str) -> Person:
    return Person.objects.get(external_id=f"demo:{key}")


def test_some_wait_and_some_are_answered_each_way(county: None) -> None:
    assert 5 <= Hazard.objects.count() <= 8
    assert Hazard.objects.filter(decided_at=None).count() >= 4
    assert set(HazardDecision.objects.values_list("outcome", flat=True)) == set(Outcome.values)
    assert {Source.CONCERN, Source.INCIDENT} <= set(Hazard.objects.values_list("source", flat=True))
    assert not Hazard.objects.filter(raised_at__gt=MORNING).exists()
    assert not HazardDecision.objects.filter(at__gt=MORNING).exists()
    assert not HazardDecision.objects.filter(at__lt=F("hazard__raised_at")).exists()


def test_in_granlia_one_waited_too_long_and_the_office_leader_has_it_now(county: None) -> None:
    overdue = Hazard.objects.get(decided_at=None, due_at__lt=MORNING, source=Source.CONCERN)
    assert "granlia" in overdue.unit.code
    leader = person("granlia-nav-leder")
    assert HazardEscalation.objects.get(hazard=overdue).to_person == leader
    assert overdue.get_absolute_url() in [duty.url for duty in owed_by(leader, *KINDS)]


def test_whoever_raised_one_reads_the_answer_and_where_it_is_assessed(county: None) -> None:
    with acting_as(person("fjordvik-mottak-stat-1").id):
        decision = HazardDecision.objects.select_related("assessment").get(outcome=Outcome.ASSESSED)
        assert decision.assessment is not None
        assert "Takk" in decision.answer


def test_the_leader_of_the_reception_has_hazards_to_judge(county: None) -> None:
    assert len(owed_by(person("fjordvik-mottak-leder"), *KINDS)) >= 2
