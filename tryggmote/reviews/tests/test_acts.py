"""A review from beginning to signatures, and what becomes of what was found (3.1)."""

import io
from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone
from PIL import Image

from tryggmote.access.context import acting_as
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.ids import new_id
from tryggmote.controls.models import Measure
from tryggmote.controls.pictures import CleanPicture, clean_picture
from tryggmote.notices.models import Notice
from tryggmote.organisation.models import Person
from tryggmote.organisation.tests.factories import Office, make_office
from tryggmote.premises.models import Room
from tryggmote.premises.services import leave_room
from tryggmote.premises.tests.factories import a_good_room
from tryggmote.reviews import queries, services, told
from tryggmote.reviews.models import Finding, FindingPicture, Part, Review, Signature
from tryggmote.reviews.reminders import remind_of_signatures
from tryggmote.reviews.services import PartDraft
from tryggmote.reviews.tests.factories import begun_by, done_by, found_by, signed_by, walked_by
from tryggmote.reviews.vocabulary import Becomes
from tryggmote.risk.models import Hazard

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


def a_photograph() -> CleanPicture:
    written = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(written, format="JPEG")
    written.seek(0)
    return clean_picture(written, len(written.getvalue()))


def told_to(person: Person, kind: str) -> int:
    return Notice.objects.filter(person=person, kind=kind).count()


def test_leader_and_representative_walk_it_sign_it_and_it_is_done(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    assert told_to(office.safety_representative, told.BEGUN) == 1
    walked_by(office.safety_representative, review)
    signed_by(office.safety_representative, review)
    review.refresh_from_db()
    assert review.signed_at is None
    assert told_to(office.office_leader, told.TO_SIGN) == 1
    signed_by(office.office_leader, review)
    review.refresh_from_db()
    assert review.signed_at is not None


def test_the_county_hears_nothing_and_the_counsellor_may_only_read(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    assert told_to(office.county_director, told.BEGUN) == 0
    for act in (begun_by, walked_by, signed_by):
        with pytest.raises(NotAllowed):
            act(office.counsellor, room.zone.building if act is begun_by else review)
    with acting_as(office.counsellor.id):
        assert queries.reviews().get() == review


def test_two_who_begin_find_themselves_in_the_same_review(office: Office, room: Room) -> None:
    first = begun_by(office.office_leader, room.zone.building)
    assert begun_by(office.safety_representative, room.zone.building) == first


def test_what_is_not_in_order_is_a_hazard_on_the_spot_in_words_of_the_product(
    office: Office, room: Room
) -> None:
    review = begun_by(office.safety_representative, room.zone.building)
    found_by(office.safety_representative, review, room, "objects", words="Ola lar alltid saksen ligge.")
    hazard, finding = Hazard.objects.get(), Finding.objects.get()
    assert (hazard.source, hazard.source_id) == ("review", finding.id)
    assert hazard.unit_id == office.unit.id
    assert "Ingen løse ting" in hazard.what
    assert "saksen" not in hazard.what
    with acting_as(office.office_leader.id):
        assert str(review.id) in queries.address_of_finding(finding.id)


def test_a_leader_plans_a_measure_on_the_spot(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    due = timezone.localdate() + timedelta(days=9)
    found_by(
        office.office_leader, review, room, "alarm",
        becomes=Becomes.MEASURE, title="Sett opp knapp i rom 1", due_on=due,
    )  # fmt: skip
    measure = Measure.objects.get()
    assert (measure.title, measure.due_on, measure.owner) == (
        "Sett opp knapp i rom 1", due, office.office_leader,
    )  # fmt: skip
    assert (measure.origin_kind, measure.origin_id) == ("review", Finding.objects.get().id)
    assert measure.forms == ["planned"]
    assert not Hazard.objects.exists()


def test_a_representative_plans_no_measure_but_a_hazard_is_raised(office: Office, room: Room) -> None:
    review = begun_by(office.safety_representative, room.zone.building)
    found_by(office.safety_representative, review, room, "alarm", becomes=Becomes.MEASURE)
    assert Finding.objects.get().became == Becomes.HAZARD
    assert Hazard.objects.exists()
    assert not Measure.objects.exists()


def test_the_same_part_sent_twice_finds_once(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    part = found_by(office.office_leader, review, room, "seat")
    with acting_as(office.office_leader.id) as by:
        place = queries.place_of(review, room.id)
        assert place is not None
        again = services.save_part(by=by, place=place, draft=PartDraft(part.id, {}))
    assert again == part
    assert (Part.objects.count(), Finding.objects.count()) == (1, 1)


def test_what_two_say_of_the_same_point_is_kept_and_is_one_finding(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    found_by(office.office_leader, review, room, "objects", words="Saks.", picture=a_photograph())
    found_by(office.safety_representative, review, room, "objects", words="Vase.", picture=a_photograph())
    assert Finding.objects.get().words == "Saks."
    assert "Vase." in Part.objects.get(is_latest=True).words
    assert FindingPicture.objects.count() == 2
    assert Hazard.objects.count() == 1


def test_it_is_not_signed_while_a_place_is_left(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    found_by(office.office_leader, review, room, "objects")
    with pytest.raises(NotPossible, match="Bygget som helhet"):
        signed_by(office.office_leader, review)
    with acting_as(office.office_leader.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        Signature.objects.create(review=review, capacity="leader", by_id=by.id)


def test_a_room_taken_out_of_use_meanwhile_need_not_be_walked(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    with acting_as(office.office_leader.id) as by:
        leave_room(by=by, room=room)
    walked_by(office.office_leader, review)
    signed_by(office.office_leader, review)
    assert [part.room_id for part in Part.objects.all()] == [None]


def test_nothing_is_changed_from_the_first_signature_on(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    walked_by(office.office_leader, review)
    signed_by(office.office_leader, review)
    with pytest.raises(NotPossible):
        found_by(office.safety_representative, review, room, "objects")
    with acting_as(office.safety_representative.id) as by:
        with pytest.raises(ProgrammingError), transaction.atomic():
            Part.objects.create(review=review, room=room, answers={}, is_complete=True, by_id=by.id)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Finding.objects.create(review=review, room=room, point="objects", became="hazard", by_id=by.id)
    with acting_as(office.office_leader.id) as by, pytest.raises(NotPossible):
        services.break_off(by=by, review=review)


@pytest.mark.parametrize(
    ("who", "capacity"), [("office_leader", "representative"), ("safety_representative", "leader")]
)
def test_nobody_signs_as_the_other_side(office: Office, room: Room, who: str, capacity: str) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    walked_by(office.office_leader, review)
    with acting_as(getattr(office, who).id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        Signature.objects.create(review=review, capacity=capacity, by_id=by.id)


def test_nobody_signs_in_anothers_name_or_sets_it_signed(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    walked_by(office.office_leader, review)
    with acting_as(office.office_leader.id):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Signature.objects.create(review=review, capacity="leader", by=office.leader)
        with pytest.raises(ProgrammingError), transaction.atomic():
            Review.objects.filter(id=review.id).update(signed_at=timezone.now())


def test_a_review_begun_by_mistake_is_broken_off_and_another_can_begin(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    found_by(office.office_leader, review, room, "objects")
    with acting_as(office.office_leader.id) as by:
        services.break_off(by=by, review=review)
        assert not queries.reviews().exists()
    assert begun_by(office.office_leader, room.zone.building) != review
    assert Hazard.objects.count() == 1


def test_photographs_are_seen_by_those_who_work_there_only(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    found_by(office.office_leader, review, room, "objects", picture=a_photograph())
    for person, sees in (
        (office.counsellor, True), (office.safety_representative, True), (office.county_director, False),
        (office.directorate_member, False), (office.auditor, False), (office.administrator, False),
        (make_office("Nav Storvik").office_leader, False),
    ):  # fmt: skip
        with acting_as(person.id):
            assert FindingPicture.objects.exists() is sees, person.name
    with acting_as(office.county_director.id):
        assert Finding.objects.exists(), "what was found is no secret above"


def test_both_are_reminded_once_of_a_signature_missing_for_ten_working_days(
    office: Office, room: Room
) -> None:
    begun_by(office.office_leader, room.zone.building)
    now = timezone.now()
    assert remind_of_signatures(now=now + timedelta(days=9)) == 0
    assert remind_of_signatures(now=now + timedelta(days=21)) == 1
    assert remind_of_signatures(now=now + timedelta(days=22)) == 0
    assert told_to(office.office_leader, told.UNSIGNED) == 1
    assert told_to(office.safety_representative, told.UNSIGNED) == 1


def test_nobody_is_reminded_of_what_is_signed(office: Office, room: Room) -> None:
    done_by(office.office_leader, office.safety_representative, room.zone.building)
    assert remind_of_signatures(now=timezone.now() + timedelta(days=40)) == 0


def test_the_place_of_another_building_is_not_walked_in_this_review(office: Office, room: Room) -> None:
    other = a_good_room(office.office_leader, office.unit, name="Rom 9")
    review = begun_by(office.office_leader, room.zone.building)
    with acting_as(office.office_leader.id) as by, pytest.raises(ProgrammingError), transaction.atomic():
        Part.objects.create(id=new_id(), review=review, room=other, answers={}, is_complete=True, by_id=by.id)
