"""What people do in forums: call, write, decide, approve, send back, publish (requirement 1.3)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggmote.access.context import SignedInPerson, acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.forums import minutes, services, told
from tryggmote.forums.minutes import WrittenMeanwhile
from tryggmote.forums.models import Approval, Case, Meeting, Participant, Point
from tryggmote.forums.people import proposed_members
from tryggmote.forums.tests.helpers import (
    answered_by,
    approved_by,
    called_by,
    decided_by,
    held_by,
    sent_by,
    serious_at,
    written_by,
)
from tryggmote.forums.vocabulary import Becomes, MeetingKind, Side, Source, Stage
from tryggmote.information.models import Item
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Employment, Person
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def meeting_again(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("unit").get(id=meeting.id)


def test_both_owners_are_proposed_for_a_partnership_meeting_each_for_their_side(office: Office) -> None:
    with acting_as(office.office_leader.id):
        found = {m.name: m.side for m in proposed_members(office.unit, MeetingKind.PARTNERSHIP)}
    assert found == {
        office.county_director.name: Side.STATE,
        office.municipal_director.name: Side.MUNICIPAL,
        office.office_leader.name: Side.STATE,  # employed by the state
    }


def test_a_leader_whom_the_municipality_employs_does_not_speak_for_the_state(office: Office) -> None:
    Employment.objects.filter(person=office.office_leader).update(employer=office.municipality)
    with acting_as(office.office_leader.id):
        found = {m.name: m.side for m in proposed_members(office.unit, MeetingKind.PARTNERSHIP)}
    assert found[office.office_leader.name] is None
    called_by(office.office_leader, office.unit)
    meeting, members = Meeting.objects.select_related("unit").get(), {office.office_leader.id: Side.STATE}
    with acting_as(office.office_leader.id) as by, pytest.raises(DatabaseError):
        services.change_members(by=by, meeting=meeting, members=members)


def test_a_committee_is_its_members_and_the_chief_representative_of_its_own_line(office: Office) -> None:
    assign(office.counsellor, Role.COMMITTEE_MEMBER, office.county, employer=office.directorate)
    assign(office.colleague, Role.COMMITTEE_MEMBER, office.municipality, employer=office.municipality)
    with acting_as(office.counsellor.id):
        found = {m.name: m.side for m in proposed_members(office.county, MeetingKind.COMMITTEE)}
    assert found == {
        office.counsellor.name: Side.EMPLOYEES,
        office.chief_safety_representative.name: Side.EMPLOYEES,
        office.county_director.name: Side.EMPLOYER,
    }


def test_calling_a_meeting_twice_makes_one_and_tells_those_invited_once(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    told_of_it = Notice.objects.filter(kind=told.INVITED, subject_id=meeting.id)
    assert {notice.person for notice in told_of_it} == {office.county_director, office.municipal_director}
    assert [point.number for point in Point.objects.filter(meeting=meeting).order_by("number")] == list(
        range(1, 8)
    )


def test_a_counsellor_calls_no_meeting(office: Office) -> None:
    with pytest.raises(NotAllowed):
        called_by(office.counsellor, office.unit, MeetingKind.STAFF)
    assert not Meeting.objects.exists()


def test_a_county_has_no_partnership(office: Office) -> None:
    with pytest.raises(NotPossible):
        called_by(office.county_director, office.county)


def test_minutes_count_when_both_owners_who_were_there_have_approved(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    approved_by(office.municipal_director, meeting)
    assert meeting_again(meeting).stage == Stage.SENT
    approved_by(office.county_director, meeting)
    assert meeting_again(meeting).stage == Stage.APPROVED
    assert set(Approval.objects.values_list("side", flat=True)) == {Side.STATE, Side.MUNICIPAL}


def test_minutes_are_not_sent_without_an_owner_or_with_a_point_unwritten(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    with pytest.raises(NotPossible, match="Skriv noe om hver sak"):
        sent_by(office.office_leader, meeting)
    written_by(office.office_leader, meeting, office.county_director)
    with pytest.raises(NotPossible, match="Kommunen"):
        sent_by(office.office_leader, meeting)


def test_what_has_not_been_held_is_not_sent(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=3))
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    with pytest.raises(NotPossible, match="ikke holdt"):
        sent_by(office.office_leader, meeting)
    with acting_as(office.office_leader.id), pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.filter(id=meeting.id).update(sent_at=timezone.now())


def test_nobody_approves_for_a_party_they_did_not_sit_for_or_that_was_not_there(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    with pytest.raises(NotAllowed):  # invited for the state, but not there
        approved_by(office.office_leader, meeting)
    with acting_as(office.county_director.id) as by, pytest.raises(DatabaseError), transaction.atomic():
        Approval.objects.create(meeting=meeting, round=1, side=Side.MUNICIPAL, by_id=by.id)


def test_the_municipal_director_sends_somebody_who_speaks_for_the_municipality(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    with acting_as(office.municipal_director.id) as by:
        services.send_in_my_place(by=by, meeting=meeting_again(meeting), person=office.formal_leader)
    sent = Participant.objects.get(meeting=meeting, person=office.formal_leader)
    assert (sent.side, sent.sent_for) == (Side.MUNICIPAL, office.municipal_director)
    assert held_by(office.office_leader, meeting, office.county_director, office.formal_leader).approved_at


def test_the_office_leader_appoints_nobody_for_the_municipality(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    again, members = meeting_again(meeting), {office.formal_leader.id: Side.MUNICIPAL}
    with acting_as(office.office_leader.id) as by, pytest.raises(DatabaseError):
        services.change_members(by=by, meeting=again, members=members)


def test_minutes_that_are_sent_back_are_written_anew_and_approved_anew(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    approved_by(office.county_director, meeting)
    with acting_as(office.municipal_director.id) as by:
        back_id = new_id()
        for _time in range(2):
            minutes.send_back(
                by=by, meeting=meeting_again(meeting), return_id=back_id, words="Fristen er feil."
            )
    again = meeting_again(meeting)
    assert (again.stage, again.round) == (Stage.HELD, 2)
    sent_by(office.office_leader, meeting)
    approved_by(office.municipal_director, meeting)
    assert meeting_again(meeting).approved_at is None
    approved_by(office.county_director, meeting)
    assert meeting_again(meeting).approved_at


def test_sent_minutes_are_changed_by_nobody(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    sent_by(office.office_leader, meeting)
    with acting_as(office.office_leader.id) as by:
        point = Point.objects.select_related("meeting__unit").filter(meeting=meeting)[0]
        with pytest.raises(NotPossible):
            minutes.write(by=by, point=point, words="Noe annet.", seen_at=point.minutes_at)
        assert Point.objects.filter(meeting=meeting).update(minutes="Noe annet.", minutes_by=by.id) == 0


def test_two_who_write_at_the_same_point_are_both_heard(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)

    def write(person: Person, words: str, seen_at: object) -> Point:
        with acting_as(person.id) as by:
            point = Point.objects.select_related("meeting__unit").get(meeting=meeting, number=1)
            return minutes.write(by=by, point=point, words=words, seen_at=seen_at)  # type: ignore[arg-type]

    first = write(office.office_leader, "Første.", None)
    with pytest.raises(WrittenMeanwhile) as raised:
        write(office.municipal_director, "Andre.", None)
    assert raised.value.point.minutes == "Første."
    assert write(office.municipal_director, "Første. Andre.", first.minutes_at).minutes == "Første. Andre."


def test_a_decision_becomes_a_measure_of_the_office_with_its_owner(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    decision = decided_by(office.office_leader, meeting, office.leader, Becomes.MEASURE)
    measure = Measure.objects.get(origin_kind=OriginKind.MEETING, origin_id=decision.id)
    assert (measure.unit, measure.owner, measure.title) == (office.unit, office.leader, decision.words)


def test_a_task_is_seen_to_by_its_owner_and_by_nobody_beside(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    decision = decided_by(office.office_leader, meeting, office.counsellor)
    assert Notice.objects.filter(kind=told.DECIDED, person=office.counsellor).count() == 1
    with acting_as(office.counsellor.id) as by:
        minutes.see_to(by=by, decision=decision)
    decision.refresh_from_db()
    assert decision.done_by == office.counsellor
    with acting_as(office.colleague.id) as by, pytest.raises(NotAllowed):
        minutes.see_to(by=by, decision=decision)


def test_what_is_published_stands_in_the_feed_of_the_unit_and_only_once(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        minutes.publish(by=by, meeting=meeting_again(meeting))
    held_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    with acting_as(office.counsellor.id):
        assert not Meeting.objects.exists()
    for _time in range(2):
        with acting_as(office.office_leader.id) as by:
            minutes.publish(by=by, meeting=meeting_again(meeting))
    assert Item.objects.filter(subject_id=meeting.id).count() == 1
    with acting_as(office.counsellor.id):
        assert Point.objects.filter(meeting=meeting).count() == 7


def test_what_an_owner_wants_treated_is_on_the_next_agenda(office: Office) -> None:
    incident = serious_at(office)
    answered_by(office.municipal_director, incident, treats=True)
    meeting = called_by(office.office_leader, office.unit)
    assert Case.objects.get(meeting=meeting).incident_id == incident.id


def test_a_meeting_that_is_called_already_takes_up_what_an_owner_wants_treated(office: Office) -> None:
    soon = timezone.now() + timedelta(days=3)
    meeting = called_by(office.office_leader, office.unit, starts_at=soon, sources=(Source.STATUS,))
    incident = serious_at(office)
    answered_by(office.municipal_director, incident, treats=True)
    assert Case.objects.get(meeting=meeting).incident_id == incident.id
    assert Point.objects.filter(meeting=meeting, source=Source.SERIOUS).count() == 1


def test_an_owner_says_no_only_with_a_reason_and_only_for_their_own_side(office: Office) -> None:
    incident = serious_at(office)
    with pytest.raises(NotPossible):
        answered_by(office.county_director, incident, treats=False, reason=" ")
    assert answered_by(office.county_director, incident, treats=False).side == Side.STATE
    with pytest.raises(StopIteration):  # not asked at all
        answered_by(office.leader, incident, treats=True)


def test_everybody_invited_hears_that_it_is_moved_or_called_off(office: Office) -> None:
    meeting = called_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=3))
    with acting_as(office.office_leader.id) as by:
        later = timezone.now() + timedelta(days=9)
        services.move(by=by, meeting=meeting_again(meeting), starts_at=later, place="Rådhuset")
        services.call_off(by=by, meeting=meeting_again(meeting))
    for kind in (told.MOVED, told.CALLED_OFF):
        assert Notice.objects.filter(kind=kind, person=office.municipal_director).count() == 1
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.add_point(by=by, meeting=meeting_again(meeting), point_id=new_id(), title="Enda en sak")


ACTS_ON_A_PAGE_OPENED_BEFORE: dict[str, Callable[[SignedInPerson, Meeting], object]] = {
    "write": lambda by, seen: minutes.write(by=by, point=point_of(seen), words="Mer.", seen_at=None),
    "attendance": lambda by, seen: minutes.note_attendance(by=by, meeting=seen, present=[]),
    "point": lambda by, seen: services.add_point(by=by, meeting=seen, point_id=new_id(), title="Mer"),
    "move": lambda by, seen: services.move(by=by, meeting=seen, starts_at=timezone.now(), place="Møterom 2"),
    "call off": lambda by, seen: services.call_off(by=by, meeting=seen),
    "send": lambda by, seen: minutes.send(by=by, meeting=seen),
}


def point_of(meeting: Meeting) -> Point:
    point = meeting.points.order_by("number")[0]
    point.meeting = meeting
    return point


@pytest.mark.parametrize("act", ACTS_ON_A_PAGE_OPENED_BEFORE)
def test_what_is_done_while_the_minutes_are_sent_is_refused_and_said(office: Office, act: str) -> None:
    meeting = called_by(office.office_leader, office.unit)
    written_by(office.office_leader, meeting, office.county_director, office.municipal_director)
    seen_before = meeting_again(meeting)
    sent_by(office.office_leader, meeting)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible, match="Referatet er sendt"):
        ACTS_ON_A_PAGE_OPENED_BEFORE[act](by, seen_before)
