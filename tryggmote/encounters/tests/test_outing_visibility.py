"""Who sees where somebody is, and what the database refuses whoever asks (product: "who sees what")."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.utils import timezone

from tryggmote.access.context import acting_as, acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.encounters.models import Outing
from tryggmote.encounters.tests.outing_stories import back, gone_out
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import make_office


def seers(outing):
    """Names of all who find the outing."""
    found = set()
    for person in Person.objects.all():
        with acting_as(person.id):
            if Outing.objects.filter(id=outing.id).exists():
                found.add(person.name)
    return found


def test_while_out_it_is_seen_by_the_contact_and_the_leaders_and_afterwards_by_oneself_alone(office):
    make_office("Nav Storvik")
    outing = gone_out(office)
    assert seers(outing) == {"Vera Veileder", "Kari Kollega", "Lars Leder", "Olga Officeleder"}
    assert seers(back(office.counsellor, outing)) == {"Vera Veileder"}


def test_nobody_checks_somebody_else_out(office):
    outing = gone_out(office)
    outing.id, outing.employee_id, outing.contact_id = new_id(), office.leader.id, office.counsellor.id
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        outing.save(force_insert=True)


@pytest.mark.parametrize("fields", [{"told_step": 4}, {"contact_id": None}, {"was_missed": True}])
def test_nobody_checks_out_as_if_others_had_been_told_already(office, fields):
    outing = back(office.counsellor, gone_out(office))
    outing.id, outing.returned_at = new_id(), None
    for name, value in fields.items():
        setattr(outing, name, value)
    with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
        outing.save(force_insert=True)


def test_where_somebody_is_and_who_watches_is_never_changed(office):
    gone_out(office)
    for fields in ({"place": "Et annet sted"}, {"contact_id": office.leader.id}, {"was_missed": False}):
        with acting_as(office.counsellor.id), pytest.raises(ProgrammingError), transaction.atomic():
            Outing.objects.update(**fields)


def test_the_contact_says_only_in_their_own_name_that_they_have_spoken_with_them(office):
    gone_out(office)
    with acting_as(office.colleague.id):
        for fields in ({}, {"heard_from_id": office.leader.id}, {"returned_at": timezone.now()}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Outing.objects.update(last_heard_at=timezone.now(), **fields)
        said = Outing.objects.update(last_heard_at=timezone.now(), heard_from_id=office.colleague.id)
    assert said == 1


def test_nothing_is_said_of_one_who_is_back(office):
    back(office.counsellor, gone_out(office))
    with acting_as(office.counsellor.id):
        assert Outing.objects.update(returned_at=None) == 0


def test_the_job_sees_who_is_out_and_never_where(office):
    outing = gone_out(office)
    with acting_as_job():
        assert Outing.objects.values_list("id", flat=True).get() == outing.id
        with pytest.raises(ProgrammingError), transaction.atomic():
            Outing.objects.values_list("place", flat=True).get()
        assert Outing.objects.filter(started_at__lt=timezone.now() - timedelta(days=30)).count() == 0
