"""Who is asking: signing in to the database, nesting, and what happens when one forgets."""

import pytest
from django.db import DatabaseError, connection, transaction

from tryggmote.access.context import UnknownPerson, acting_as, acting_as_job
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office

pytestmark = pytest.mark.django_db


def database_role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select current_user")
        return str(cursor.fetchone()[0])


def test_an_employee_asks_as_the_application_role_and_holds_no_keys() -> None:
    office = make_office()
    with acting_as(office.counsellor.id) as person:
        assert database_role() == "tryggmote_app"
        assert (person.led, person.team, person.areas, person.overseen) == ((), (), (), ())
        assert person.unit is not None
        assert person.unit.name == "Nav Lillevik"


def test_a_leader_holds_the_people_of_both_lines() -> None:
    office = make_office()
    with acting_as(office.leader.id) as person:
        assert {office.counsellor.id, office.colleague.id} <= set(person.team)
    with acting_as(office.formal_leader.id) as person:
        assert set(person.team) == {office.colleague.id}


def test_a_director_oversees_only_their_own_line() -> None:
    office = make_office()
    with acting_as(office.municipal_director.id) as person:
        municipal = set(person.overseen)
    with acting_as(office.county_director.id) as person:
        state = set(person.overseen)
    assert municipal
    assert state
    assert municipal.isdisjoint(state)


def test_the_directorate_asks_as_the_role_that_sees_every_unit() -> None:
    office = make_office()
    with acting_as(office.directorate_member.id):
        assert database_role() == "tryggmote_all"


def test_nested_contexts_are_restored() -> None:
    office = make_office()
    with acting_as(office.counsellor.id):
        with acting_as_job():
            assert database_role() == "tryggmote_job"
        assert database_role() == "tryggmote_app"
        with acting_as(office.directorate_member.id):
            assert database_role() == "tryggmote_all"
        assert database_role() == "tryggmote_app"


def test_somebody_who_has_left_cannot_ask() -> None:
    office = make_office()
    Person.objects.filter(id=office.counsellor.id).update(ended_on="2020-01-01")
    with pytest.raises(UnknownPerson), acting_as(office.counsellor.id):
        pass


def test_a_query_without_anybody_asking_raises_instead_of_showing_an_empty_page() -> None:
    make_office()
    with connection.cursor() as cursor:
        cursor.execute("set local role tryggmote_app")
    with pytest.raises(DatabaseError), transaction.atomic():
        list(Person.objects.all())
