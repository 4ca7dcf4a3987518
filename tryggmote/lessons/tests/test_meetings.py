"""A lesson held in a meeting: who was there, what it counts for, and who sees it (4.1, ADR 0044)."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.lessons import services
from tryggmote.lessons.models import Attendance, Gathering, Reading
from tryggmote.lessons.tests.helpers import held_by, lesson_of
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training.models import Completion
from tryggmote.training.vocabulary import Source
from tryggmote.ui.dates import oslo_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def practised_before(person: Person, element: str = "communication") -> None:
    Completion.objects.create(
        person=person, element=element, done_on=oslo_today() - timedelta(days=700), source=Source.DECLARED
    )


def counted_for(person: Person) -> list[tuple[str, date]]:
    found = Completion.objects.filter(person=person, source=Source.LESSON, withdrawn_at=None)
    return list(found.values_list("element", "done_on"))


def correct(person: Person, held: Gathering, there: list[Person]) -> None:
    with acting_as(person.id) as by:
        services.correct(
            by=by,
            gathering=Gathering.objects.select_related("by").get(id=held.id),
            person_ids=[each.id for each in there],
        )


def test_having_been_there_is_practice_for_those_who_have_practised_before(office: Office) -> None:
    practised_before(office.counsellor)
    held_by(office.colleague, office.unit, [office.counsellor, office.colleague])
    assert counted_for(office.counsellor) == [("communication", oslo_today())]
    assert counted_for(office.colleague) == []  # the first time is never ten minutes in a meeting


def test_a_lesson_about_what_one_only_knows_is_practice_for_nothing(office: Office) -> None:
    practised_before(office.counsellor, "risk_awareness")
    held_by(office.leader, office.unit, [office.counsellor, office.colleague], lesson="only_words")
    assert counted_for(office.counsellor) == []


def test_practice_that_was_withdrawn_is_no_first_time(office: Office) -> None:
    practised_before(office.counsellor)
    Completion.objects.update(withdrawn_at=Completion.objects.get().at)
    held_by(office.leader, office.unit, [office.counsellor, office.colleague])
    assert counted_for(office.counsellor) == []


def test_who_was_not_there_after_all_loses_what_it_gave_and_gets_it_back(office: Office) -> None:
    for person in (office.counsellor, office.colleague):
        practised_before(person)
    held = held_by(office.colleague, office.unit, [office.counsellor, office.colleague])
    correct(office.office_leader, held, [office.colleague, office.leader])
    assert counted_for(office.counsellor) == []
    assert counted_for(office.colleague) == [("communication", oslo_today())]
    correct(office.colleague, held, [office.colleague, office.counsellor])
    assert counted_for(office.counsellor) == [("communication", oslo_today())]


def test_the_same_sent_twice_is_held_once(office: Office) -> None:
    gathering_id = new_id()
    with acting_as(office.counsellor.id) as by:
        for _ in range(2):
            services.hold(
                by=by, gathering_id=gathering_id, unit_id=office.unit.id, lesson=lesson_of("the_alarm"),
                held_on=oslo_today(), person_ids=[office.counsellor.id, office.colleague.id],
            )  # fmt: skip
    assert (Gathering.objects.count(), Attendance.objects.count()) == (1, 2)


def test_one_alone_has_met_nobody(office: Office) -> None:
    with pytest.raises(NotPossible):
        held_by(office.counsellor, office.unit, [office.counsellor])
    held = held_by(office.counsellor, office.unit, [office.counsellor, office.colleague])
    with pytest.raises(NotPossible):
        correct(office.counsellor, held, [office.counsellor])


def test_only_those_who_work_in_the_unit_can_have_been_there(office: Office) -> None:
    stranger = make_office("Nav Storevik").counsellor
    with pytest.raises(NotPossible):
        held_by(office.counsellor, office.unit, [office.counsellor, stranger])
    held = held_by(office.counsellor, office.unit, [office.counsellor, office.colleague])
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.counsellor.id):
        Attendance.objects.bulk_create([Attendance(gathering=held, person=stranger, by=office.counsellor)])


@pytest.mark.parametrize("days", [-1, 31])
def test_a_meeting_to_come_or_long_ago_cannot_be_recorded(office: Office, days: int) -> None:
    held_on = oslo_today() - timedelta(days=days)
    with acting_as(office.counsellor.id) as by, pytest.raises(NotPossible):
        services.hold(
            by=by, gathering_id=new_id(), unit_id=office.unit.id, lesson=lesson_of("the_alarm"),
            held_on=held_on, person_ids=[office.counsellor.id, office.colleague.id],
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as(office.counsellor.id):
        Gathering.objects.bulk_create(
            [Gathering(unit=office.unit, lesson="the_alarm", held_on=held_on, by=office.counsellor)]
        )


def test_nobody_holds_it_in_another_unit_or_corrects_another_s_meeting(office: Office) -> None:
    stranger = make_office("Nav Storevik").counsellor
    there = [office.counsellor, office.colleague]
    with pytest.raises(NotAllowed):
        held_by(stranger, office.unit, there)
    held = held_by(office.counsellor, office.unit, there)
    with pytest.raises(NotAllowed):
        correct(office.colleague, held, there)
    with acting_as(office.colleague.id):
        seen = set(Attendance.objects.values_list("person_id", flat=True))
        assert seen == {office.colleague.id}  # one's own, and nobody else's
        assert not Attendance.objects.update(removed_at=held.at, removed_by=office.colleague)


def test_reading_alone_is_one_s_own_and_counts_for_nothing(office: Office) -> None:
    practised_before(office.counsellor)
    reading_id = new_id()
    with acting_as(office.counsellor.id) as by:
        for _ in range(2):
            services.read(by=by, reading_id=reading_id, lesson=lesson_of("a_refusal"))
        assert Reading.objects.count() == 1
    assert counted_for(office.counsellor) == []
    for person in (office.leader, office.office_leader, office.colleague):
        with acting_as(person.id):
            assert not Reading.objects.exists()
