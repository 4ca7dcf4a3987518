"""Telling people: who is told, once a matter, and that nobody reads another's notices."""

from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from pytest_django import DjangoAssertNumQueries

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.notices import queries, services
from tryggmote.notices.models import Delivery, Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def tell(*people: Person, subject_id: UUID | None = None, kind: str = "tests.met") -> None:
    services.tell(
        person_ids=[person.id for person in people],
        kind=kind,
        subject_id=subject_id or new_id(),
        url="/hendelser/",
        context={"place": "Lillevik"},
    )


def test_an_employee_tells_the_leader_and_cannot_read_what_the_leader_was_told(office: Office) -> None:
    with acting_as(office.counsellor.id) as counsellor:
        tell(office.leader)
        assert queries.unseen_count(counsellor) == 0
    with acting_as(office.leader.id) as leader:
        assert queries.unseen_count(leader) == 1
        assert queries.notices().get().title == "Nytt på Lillevik"


def test_the_same_matter_is_told_once_until_it_is_seen(office: Office) -> None:
    matter = new_id()
    with acting_as(office.counsellor.id):
        tell(office.leader, office.leader, subject_id=matter)
        tell(office.leader, office.safety_representative, subject_id=matter)
    with acting_as(office.leader.id) as leader:
        assert queries.unseen_count(leader) == 1
        services.mark_all_seen()
        tell(office.leader, subject_id=matter)
        assert queries.unseen_count(leader) == 1
        assert queries.notices().count() == 2
    with acting_as(office.safety_representative.id) as representative:
        assert queries.unseen_count(representative) == 1


def test_what_is_undone_is_not_told(office: Office) -> None:
    with acting_as(office.counsellor.id):
        tell(office.leader)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_telling_two_hundred_costs_as_many_queries_as_telling_one(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = Person.objects.bulk_create(
        Person(external_id=f"X{n}", name=f"Nr. {n}", sort_key=str(n), email="x@example.invalid")
        for n in range(200)
    )
    with acting_as(office.counsellor.id):
        # Role and savepoint there and back (5), what they have chosen, who has an address, notices, who
        # was told something new, the outbox, the job.
        with django_assert_num_queries(11):
            tell(office.leader)
        with django_assert_num_queries(11):
            tell(*many)
    assert Delivery.objects.count() == 201


def test_a_kind_without_email_and_a_person_without_address_put_nothing_in_the_outbox(office: Office) -> None:
    Person.objects.filter(id=office.counsellor.id).update(email="")
    with acting_as(office.leader.id):
        tell(office.counsellor)
        tell(office.colleague, kind="tests.quiet")
    assert Notice.objects.count() == 2
    assert not Delivery.objects.exists()


def test_words_that_lack_their_context_are_refused_before_anybody_is_told(office: Office) -> None:
    with acting_as(office.counsellor.id), pytest.raises(KeyError):
        services.tell(
            person_ids=[office.leader.id], kind="tests.met", subject_id=new_id(), url="/", context={}
        )


def test_nobody_can_write_a_notice_to_another_or_change_what_it_says(office: Office) -> None:
    with acting_as(office.counsellor.id):
        tell(office.counsellor)
        for forbidden in (
            lambda: Notice.objects.bulk_create([Notice(person_id=office.leader.id, subject_id=new_id())]),
            lambda: Notice.objects.update(url="https://example.invalid/"),
            lambda: Notice.objects.all().delete(),
            lambda: list(Delivery.objects.all()),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                forbidden()


def test_the_directorate_that_oversees_everything_reads_nobody_elses_notices(office: Office) -> None:
    with acting_as(office.counsellor.id):
        tell(office.leader)
    with acting_as(office.directorate_member.id) as member:
        assert queries.unseen_count(member) == 0


def test_the_outbox_says_how_email_is_going(office: Office) -> None:
    with acting_as(office.counsellor.id):
        tell(office.leader, office.safety_representative)
    with acting_as_job():
        Delivery.objects.update(attempts=2, last_error="TimeoutError: slow")
        Delivery.objects.filter(notice__person=office.leader).update(status=Delivery.Status.FAILED)
    with acting_as(office.administrator.id):
        (state, *_) = queries.outbox_state()
    assert (state.waiting, state.tried_in_vain, state.failed) == (1, 1, 1)
    assert state.complaint == "TimeoutError: slow"
