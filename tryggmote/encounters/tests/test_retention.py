"""Checks are deleted after 30 days and only counted ("who sees what")."""

from datetime import timedelta

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.models import ReadEntry
from tryggmote.encounters import planning
from tryggmote.encounters.models import Check, CheckCount, Meeting
from tryggmote.encounters.planning import MeetingPlan
from tryggmote.encounters.retention import forget_old_checks

OLD = timezone.now() - timedelta(days=31)


def test_old_checks_are_deleted_and_counted_and_young_ones_stay(office, checked):
    for signs in ("calm", "calm", "strong"):
        check = checked(office.counsellor, signs=signs)
        Check.objects.filter(id=check.id).update(created_at=OLD)
    young = checked(office.counsellor)

    assert forget_old_checks() == 3
    assert Check.objects.get() == young
    counts = CheckCount.objects.values_list("form", "level", "n").order_by("level")
    assert list(counts) == [("planned", 1, 2), ("planned", 3, 1)]


def test_counts_grow_when_more_of_the_same_day_are_forgotten(office, checked):
    for _ in range(2):
        check = checked(office.counsellor)
        Check.objects.filter(id=check.id).update(created_at=OLD)
        forget_old_checks()
    assert CheckCount.objects.get().n == 2


def test_who_read_a_check_is_forgotten_with_it(office, checked):
    check = checked(office.counsellor)
    ReadEntry.objects.create(person_id=office.leader.id, kind="check", object_id=check.id)
    Check.objects.filter(id=check.id).update(created_at=OLD)
    forget_old_checks()
    assert not ReadEntry.objects.exists()


def test_meetings_held_long_ago_are_forgotten(office):
    with acting_as(office.counsellor.id) as by:
        plan = MeetingPlan(form="planned", starts_at=OLD)
        planning.add_meeting(by=by, meeting_id=new_id(), plan=plan)
    forget_old_checks()
    assert not Meeting.objects.exists()


def test_a_leader_sees_the_counts_of_their_office_and_a_colleague_does_not(office, checked):
    check = checked(office.counsellor)
    Check.objects.filter(id=check.id).update(created_at=OLD)
    forget_old_checks()
    for person, sees in ((office.office_leader, 1), (office.county_director, 1), (office.colleague, 0)):
        with acting_as(person.id):
            assert CheckCount.objects.count() == sees
