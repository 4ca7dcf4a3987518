"""A concern from the writing to the verdict: who is sent it, who reads and answers, and what it leads to."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.access.reading import reads_of
from tryggmote.compliance.thresholds import thresholds
from tryggmote.concerns import services, told
from tryggmote.concerns.duties import KINDS
from tryggmote.concerns.models import Answer, Concern, Recipient, Verdict
from tryggmote.concerns.services import Draft
from tryggmote.concerns.tests.helpers import (
    BOTH,
    REPRESENTATIVE,
    answered_by,
    fresh,
    judged_by,
    told_of,
    written_by,
)
from tryggmote.concerns.vocabulary import Capacity, Outcome, Reason, State
from tryggmote.duties.tests.helpers import owed_by
from tryggmote.organisation.models import Employment, Person, Placement, RoleAssignment
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.risk.models import Hazard

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def sees(person: Person, concern: Concern) -> bool:
    with acting_as(person.id):
        return Concern.objects.filter(id=concern.id).exists()


def read_by(person: Person, concern: Concern) -> None:
    with acting_as(person.id) as by:
        services.note_read(by=by, concern=fresh(concern), answers=[])


def test_the_nearest_leader_gets_it_and_nobody_else_reads_it(office: Office) -> None:
    concern = written_by(office.counsellor)
    assert told_of(told.WRITTEN) == {office.leader.id}
    readers = {
        name for name, person in vars(office).items() if isinstance(person, Person) and sees(person, concern)
    }
    assert readers == {"counsellor", "leader"}


def test_it_is_to_be_answered_within_the_days_that_are_set(office: Office) -> None:
    concern = written_by(office.counsellor)
    assert concern.due_at - concern.at == timedelta(days=thresholds().concern_days)
    assert concern.state is State.WAITING


def test_sent_to_both_the_leader_answers_and_the_representative_reads(office: Office) -> None:
    concern = written_by(office.counsellor, to=BOTH, shared=False)
    assert told_of(told.WRITTEN) == {office.leader.id, office.safety_representative.id}
    with pytest.raises(NotAllowed):
        answered_by(office.safety_representative, concern, Outcome.FOLLOWED)
    answered_by(office.leader, concern)
    assert fresh(concern).state is State.ANSWERED
    assert told_of(told.ANSWERED) == {office.counsellor.id}


def test_sent_to_the_representative_alone_they_answer_and_the_leader_hears_nothing(office: Office) -> None:
    concern = written_by(office.counsellor, to=REPRESENTATIVE, shared=False)
    assert not sees(office.leader, concern)
    with pytest.raises(NotAllowed):
        answered_by(office.safety_representative, concern, Outcome.MEASURE)
    answered_by(office.safety_representative, concern, Outcome.FOLLOWED)
    assert fresh(concern).state is State.ANSWERED


def test_sending_the_form_twice_makes_one_concern(office: Office) -> None:
    draft = Draft(id=new_id(), text="Mørkt.", to=BOTH, may_be_shared=False)
    with acting_as(office.counsellor.id) as by:
        for _ in range(2):
            services.write(by=by, place=by.placements[0], draft=draft)
    assert Concern.objects.count() == 1
    assert Recipient.objects.count() == 2


def test_where_no_representative_is_registered_one_is_told_to_choose_the_leader(office: Office) -> None:
    RoleAssignment.objects.filter(role__contains="safety_representative").delete()
    with pytest.raises(NotPossible):
        written_by(office.counsellor, to=REPRESENTATIVE)


def test_the_writer_sees_who_has_read_it_and_when_and_hears_of_it_once(office: Office) -> None:
    concern = written_by(office.counsellor)
    for _ in range(2):
        read_by(office.leader, concern)
    with acting_as(office.counsellor.id):
        assert [reading.person_id for reading in reads_of("concern", concern.id)] == [office.leader.id]
    assert told_of(told.READ) == {office.counsellor.id}


def test_those_who_have_it_share_it_only_when_the_writer_lets_them(office: Office) -> None:
    concern, private = written_by(office.counsellor), written_by(office.counsellor, shared=False)
    with acting_as(office.leader.id) as by:
        services.share(by=by, concern=fresh(concern))
        with pytest.raises(NotAllowed):
            services.share(by=by, concern=fresh(private))
    assert sees(office.safety_representative, concern)
    assert not sees(office.safety_representative, private)
    assert told_of(told.SHARED) == {office.safety_representative.id}


def test_the_database_lets_nobody_share_what_is_not_to_be_shared(office: Office) -> None:
    private = written_by(office.counsellor, shared=False)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.leader.id):
        Recipient.objects.bulk_create(
            [
                Recipient(
                    concern=private,
                    person=office.safety_representative,
                    capacity=Capacity.REPRESENTATIVE,
                    reason=Reason.SHARED,
                )
            ]
        )


def test_what_is_to_be_assessed_goes_to_the_hazard_inbox_in_the_leaders_words(office: Office) -> None:
    concern = written_by(office.counsellor, text="Jeg er redd når jeg går ut bakdøra.")
    answer = answered_by(office.leader, concern, Outcome.HAZARD, hazard="Bakdøra er mørk.")
    hazard = Hazard.objects.get(id=answer.hazard_id)
    assert (hazard.what, hazard.raised_by_id) == ("Bakdøra er mørk.", office.leader.id)
    assert hazard.unit_id == office.unit.id


def test_it_is_answered_once_by_whoever_is_first(office: Office) -> None:
    concern = written_by(office.counsellor)
    first = answered_by(office.leader, concern)
    with acting_as(office.leader.id) as by:
        again = services.Reply(first.id, Outcome.DECLINED, "Nei.")
        assert services.answer(by=by, concern=fresh(concern), reply=again) == first
    with pytest.raises(NotPossible):
        answered_by(office.leader, concern)


def test_the_writer_says_once_that_it_settles_it_and_the_leader_hears(office: Office) -> None:
    concern = written_by(office.counsellor)
    with pytest.raises(NotPossible):
        judged_by(office.counsellor, concern, settles=True)
    answered_by(office.leader, concern)
    with pytest.raises(NotAllowed):
        judged_by(office.leader, concern, settles=True)
    assert judged_by(office.counsellor, concern, settles=True)
    assert fresh(concern).state is State.SETTLED
    assert told_of(told.SETTLED) == {office.leader.id}
    with pytest.raises(NotPossible):
        judged_by(office.counsellor, concern, settles=False)


def test_an_answer_that_does_not_settle_it_sends_it_to_the_next_leader_at_once(office: Office) -> None:
    concern = written_by(office.counsellor)
    answered_by(office.leader, concern)
    assert judged_by(office.counsellor, concern, settles=False)
    concern = fresh(concern)
    assert concern.state is State.WAITING
    assert told_of(told.PASSED_ON_TO) == {office.office_leader.id}
    assert told_of(told.PASSED_ON) == {office.counsellor.id}
    assert sees(office.office_leader, concern)
    answered_by(office.office_leader, concern)
    assert fresh(concern).state is State.ANSWERED
    with pytest.raises(NotPossible):
        judged_by(office.counsellor, concern, settles=True)


def test_a_leader_who_leads_the_writer_no_more_reads_it_no_more(office: Office) -> None:
    concern = written_by(office.counsellor)
    Placement.objects.filter(person=office.counsellor).update(daily_leader=office.office_leader)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=office.office_leader)
    assert not sees(office.leader, concern)
    assert owed_by(office.leader, *KINDS) == []


def test_now_asks_the_leader_to_answer_until_it_is_answered(office: Office) -> None:
    concern = written_by(office.counsellor)

    def kinds(person: Person) -> list[str]:
        return [duty.kind for duty in owed_by(person, *KINDS)]

    assert kinds(office.leader) == ["concern_to_answer"]
    assert kinds(office.office_leader) == kinds(office.safety_representative) == []
    answered_by(office.leader, concern)
    assert kinds(office.leader) == []
    written_by(office.counsellor, to=REPRESENTATIVE)
    assert kinds(office.leader) == []
    assert kinds(office.safety_representative) == ["concern_to_answer"]


def test_the_record_is_never_changed_and_its_times_are_the_servers(office: Office) -> None:
    concern = written_by(office.counsellor)
    long_ago = concern.at - timedelta(days=400)
    for person in (office.counsellor, office.leader):
        for change in ({"text": "Alt er bra."}, {"at": long_ago}):
            with pytest.raises(DatabaseError), transaction.atomic(), acting_as(person.id):
                Concern.objects.filter(id=concern.id).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as(person.id):
            Concern.objects.filter(id=concern.id).delete()
    with acting_as(office.leader.id):
        Answer.objects.create(
            concern=concern, outcome=Outcome.DECLINED, text="Nei.", by=office.leader, at=long_ago
        )
    with acting_as(office.counsellor.id):
        Verdict.objects.create(concern=concern, settles=True, at=long_ago)
    assert concern.at < Answer.objects.get().at < Verdict.objects.get().at
