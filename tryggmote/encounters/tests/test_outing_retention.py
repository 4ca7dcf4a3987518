"""Whereabouts are gone 24 hours after the return, outings after 30 days ("who sees what")."""

import logging
from datetime import timedelta

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.models import ReadEntry
from tryggmote.encounters.models import Outing, OutingCount
from tryggmote.encounters.outing_retention import forget_old_outings, forget_whereabouts
from tryggmote.encounters.outing_rules import Step
from tryggmote.encounters.tests.outing_stories import ADDRESS, back, gone_out


def changed(outing, **fields):
    Outing.objects.filter(id=outing.id).update(**fields)
    return Outing.objects.get(id=outing.id)


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def test_a_day_after_the_return_nobody_knows_where_it_was_or_who_watched(office, caplog):
    old = changed(back(office.counsellor, gone_out(office)), returned_at=hours_ago(24.1))
    young = changed(back(office.counsellor, gone_out(office)), returned_at=hours_ago(23.9))
    still_out = gone_out(office)
    with caplog.at_level(logging.INFO, "tryggmote.encounters.outing_retention"):
        assert forget_whereabouts() == 1
    assert "Erased the whereabouts of 1 outings." in caplog.text
    assert ADDRESS not in caplog.text
    old.refresh_from_db()
    assert (old.place, old.contact_id, old.heard_from_id, old.check_id) == ("", None, None, None)
    assert {outing.place for outing in Outing.objects.filter(id__in=[young.id, still_out.id])} == {ADDRESS}
    assert forget_whereabouts() == 0


def test_of_one_who_never_came_back_they_are_gone_a_day_after_help_was_called(office):
    outing = changed(gone_out(office), expected_at=hours_ago(30), told_step=Step.LEADER)
    assert forget_whereabouts() == 0
    changed(outing, told_step=Step.CALL, next_step_at=None)
    assert forget_whereabouts() == 1
    assert Outing.objects.get().is_out


def test_after_thirty_days_outings_are_counted_and_gone(office):
    for fields in ({}, {"was_missed": True}, {"was_missed": True, "returned_at": None}):
        outing = back(office.counsellor, gone_out(office))
        ReadEntry.objects.create(person_id=office.leader.id, kind="outing", object_id=outing.id)
        changed(outing, started_at=timezone.now() - timedelta(days=31), **fields)
    young = back(office.counsellor, changed_to_back(office))
    assert forget_old_outings() == 3
    assert Outing.objects.get() == young
    assert not ReadEntry.objects.exists()
    assert OutingCount.objects.values_list("form", "n", "missed", "unanswered").get() == (
        "home_visit",
        3,
        2,
        1,
    )


def changed_to_back(office):
    """Out anew, when an earlier one has never been ended."""
    Outing.objects.filter(returned_at=None).update(employee_id=office.formal_leader.id)
    return gone_out(office)


def test_counts_grow_when_more_of_the_same_day_are_forgotten(office):
    for _ in range(2):
        changed(back(office.counsellor, gone_out(office)), started_at=timezone.now() - timedelta(days=31))
        forget_old_outings()
    assert OutingCount.objects.get().n == 2


def test_a_leader_sees_the_counts_of_their_office_and_a_colleague_does_not(office):
    changed(back(office.counsellor, gone_out(office)), started_at=timezone.now() - timedelta(days=31))
    forget_old_outings()
    for person, sees in ((office.office_leader, 1), (office.county_director, 1), (office.colleague, 0)):
        with acting_as(person.id):
            assert OutingCount.objects.count() == sees
