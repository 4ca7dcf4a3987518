"""A registered change is reviewed before it is taken into use, and not closed before that (3.1)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person, UnitKind
from tryggmote.organisation.tests.factories import Office, make_office, make_unit
from tryggmote.premises import services as premises
from tryggmote.premises.models import Room
from tryggmote.premises.tests.factories import a_good_room, room_by
from tryggmote.reviews import changes, queries, services, told
from tryggmote.reviews.models import Change, ChangeEnding, Review, Signature
from tryggmote.reviews.tests.factories import begun_by, change_by, done_by, walked_by
from tryggmote.reviews.vocabulary import ChangeKind, Ending, Occasion
from tryggmote.risk.models import Assessment, Reopening
from tryggmote.risk.tests.stories import Work, begin
from tryggmote.risk.vocabulary import Cause

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


def closed_by(person: Person, change: Change) -> ChangeEnding:
    with acting_as(person.id) as by:
        return changes.close_change(by=by, change=change, ending_id=new_id())


def test_it_is_not_closed_before_both_have_signed_its_review(office: Office, room: Room) -> None:
    change = change_by(office.office_leader, room.zone.building, room)
    with pytest.raises(NotPossible, match="signert vernerunden"):
        closed_by(office.office_leader, change)
    walked_by(office.office_leader, begun_by(office.office_leader, room.zone.building, change))
    with pytest.raises(NotPossible):
        closed_by(office.office_leader, change)


def test_the_database_refuses_to_close_it_too(office: Office, room: Room) -> None:
    change = change_by(office.office_leader, room.zone.building)
    with acting_as(office.office_leader.id) as by:
        for ending, words in ((Ending.CLOSED, ""), (Ending.CALLED_OFF, "")):
            with pytest.raises(ProgrammingError), transaction.atomic():
                ChangeEnding.objects.create(change=change, ending=ending, words=words, by_id=by.id)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Change.objects.update(ended_at=timezone.now())


def test_it_is_closed_after_its_own_review_and_not_after_another(office: Office, room: Room) -> None:
    change = change_by(office.office_leader, room.zone.building, room)
    done_by(office.office_leader, office.safety_representative, room.zone.building)
    with pytest.raises(NotPossible):
        closed_by(office.office_leader, change)
    done_by(office.office_leader, office.safety_representative, room.zone.building, change)
    assert closed_by(office.office_leader, change).ending == Ending.CLOSED
    change.refresh_from_db()
    assert change.ended_at is not None


def test_the_review_of_some_rooms_walks_those_and_is_not_the_yearly_one(office: Office, room: Room) -> None:
    room_by(office.office_leader, room.zone, "Rom 2")
    change = change_by(office.office_leader, room.zone.building, room)
    review = begun_by(office.office_leader, room.zone.building, change)
    assert not review.is_whole
    with acting_as(office.office_leader.id):
        assert [place.name for place in queries.places_of(review)] == [room.name]


def test_the_others_are_told_with_the_day(office: Office, room: Room) -> None:
    change_by(office.office_leader, room.zone.building, in_use_on=date(2027, 3, 4))
    notice = Notice.objects.get(person=office.safety_representative, kind=told.CHANGE)
    assert notice.context["day"] == "04.03.2027"


def test_a_representative_registers_it_and_a_leader_ends_it(office: Office, room: Room) -> None:
    change = change_by(office.safety_representative, room.zone.building)
    with pytest.raises(NotAllowed):
        closed_by(office.safety_representative, change)
    with pytest.raises(NotAllowed):
        change_by(office.counsellor, room.zone.building)
    with acting_as(office.office_leader.id) as by:
        ended = changes.call_off(by=by, change=change, ending_id=new_id(), reason="Vi ble boende.")
    assert (ended.ending, ended.words) == (Ending.CALLED_OFF, "Vi ble boende.")


def test_a_room_of_another_building_is_not_changed_here(office: Office, room: Room) -> None:
    other = a_good_room(office.office_leader, office.unit, name="Rom 9")
    with pytest.raises(NotPossible):
        change_by(office.office_leader, room.zone.building, other)


def test_the_day_is_put_off_until_it_has_come(office: Office, room: Room) -> None:
    today = timezone.localdate()
    ahead = change_by(office.office_leader, room.zone.building)
    in_use = change_by(office.office_leader, room.zone.building, in_use_on=today)
    with acting_as(office.office_leader.id) as by:
        changes.put_off(by=by, change=ahead, in_use_on=today + timedelta(days=30))
        with pytest.raises(NotPossible, match="vernerunde nå"):
            changes.put_off(by=by, change=in_use, in_use_on=today + timedelta(days=30))
        with pytest.raises(NotPossible):
            changes.put_off(by=by, change=ahead, in_use_on=today - timedelta(days=1))
    assert Change.objects.get(id=ahead.id).in_use_on == today + timedelta(days=30)


def test_closing_twice_with_the_same_id_is_once(office: Office, room: Room) -> None:
    change = change_by(office.office_leader, room.zone.building)
    done_by(office.office_leader, office.safety_representative, room.zone.building, change)
    ending = closed_by(office.office_leader, change)
    with acting_as(office.office_leader.id) as by:
        assert changes.close_change(by=by, change=change, ending_id=ending.id) == ending
    with pytest.raises(NotPossible):
        closed_by(office.office_leader, change)


def test_a_change_of_rooms_that_are_gone_is_still_walked(office: Office, room: Room) -> None:
    """Nobody closes a change by signing for an empty round."""
    change = change_by(office.office_leader, room.zone.building, room)
    with acting_as(office.office_leader.id) as by:
        premises.leave_room(by=by, room=room)
    review = begun_by(office.office_leader, room.zone.building, change)
    with acting_as(office.office_leader.id) as by:
        assert [place.room for place in queries.places_of(review)] == [None]
        with pytest.raises(NotPossible, match="gjenstår"):
            services.sign(by=by, review=review, signature_id=new_id())


@pytest.mark.parametrize(("whole", "rooms"), [(False, []), (True, []), (True, ["other"]), (False, ["room"])])
def test_nobody_begins_a_round_that_leaves_something_out_even_by_sql(
    office: Office, room: Room, whole: bool, rooms: list[str]
) -> None:
    other = room_by(office.office_leader, room.zone, "Rom 9")
    ids = {"room": room.id, "other": other.id}
    change = change_by(office.office_leader, room.zone.building, room, other)
    with acting_as(office.office_leader.id) as by:
        for occasion, of_change in ((Occasion.YEARLY, None), (Occasion.CHANGE, change)):
            with pytest.raises(ProgrammingError), transaction.atomic():
                Review.objects.create(
                    building=room.zone.building, occasion=occasion, change=of_change, is_whole=whole,
                    room_ids=[ids[name] for name in rooms], version="2026-1", begun_by_id=by.id,
                )  # fmt: skip


def test_what_is_in_use_is_not_put_off_even_by_sql(office: Office, room: Room) -> None:
    today = timezone.localdate()
    change_by(office.office_leader, room.zone.building, in_use_on=today)
    with acting_as(office.office_leader.id):
        assert not Change.objects.update(in_use_on=today + timedelta(days=30))


def test_a_signature_cannot_be_dated_ahead_so_that_the_year_lasts_longer(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    walked_by(office.office_leader, review)
    for person, capacity in (
        (office.office_leader, "leader"), (office.safety_representative, "representative"),
    ):  # fmt: skip
        with acting_as(person.id) as by:
            ahead = timezone.now() + timedelta(days=900)
            Signature.objects.create(review=review, capacity=capacity, by_id=by.id, at=ahead)
    review.refresh_from_db()
    assert review.signed_at
    assert review.signed_at <= timezone.now()


def approved(office: Office, *forms: str) -> Work:
    """An assessment of these meeting forms, in force."""
    work = begin(office, forms=forms)
    work.complete()
    work.approve()
    return work


def opened_by(change: Change) -> set[Assessment]:
    return {row.assessment for row in Reopening.objects.filter(cause=Cause.CHANGE, cause_id=change.id)}


def test_what_the_rooms_are_used_for_is_assessed_again_before_they_are_rebuilt(
    office: Office, room: Room
) -> None:
    talks, telephone = approved(office, "planned"), approved(office, "telephone")
    rebuilt = change_by(office.office_leader, room.zone.building, room, kind=ChangeKind.REBUILDING)
    assert opened_by(rebuilt) == {talks.assessment}
    assert talks.draft.cause == Cause.CHANGE
    later = change_by(office.office_leader, room.zone.building, kind=ChangeKind.OPENING_HOURS)
    assert opened_by(later) == {talks.assessment, telephone.assessment}


def test_a_change_opens_what_is_assessed_below_the_unit_and_nothing_elsewhere(
    office: Office, room: Room
) -> None:
    team, elsewhere = approved(office, "planned"), approved(make_office("Nav Annet"), "planned")
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    Assessment.objects.filter(id=team.assessment.id).update(unit=department)
    moved = change_by(office.office_leader, room.zone.building, kind=ChangeKind.MOVE)
    assert opened_by(moved) == {team.assessment}
    assert not elsewhere.assessment.versions.filter(approved_at=None).exists()


def test_what_was_never_approved_needs_no_opening(office: Office, room: Room) -> None:
    begin(office)
    assert not opened_by(change_by(office.office_leader, room.zone.building))


def test_the_draft_says_which_change_opened_it_and_the_change_which_assessment(
    office: Office, room: Room, client_of: ClientOf
) -> None:
    work = approved(office, "planned")
    change = change_by(office.office_leader, room.zone.building)
    client = client_of(office.office_leader)
    draft = client.get(work.assessment.get_absolute_url()).content.decode()
    assert f'<a class="aksel-link" href="{change.get_absolute_url()}">En endring i lokaler' in draft
    assert work.assessment.get_absolute_url() in client.get(change.get_absolute_url()).content.decode()
