"""One person's month in the demo hangs together: evidence, police, injury, measure, lesson and pattern."""

import pytest

from tryggmote.access.context import acting_as
from tryggmote.client_measures.models import ClientMeasure, LinkedIncident, Step
from tryggmote.client_measures.vocabulary import State, StepKind
from tryggmote.demo.history.story import COUNSELLOR, EXPOSED, LEADER, OFFICE_LEADER
from tryggmote.demo.population import EXTERNAL_ID
from tryggmote.demo.tests.conftest import ANCHOR
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.exhibits.models import CustodyAct, Exhibit
from tryggmote.exhibits.services import view
from tryggmote.exhibits.vocabulary import Deed, Kind
from tryggmote.incidents.models import Incident
from tryggmote.incidents.vocabulary import Nature
from tryggmote.learning.duties import KINDS
from tryggmote.learning.models import Lesson, Pattern
from tryggmote.learning.vocabulary import PatternKind, Scope
from tryggmote.organisation.models import Person
from tryggmote.police.models import PoliceAct
from tryggmote.police.vocabulary import Deed as PoliceDeed
from tryggmote.statutory.models import Injury, NoticeAct, ReportSending
from tryggmote.statutory.rules import is_notice_complete

pytestmark = pytest.mark.django_db


def person(key: str) -> Person:
    return Person.objects.get(external_id=EXTERNAL_ID.format(key=key))


def incident(nature: Nature) -> Incident:
    return Incident.objects.get(exposed=person(EXPOSED), natures__0=nature, assessed_level__gte=3)


def test_the_injury_was_notified_the_same_hour_entered_and_reported(county: None) -> None:
    blow = incident(Nature.BLOW_OR_KICK)
    acts = NoticeAct.objects.filter(incident=blow)
    assert is_notice_complete(acts.values_list("step", flat=True))
    assert all((act.done_at - blow.created_at).total_seconds() < 3600 for act in acts)
    assert "Arbeidstilsynet: varslet på telefon" in acts.get(step="confirmed").text
    injury = Injury.objects.get(incident=blow)
    assert ReportSending.objects.filter(injury=injury, to="nav").exists()
    with acting_as(person(EXPOSED).id):
        assert Injury.objects.filter(id=injury.id).exists()


def test_the_evidence_has_a_chain_that_ends_at_the_police(county: None) -> None:
    threat = incident(Nature.THREAT_TO_EMPLOYEE)
    filed = PoliceAct.objects.get(incident=threat, deed=PoliceDeed.FILED)
    exhibits = Exhibit.objects.filter(incident=threat)
    assert {exhibit.kind for exhibit in exhibits} == {Kind.IMAGE, Kind.TEXT}
    for exhibit in exhibits:
        chain = list(CustodyAct.objects.filter(exhibit=exhibit).order_by("at"))
        assert [act.deed for act in chain] == [Deed.ADDED, Deed.VIEWED, Deed.HANDED_OVER]
        assert chain[-1].at == filed.at
    with acting_as(person(LEADER).id) as leader:
        for exhibit in Exhibit.objects.all():
            assert view(by=leader, exhibit=exhibit).read()


def test_a_measure_is_in_force_and_another_client_is_heard(county: None) -> None:
    for key in (COUNSELLOR, OFFICE_LEADER):
        with acting_as(person(key).id):
            cases = list(ClientMeasure.objects.order_by("created_at"))
        assert [case.state(ANCHOR) for case in cases] == [State.IN_FORCE, State.FOREWARNED]
    with acting_as(person(LEADER).id):
        assert not ClientMeasure.objects.exists()
    in_force, heard = cases
    assert Step.objects.get(measure=in_force, kind=StepKind.DECIDED).letter
    assert Step.objects.get(measure=heard, kind=StepKind.FOREWARNED).letter
    days = Step.objects.filter(measure=in_force).order_by("at").values_list("at", flat=True)
    rests_on = LinkedIncident.objects.filter(measure=in_force).values_list("incident__happened_at", flat=True)
    assert len(rests_on) == 2
    assert max(rests_on) < min(days)
    assert in_force.told_on < ANCHOR


def test_lessons_are_shared_near_and_far_and_the_exposed_is_asked_about_one(county: None) -> None:
    assert set(Lesson.objects.exclude(shared_at=None).values_list("shared_scope", flat=True)) == set(Scope)
    (duty,) = owed_by(person(EXPOSED), *KINDS)
    assert Lesson.objects.get(shared_at=None).get_absolute_url() == duty.url


def test_three_in_thirty_days_is_seen_by_the_person_and_the_leaders_alone(county: None) -> None:
    pattern = Pattern.objects.get(kind=PatternKind.PERSON, person=person(EXPOSED))
    assert pattern.n >= 3
    for key, sees in ((EXPOSED, True), (LEADER, True), (COUNSELLOR, False)):
        with acting_as(person(key).id):
            assert Pattern.objects.filter(id=pattern.id).exists() == sees
