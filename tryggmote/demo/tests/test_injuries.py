"""The demo's leaders have given notice, kept the register and reported to Nav, as the law asks."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.incidents.models import Incident, Step
from tryggmote.incidents.vocabulary import Outcome
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.roles import Role
from tryggmote.statutory.models import Injury, Judgement, NoInjury, NoticeAct, ReportSending
from tryggmote.statutory.notifying import STEP
from tryggmote.statutory.registering import REPORT_STEP
from tryggmote.statutory.rules import is_notice_complete

pytestmark = pytest.mark.django_db


def test_every_step_taken_has_what_it_stands_for(county: None) -> None:
    judged = set(Judgement.objects.values_list("incident_id", flat=True))
    assert judged == set(
        Step.objects.filter(code=STEP, done_at__isnull=False).values_list("incident_id", flat=True)
    )
    settled = {
        *Injury.objects.values_list("incident_id", flat=True),
        *NoInjury.objects.values_list("incident_id", flat=True),
    }
    assert settled == set(
        Step.objects.filter(code=REPORT_STEP, done_at__isnull=False).values_list("incident_id", flat=True)
    )
    reported = Step.objects.filter(code=REPORT_STEP, outcome=Outcome.DONE).values_list(
        "incident_id", flat=True
    )
    assert set(ReportSending.objects.values_list("injury__incident_id", flat=True)) == set(reported)
    for incident_id in Judgement.objects.filter(must_notify=True).values_list("incident_id", flat=True):
        assert is_notice_complete(
            NoticeAct.objects.filter(incident_id=incident_id).values_list("step", flat=True)
        )


def test_the_register_has_lines_and_its_readers_see_them(county: None) -> None:
    assert Injury.objects.exists()
    health = RoleAssignment.objects.filter(role=Role.OCCUPATIONAL_HEALTH).order_by("id")
    seen = 0
    for person_id in health.values_list("person_id", flat=True):
        with acting_as(person_id):
            seen += Injury.objects.count()
            assert not Incident.objects.exists()
    assert seen


def test_nothing_is_done_by_those_in_whose_case_it_is(county: None) -> None:
    for model in (Judgement, Injury, NoInjury):
        for row in model.objects.select_related("incident"):
            assert row.by_id not in (row.incident.reporter_id, row.incident.concerned_id)
