"""Expert help from the question to its use: who may do what, who is told, and what "Now" says (1.2)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.duties.registry import Urgency
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.expertise import services, told
from tryggmote.expertise.duties import KINDS
from tryggmote.expertise.models import ExpertAnswer, ExpertRequest
from tryggmote.expertise.services import Question
from tryggmote.expertise.tests.helpers import answered_by, asked_by, expert_in
from tryggmote.expertise.vocabulary import Kind, State
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.models import Assessment
from tryggmote.risk.tests.stories import begin
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def told_of(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("person_id", flat=True))


def duties_of(person: Person) -> list[tuple[str, int]]:
    return [(duty.kind, duty.urgency) for duty in owed_by(person, *KINDS)]


def fresh(request: ExpertRequest) -> ExpertRequest:
    return ExpertRequest.objects.select_related("unit", "asked_by").get(id=request.id)


def test_the_expert_of_the_county_is_told_answers_and_the_asker_hears_of_it(office: Office) -> None:
    expert = expert_in(office.county)
    request = asked_by(office.office_leader, office.unit)
    assert told_of(told.ASKED) == {expert.id}
    assert duties_of(expert) == [("expertise_answer", Urgency.SOON)]
    answer = answered_by(expert, request)
    assert answer.is_own
    assert answer.answered_on == oslo_today()
    assert fresh(request).state is State.ANSWERED
    assert told_of(told.ANSWERED) == {office.office_leader.id}
    assert duties_of(expert) == []


def test_only_the_expert_who_is_asked_sees_it(office: Office) -> None:
    security = expert_in(office.county, Role.COUNTY_SECURITY_COORDINATOR)
    elsewhere = expert_in(make_office("Nav Storevik").county)
    asked_by(office.office_leader, office.unit)
    for person in (security, elsewhere, office.counsellor, office.administrator):
        with acting_as(person.id):
            assert not ExpertRequest.objects.exists(), person.name


def test_a_representative_asks_and_the_leader_is_told(office: Office) -> None:
    request = asked_by(office.safety_representative, office.unit, kind=Kind.POLICE)
    assert told_of(told.REPRESENTATIVE_ASKED) == {office.office_leader.id}
    assert told_of(told.ASKED) == set()
    answered_by(office.office_leader, request, oslo_today())
    assert told_of(told.ANSWERED) == {office.safety_representative.id}


def test_others_neither_ask_nor_answer(office: Office) -> None:
    with pytest.raises(NotAllowed):
        asked_by(office.counsellor, office.unit)
    request = asked_by(office.safety_representative, office.unit)
    with pytest.raises(NotAllowed):
        answered_by(office.safety_representative, request)


def test_the_database_stands_behind(office: Office) -> None:
    request = asked_by(office.safety_representative, office.unit)
    today = oslo_today()
    for person, is_own in ((office.safety_representative, False), (office.office_leader, True)):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(person.id):
            ExpertAnswer.objects.create(
                request=request, text="Ja.", answered_on=today, is_own=is_own, by=person
            )
    with acting_as(office.office_leader.id):
        # What a representative asks is not taken away by the leader it may trouble.
        assert not ExpertRequest.objects.filter(id=request.id).update(
            withdrawn_at=request.asked_at, withdrawn_why="Nei."
        )


@pytest.mark.parametrize("days", [1, -61])
def test_an_answer_is_of_a_day_since_it_was_asked(office: Office, days: int) -> None:
    request = asked_by(office.office_leader, office.unit, kind=Kind.POLICE, days=-1)
    with pytest.raises(DatabaseError), transaction.atomic():
        answered_by(office.office_leader, request, oslo_today() + timedelta(days=days))
    answered_by(office.office_leader, request, oslo_today() - timedelta(days=60))


def test_the_same_sent_twice_makes_one(office: Office) -> None:
    question = Question(kind=Kind.OTHER, text="Hvordan?", wanted_by=oslo_today(), whom="Arkitekten")
    request_id, answer_id = new_id(), new_id()
    with acting_as(office.office_leader.id) as by:
        for _ in range(2):
            request = services.ask(by=by, request_id=request_id, unit=office.unit, question=question)
        for _ in range(2):
            services.answer(by=by, request=fresh(request), answer_id=answer_id, text="Slik.")
    assert (ExpertRequest.objects.count(), ExpertAnswer.objects.count()) == (1, 1)


def test_what_is_answered_is_answered_once(office: Office) -> None:
    request = asked_by(office.office_leader, office.unit)
    answered_by(office.office_leader, request)
    with pytest.raises(NotPossible):
        answered_by(office.office_leader, request)


def test_whoever_asked_withdraws_it_with_a_reason(office: Office) -> None:
    request = asked_by(office.office_leader, office.unit, days=-1)
    with acting_as(office.leader.id) as by, pytest.raises(NotAllowed):
        services.withdraw(by=by, request=request, why="Nei.")
    with acting_as(office.office_leader.id) as by:
        services.withdraw(by=by, request=fresh(request), why="Vi fant det ut selv.")
    assert fresh(request).state is State.WITHDRAWN
    with pytest.raises(NotPossible):
        answered_by(office.office_leader, request)
    assert duties_of(office.office_leader) == []


def test_a_late_answer_is_followed_up_by_whoever_asked_and_by_the_leader(office: Office) -> None:
    expert = expert_in(office.unit)
    asked_by(office.safety_representative, office.unit, days=0)
    assert duties_of(office.office_leader) == []
    ExpertRequest.objects.update(wanted_by=oslo_today() - timedelta(days=1))
    for person in (office.office_leader, office.safety_representative):
        assert duties_of(person) == [("expertise_late", Urgency.TODAY)]
    assert duties_of(expert) == [("expertise_answer", Urgency.TODAY)]
    assert duties_of(office.county_director) == []


def test_it_is_about_an_assessment_that_holds_for_the_unit(office: Office) -> None:
    work, other = begin(office), make_office("Nav Storevik")
    elsewhere = Assessment.objects.create(unit=other.unit, title="Annet", created_by=other.office_leader)
    asked_by(office.office_leader, office.unit, assessment_id=work.assessment.id)
    with pytest.raises(DatabaseError), transaction.atomic():
        asked_by(office.office_leader, office.unit, assessment_id=elsewhere.id)


def test_a_leader_says_where_the_answer_was_used(office: Office) -> None:
    work = begin(office)
    request = asked_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.use(by=by, request=fresh(request), assessment_id=work.assessment.id)
    answered_by(office.office_leader, request)
    with acting_as(office.safety_representative.id) as by, pytest.raises(NotAllowed):
        services.use(by=by, request=fresh(request), assessment_id=work.assessment.id)
    with acting_as(office.office_leader.id) as by:
        for _ in range(2):
            services.use(by=by, request=fresh(request), assessment_id=work.assessment.id)
    assert request.uses.count() == 1
