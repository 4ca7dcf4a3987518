"""Going out alone, answering, and coming back (AML § 4-1 third paragraph)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.encounters import outing_queries
from tryggmote.encounters.models import Outing
from tryggmote.encounters.outing_escalation import tell_overdue
from tryggmote.encounters.outing_rules import Step
from tryggmote.encounters.tests.outing_stories import back, gone_out, well
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Employment, Placement


def told(person):
    """The kinds of what somebody has been told, in order."""
    kinds = Notice.objects.filter(person=person).order_by("created_at", "id").values_list("kind", flat=True)
    return [kind.removeprefix("encounters.outing_") for kind in kinds]


def after(outing, minutes):
    """So long after the agreed time."""
    return outing.expected_at + timedelta(minutes=minutes)


def test_the_contact_hears_that_they_are_the_one(office):
    gone_out(office)
    assert told(office.colleague) == ["chosen"]


def test_the_same_plan_sent_again_is_one_outing(office):
    first = gone_out(office)
    again = gone_out(office, id=first.id, place="Et annet sted")
    assert (again.place, Outing.objects.count(), told(office.colleague)) == (first.place, 1, ["chosen"])


def test_nobody_is_out_twice_at_a_time(office):
    first = gone_out(office)
    with pytest.raises(NotPossible):
        gone_out(office)
    first.id = new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


def test_a_plan_that_was_sent_without_network_counts_from_when_it_was_sent(office):
    now = timezone.now()
    outing = gone_out(office, pressed_at=now - timedelta(hours=2), minutes=-60)
    assert outing.started_at == outing.last_heard_at == now - timedelta(hours=2)
    # The hour has passed meanwhile: they are asked first, and nobody else is told at once.
    assert tell_overdue() == 1
    assert (told(office.counsellor), told(office.colleague)) == (["answer"], ["chosen"])


def test_a_phone_with_a_wrong_clock_does_not_make_the_outing_older_than_it_can_be(office):
    now = timezone.now()
    assert gone_out(office, pressed_at=now - timedelta(days=900)).started_at > now - timedelta(hours=13)


def test_one_is_not_ones_own_contact(office):
    with pytest.raises((IntegrityError, NotPossible)):
        gone_out(office, contact_id=office.counsellor.id)


def test_somebody_who_works_nowhere_cannot_go_out(office):
    Placement.objects.filter(person=office.counsellor).delete()
    with pytest.raises(NotAllowed):
        gone_out(office)


def test_anothers_check_is_not_taken_along(office, checked):
    mine, theirs = checked(office.counsellor), checked(office.colleague)
    assert back(office.counsellor, gone_out(office, check_id=theirs.id)).check_id is None
    assert gone_out(office, check_id=mine.id).check_id == mine.id


def test_who_is_told_follows_the_clock_step_by_step(office):
    outing = gone_out(office)
    assert tell_overdue(now=after(outing, -1)) == 0
    for minutes in (0, 10, 20, 30):
        assert tell_overdue(now=after(outing, minutes)) == (minutes < 30)
        assert tell_overdue(now=after(outing, minutes)) == 0
    assert told(office.counsellor) == ["answer"]
    assert told(office.colleague) == ["chosen", "contact"]
    assert told(office.leader) == ["leader"]
    assert told(office.office_leader) == []
    outing.refresh_from_db()
    assert (outing.step, outing.was_missed) == (Step.LEADER, True)
    assert outing_queries.due_for_call(after(outing, 29)) == []
    assert outing_queries.due_for_call(after(outing, 30)) == [(outing.id, office.counsellor.id)]


def test_after_a_standstill_everybody_is_told_at_once_and_only_once(office):
    outing = gone_out(office)
    assert tell_overdue(now=after(outing, 45)) == 3
    assert tell_overdue(now=after(outing, 45)) == 0
    assert (told(office.colleague), told(office.leader)) == (["chosen", "contact"], ["leader"])


def test_all_is_well_gives_more_time_and_quiet_to_those_who_were_told(office):
    outing = gone_out(office, minutes=-5)  # arrives when the time has passed
    tell_overdue(now=after(outing, 20))
    before = timezone.now()
    outing = well(office.counsellor, outing)
    assert outing.step is Step.NONE
    assert outing.expected_at >= before + timedelta(minutes=30)
    assert told(office.colleague) == ["chosen", "contact", "well"]
    assert told(office.leader) == ["leader", "well"]
    assert not Notice.objects.filter(person=office.counsellor, seen_at=None).exists()
    assert outing.was_missed


def test_more_time_before_the_time_is_added_to_it(office):
    outing = gone_out(office)
    assert well(office.counsellor, outing, minutes=15).expected_at == after(outing, 15)
    assert told(office.colleague) == ["chosen"]


def test_the_same_answer_sent_again_gives_no_more_time(office):
    answer = new_id()
    outing = well(office.counsellor, gone_out(office), id=answer)
    assert well(office.counsellor, outing, id=answer).expected_at == outing.expected_at


def test_when_the_time_passes_once_more_everybody_is_told_once_more(office):
    outing = gone_out(office)
    tell_overdue(now=after(outing, 20))
    outing = well(office.counsellor, outing)
    tell_overdue(now=after(outing, 20))
    assert told(office.colleague) == ["chosen", "contact", "well", "contact"]


def test_an_answer_that_arrives_late_says_when_it_was_given(office):
    outing = gone_out(office)
    Outing.objects.filter(id=outing.id).update(last_heard_at=timezone.now() - timedelta(hours=2))
    pressed = timezone.now() - timedelta(minutes=38)
    assert well(office.counsellor, outing, pressed_at=pressed).last_heard_at == pressed


def test_the_contact_who_has_spoken_with_them_says_so(office):
    outing = gone_out(office)
    tell_overdue(now=after(outing, 20))
    outing = well(office.colleague, outing)
    assert (outing.step, outing.heard_from_id) == (Step.NONE, office.colleague.id)
    assert told(office.leader) == ["leader", "well"]
    assert "well" not in told(office.colleague)
    assert outing.returned_at is None


def test_nobody_else_answers_for_them(office):
    outing = gone_out(office)
    with pytest.raises(NotAllowed):
        well(office.safety_representative, outing)
    for person in (office.colleague, office.leader):
        with pytest.raises(NotAllowed):
            back(person, outing)


def test_back_ends_it_and_tells_whoever_waited(office):
    outing = gone_out(office)
    tell_overdue(now=after(outing, 20))
    outing = back(office.counsellor, outing)
    assert (outing.is_out, outing.next_step_at) == (False, None)
    assert told(office.colleague) == ["chosen", "contact", "back"]
    assert told(office.leader) == ["leader", "back"]
    assert tell_overdue(now=after(outing, 60)) == 0
    again = back(office.counsellor, outing)
    assert again.returned_at == outing.returned_at
    assert told(office.colleague) == ["chosen", "contact", "back"]


def test_an_answer_that_arrives_after_they_are_back_changes_nothing(office):
    outing = back(office.counsellor, gone_out(office))
    late = well(office.counsellor, outing, pressed_at=timezone.now() - timedelta(minutes=1))
    assert late.expected_at == outing.expected_at
    assert not late.is_out


def test_where_no_leader_is_registered_the_one_above_is_told(office):
    Placement.objects.filter(person=office.counsellor).update(daily_leader=None)
    Employment.objects.filter(person=office.counsellor).update(formal_leader=None)
    outing = gone_out(office)
    tell_overdue(now=after(outing, 20))
    assert told(office.leader) + told(office.office_leader) == ["leader"]


def test_the_contacts_to_choose_are_those_of_the_unit_and_ones_own_leaders(office):
    with acting_as(office.counsellor.id) as by:
        names = [name for _, name in outing_queries.contacts_for(by, office.unit.id)]
    assert {"Kari Kollega", "Lars Leder"} <= set(names)
    assert "Vera Veileder" not in names
    assert len(names) == len(set(names))
