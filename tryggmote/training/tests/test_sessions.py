"""Sessions: signing up, the waiting list, being there, and what follows (4.1)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.controls.tests.helpers import noon
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.training import session_told, sessions
from tryggmote.training.models import Attendance, Completion, Session, SignUp
from tryggmote.training.session_queries import next_sessions, seats_of
from tryggmote.training.session_reminders import remind_of
from tryggmote.training.tests.plan_helpers import (
    begun,
    coded,
    held_by,
    now,
    recorded_by,
    signed_up,
    withdrawn,
)
from tryggmote.ui.dates import oslo_today

pytestmark = [pytest.mark.django_db, pytest.mark.training]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def session(office: Office) -> Session:
    """Tomorrow, about risk, with room for two."""
    return held_by(office.office_leader, office.unit)


def told(kind: str, session: Session) -> set[int]:
    return set(Notice.objects.filter(kind=kind, subject_id=session.id).values_list("person_id", flat=True))


def place_of(person: Person, session: Session) -> int | None:
    with acting_as(person.id):
        return seats_of([now(session)])[session.id].my_place


def has_learnt(person: Person) -> bool:
    return Completion.objects.filter(person=person, element="risk_awareness", withdrawn_at=None).exists()


def test_the_first_to_come_have_the_places_and_the_rest_wait(office: Office, session: Session) -> None:
    signed_up(session, office.counsellor, office.colleague, office.safety_representative)
    assert place_of(office.safety_representative, session) == 3
    with acting_as(office.safety_representative.id):
        seats = seats_of([session])[session.id]
    assert (seats.taken, seats.waiting, seats.is_mine, seats.my_wait) == (2, 1, False, 1)


def test_whoever_waits_first_has_the_place_of_one_who_withdraws_and_is_told(
    office: Office, session: Session
) -> None:
    signed_up(session, office.counsellor, office.colleague, office.leader, office.safety_representative)
    withdrawn(session, office.safety_representative)
    assert told(session_told.MOVED_UP, session) == set(), "one who waited leaves no place"
    withdrawn(session, office.counsellor)
    assert told(session_told.MOVED_UP, session) == {office.leader.id}
    assert place_of(office.leader, session) == 2


def test_signing_up_twice_is_signing_up_once_and_one_may_come_back_at_the_end(
    office: Office, session: Session
) -> None:
    signed_up(session, office.counsellor, office.counsellor, office.colleague)
    assert SignUp.objects.count() == 2
    withdrawn(session, office.counsellor)
    signed_up(session, office.counsellor)
    assert place_of(office.counsellor, session) == 2


def test_more_room_lets_in_those_who_wait(office: Office, session: Session) -> None:
    signed_up(session, office.counsellor, office.colleague, office.safety_representative)
    details = {name: getattr(session, name) for name in sessions.Details.__dataclass_fields__}
    with acting_as(office.office_leader.id) as by:
        sessions.change(by=by, session=session, details=sessions.Details(**{**details, "capacity": 5}))
    assert told(session_told.MOVED_UP, session) == {office.safety_representative.id}
    assert told(session_told.CHANGED, session) == set(), "neither time nor place has changed"


def test_a_leader_signs_up_those_they_lead_and_nobody_else(office: Office, session: Session) -> None:
    with acting_as(office.leader.id) as by:
        sessions.sign_up(by=by, session=session, person_ids=[office.counsellor.id, office.colleague.id])
        with pytest.raises(NotAllowed):
            sessions.sign_up(by=by, session=session, person_ids=[office.office_leader.id])
    assert told(session_told.SIGNED_UP, session) == {office.counsellor.id, office.colleague.id}
    with acting_as(office.counsellor.id) as by, pytest.raises(NotAllowed):
        sessions.sign_up(by=by, session=session, person_ids=[office.colleague.id])


def test_nobody_signs_up_when_it_has_begun_or_is_cancelled(office: Office, session: Session) -> None:
    with acting_as(office.office_leader.id) as by:
        cancelled = held_by(office.office_leader, office.unit)
        sessions.cancel(by=by, session=cancelled)
    begun(session)
    for closed in (session, cancelled):
        with pytest.raises(NotPossible):
            signed_up(closed, office.counsellor)


def test_those_who_are_signed_up_are_told_that_it_is_cancelled(office: Office, session: Session) -> None:
    signed_up(session, office.counsellor)
    with acting_as(office.office_leader.id) as by:
        sessions.cancel(by=by, session=session)
    assert told(session_told.CANCELLED, session) == {office.counsellor.id}


def test_the_code_on_the_wall_gives_the_training_to_whoever_types_it_there(
    office: Office, session: Session
) -> None:
    begun(session)
    with pytest.raises(NotPossible):
        coded(session, office.counsellor, code="NOTTHE")
    assert not has_learnt(office.counsellor)
    coded(session, office.counsellor)
    coded(session, office.counsellor)
    assert Attendance.objects.count() == 1
    completion = Completion.objects.get(person=office.counsellor)
    assert (completion.source, completion.subject_id, completion.element, completion.done_on) == (
        "session", session.id, "risk_awareness", now(session).starts_at.astimezone().date(),
    )  # fmt: skip


def test_what_waited_on_a_phone_counts_when_it_was_typed_and_not_when_it_came(
    office: Office, session: Session
) -> None:
    begun(session, ago=timedelta(days=3))
    coded(session, office.counsellor, at=now(session).starts_at + timedelta(minutes=20))
    assert has_learnt(office.counsellor)
    with pytest.raises(NotPossible):
        coded(session, office.colleague, at=timezone.now())


@pytest.mark.parametrize(("minutes", "counts"), [(-61, False), (-59, True), (179, True), (181, False)])
def test_the_code_counts_from_an_hour_before_to_an_hour_after(
    office: Office, session: Session, minutes: int, counts: bool
) -> None:
    begun(session, ago=timedelta(days=1))
    at = now(session).starts_at + timedelta(minutes=minutes)
    if counts:
        coded(session, office.counsellor, at=at)
    else:
        with pytest.raises(NotPossible):
            coded(session, office.counsellor, at=at)
    assert has_learnt(office.counsellor) is counts


def test_whoever_leads_it_ticks_who_was_there_and_can_correct_it(office: Office) -> None:
    session = held_by(office.office_leader, office.unit, led_by_id=office.colleague.id)
    assert told(session_told.LEADS, session) == {office.colleague.id}
    signed_up(session, office.counsellor, office.leader)
    begun(session)
    with pytest.raises(NotAllowed):
        recorded_by(office.counsellor, session, office.counsellor)
    recorded_by(office.colleague, session, office.counsellor, office.leader)
    assert has_learnt(office.counsellor)
    recorded_by(office.colleague, session, office.leader)
    assert not has_learnt(office.counsellor)
    assert has_learnt(office.leader)
    recorded_by(office.office_leader, session, office.counsellor, office.leader)
    assert has_learnt(office.counsellor)


def test_nothing_is_ticked_before_it_begins(office: Office, session: Session) -> None:
    signed_up(session, office.counsellor)
    with pytest.raises(NotPossible):
        recorded_by(office.office_leader, session, office.counsellor)


def test_whoever_had_a_place_and_did_not_come_has_one_in_the_next_with_room(office: Office) -> None:
    session = held_by(office.office_leader, office.unit, capacity=3)
    full = held_by(office.office_leader, office.unit, capacity=1)
    later = held_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=9))
    held_by(office.office_leader, office.unit, elements=("communication",))
    signed_up(session, office.counsellor, office.colleague, office.leader, office.safety_representative)
    signed_up(full, office.leader)
    begun(session)
    recorded_by(office.office_leader, session, office.colleague)
    assert place_of(office.counsellor, later) == 1
    assert told(session_told.MOVED_ON, later) == {office.counsellor.id}
    assert told(session_told.MOVED_ON, full) == {office.leader.id}, "already signed up for that one"
    assert place_of(office.leader, later) is None
    assert place_of(office.safety_representative, later) is None, "had no place to come to"
    recorded_by(office.office_leader, session, office.colleague)
    assert SignUp.objects.filter(session=later).count() == 1


def test_whoever_did_not_come_is_told_when_there_is_no_other(office: Office, session: Session) -> None:
    signed_up(session, office.counsellor)
    begun(session)
    recorded_by(office.office_leader, session)
    assert told(session_told.ABSENT, session) == {office.counsellor.id}


def test_those_with_a_place_are_reminded_the_day_before(office: Office) -> None:
    tomorrow = oslo_today() + timedelta(days=1)
    session = held_by(office.office_leader, office.unit, starts_at=noon(tomorrow))
    signed_up(session, office.counsellor, office.colleague, office.safety_representative)
    remind_of(tomorrow)
    assert told(session_told.REMINDER, session) == {office.counsellor.id, office.colleague.id}


def test_a_session_is_open_to_its_own_unit_until_the_leader_opens_it_to_more(office: Office) -> None:
    own = held_by(office.office_leader, office.unit)
    for_all = held_by(office.office_leader, office.unit, open_to_id=office.directorate.id)
    stranger = make_office("Nav Storvik").counsellor
    with acting_as(stranger.id):
        assert set(Session.objects.values_list("id", flat=True)) == {for_all.id}
    signed_up(for_all, stranger)
    assert place_of(stranger, for_all) == 1
    assert place_of(office.counsellor, own) is None


def test_the_next_session_with_room_is_shown_for_what_one_lacks(office: Office) -> None:
    full = held_by(office.office_leader, office.unit, capacity=1)
    signed_up(full, office.colleague)
    open_ = held_by(office.office_leader, office.unit, starts_at=timezone.now() + timedelta(days=9))
    for person, wanted in ((office.counsellor, open_), (office.colleague, full)):
        with acting_as(person.id):
            found = next_sessions(["risk_awareness", "communication"])
        assert {element: shown.session.id for element, shown in found.items()} == {
            "risk_awareness": wanted.id
        }


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("counsellor", {"counsellor"}),
        ("colleague", {"colleague"}),
        ("leader", {"counsellor", "colleague"}),
        ("safety_representative", {"counsellor", "colleague"}),  # leads the session
        ("office_leader", {"counsellor", "colleague"}),
        ("administrator", set()),
        ("chief_safety_representative", set()),
    ],
)
def test_who_comes_is_seen_by_oneself_whoever_leads_the_session_and_leaders(
    office: Office, role: str, sees: set[str]
) -> None:
    session = held_by(office.office_leader, office.unit, led_by_id=office.safety_representative.id)
    signed_up(session, office.counsellor, office.colleague)
    begun(session)
    recorded_by(office.safety_representative, session, office.counsellor, office.colleague)
    wanted = {getattr(office, who).id for who in sees}
    with acting_as(getattr(office, role).id):
        assert set(SignUp.objects.values_list("person_id", flat=True)) == wanted
        assert set(Attendance.objects.values_list("person_id", flat=True)) == wanted


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            return not write()
    except DatabaseError:
        return True


def test_the_database_takes_no_attendance_that_nobody_can_vouch_for(office: Office, session: Session) -> None:
    begun(session)
    me, code = office.counsellor, session.code
    with acting_as(me.id):
        for wrong in (
            {"person": me, "way": "list"},
            {"person": me, "way": "code", "code": "NOTTHE"},
            {"person": me, "way": "code", "code": ""},
            {"person": office.colleague, "way": "code", "code": code},
            {"person": me, "way": "code", "code": code, "at": timezone.now() - timedelta(days=2)},
            {"person": me, "way": "code", "code": code, "at": timezone.now() + timedelta(hours=1)},
        ):
            assert refused(lambda row=wrong: Attendance.objects.create(session=session, by=me, **row)), wrong
    assert not has_learnt(me)


def test_the_database_lets_nobody_come_before_those_who_came_first(office: Office, session: Session) -> None:
    with acting_as(office.counsellor.id):
        assert refused(
            lambda: SignUp.objects.create(
                session=session, person=office.counsellor, by=office.counsellor,
                at=timezone.now() - timedelta(days=1),
            )
        )  # fmt: skip
        assert refused(
            lambda: SignUp.objects.create(session=session, person=office.colleague, by=office.counsellor)
        )
        assert refused(lambda: Session.objects.filter(id=session.id).update(capacity=9))


def test_only_leaders_of_the_unit_set_up_sessions(office: Office) -> None:
    with pytest.raises(NotAllowed):
        held_by(office.counsellor, office.unit)
