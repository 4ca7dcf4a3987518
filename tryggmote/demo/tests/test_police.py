"""Police reports of the fictional county agree with the steps that leaders took."""

import pytest

from tryggmote.incidents.models import StepTaken
from tryggmote.police.models import Account, PoliceAct
from tryggmote.police.vocabulary import ENDINGS, Deed

pytestmark = pytest.mark.django_db


def test_every_step_that_was_taken_stands_as_a_decision(county: None) -> None:
    steps = StepTaken.objects.filter(step__code="police", outcome__in=("done", "declined"))
    taken = {(act.step.incident_id, act.outcome) for act in steps.select_related("step")}
    decided = {
        (act.incident_id, "done" if act.deed == Deed.REPORT else "declined")
        for act in PoliceAct.objects.filter(deed__in=(Deed.REPORT, Deed.NOT_REPORT))
    }
    assert decided == taken
    assert len(decided) > 5


def test_reports_are_at_every_stage_and_each_has_what_was_told(county: None) -> None:
    latest = PoliceAct.objects.filter(is_latest=True)
    assert set(ENDINGS) & set(latest.values_list("deed", flat=True))
    assert latest.filter(deed__in=(Deed.FILED, Deed.NUMBER, Deed.ASKED)).exists()
    reported = set(PoliceAct.objects.filter(deed=Deed.REPORT).values_list("incident_id", flat=True))
    assert set(Account.objects.values_list("incident_id", flat=True)) == reported


def test_the_latest_act_is_the_last_in_time(county: None) -> None:
    for act in PoliceAct.objects.filter(is_latest=True):
        assert not PoliceAct.objects.filter(incident=act.incident_id, at__gt=act.at).exists()
