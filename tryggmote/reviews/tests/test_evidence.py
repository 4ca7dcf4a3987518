"""What reviews prove of 3.1, what they ask of people on "Now", and that all of it moves with the building."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.access.tests.worlds import (
    counts,
    days_ago_near,
    in_random_worlds,
    last_days_ago,
    noon,
    undone,
)
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.duties.tests import helpers
from tryggmote.organisation.models import Person, Unit, UnitKind
from tryggmote.organisation.roles import Role
from tryggmote.organisation.tests.factories import Office, assign, make_office, make_unit, workforce_of
from tryggmote.premises.models import Building, Room
from tryggmote.premises.moving import move_building
from tryggmote.premises.services import leave_building
from tryggmote.premises.tests.factories import a_good_room, building_by
from tryggmote.reviews import duties, evidence
from tryggmote.reviews.models import Change, Review
from tryggmote.reviews.rules import asked_for_if_reviewed_by
from tryggmote.reviews.tests.factories import begun_by, change_by, done_by, signed_by, walked_by
from tryggmote.reviews.vocabulary import ChangeKind, Occasion

pytestmark = pytest.mark.django_db
Status = tuple[str, str, date | None]


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def room(office: Office) -> Room:
    return a_good_room(office.office_leader, office.unit)


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def status_of(unit: Unit, asking: Person) -> Status:
    with acting_as(asking.id), connection.cursor() as cursor:
        cursor.execute(
            "select state, reason, figures, runs_out_on from evidence_3_1 where unit_id = %s", [unit.id]
        )
        state, reason, _figures, runs_out_on = cursor.fetchone()
        return state, reason, runs_out_on


def owed_by(person: Person) -> list[Duty]:
    return helpers.owed_by(person, *duties.KINDS)


def signed_days_ago(review: Review, days: int) -> None:
    Review.objects.filter(id=review.id).update(signed_at=timezone.now() - timedelta(days=days))


def test_an_office_without_buildings_owes_registering_them(office: Office) -> None:
    assert status_of(office.unit, office.counsellor) == ("missing", "no_building", None)
    act = evidence._next_act("no_building", {}, office.unit.id)
    assert act is not None
    assert act.url == "/lokaler/"


def test_a_building_never_reviewed_is_missing_and_a_review_of_the_year_is_met(
    office: Office, room: Room, today: date
) -> None:
    building = room.zone.building
    assert status_of(office.unit, office.counsellor) == ("missing", "never_reviewed", None)
    review = begun_by(office.office_leader, building)
    walked_by(office.office_leader, review)
    signed_by(office.office_leader, review)
    assert status_of(office.unit, office.counsellor)[:2] == ("missing", "not_signed")
    signed_by(office.safety_representative, review)
    state, reason, until = status_of(office.unit, office.counsellor)
    assert (state, reason) == ("met", "reviewed")
    assert until is not None
    assert until > today + timedelta(days=360)


def test_it_holds_on_the_last_day_of_the_year_and_not_the_day_after(
    office: Office, room: Room, today: date
) -> None:
    review = done_by(office.office_leader, office.safety_representative, room.zone.building)
    last_day = last_days_ago(months=12)
    Review.objects.filter(id=review.id).update(signed_at=noon(last_day))
    assert status_of(office.unit, office.counsellor) == ("met", "reviewed", today)
    Review.objects.filter(id=review.id).update(signed_at=noon(last_day + 1))
    assert status_of(office.unit, office.counsellor)[:2] == ("partly", "expired")


def test_every_building_in_use_counts(office: Office, room: Room) -> None:
    done_by(office.office_leader, office.safety_representative, room.zone.building)
    other = building_by(office.office_leader, office.unit, name="Rådhuset")
    assert status_of(office.unit, office.counsellor)[:2] == ("partly", "never_reviewed")
    with acting_as(office.office_leader.id) as by:
        leave_building(by=by, building=other)
    assert status_of(office.unit, office.counsellor)[0] == "met"


def test_a_change_in_use_without_review_is_said_plainly(office: Office, room: Room, today: date) -> None:
    building = room.zone.building
    done_by(office.office_leader, office.safety_representative, building)
    change = change_by(office.office_leader, building, room, in_use_on=today + timedelta(days=1))
    assert status_of(office.unit, office.counsellor)[0] == "met"
    Change.objects.update(in_use_on=today)
    assert status_of(office.unit, office.counsellor)[:2] == ("partly", "in_use_unreviewed")
    assert "uten vernerunde" in evidence._says("in_use_unreviewed", {"unreviewed": 1})
    done_by(office.office_leader, office.safety_representative, building, change)
    assert status_of(office.unit, office.counsellor)[0] == "met"


def test_departments_have_the_offices_buildings(office: Office, room: Room) -> None:
    department = make_unit("Mottak", UnitKind.DEPARTMENT, parents=(office.unit,))
    done_by(office.office_leader, office.safety_representative, room.zone.building)
    assert status_of(department, office.office_leader)[0] == "met"


@pytest.mark.parametrize(
    "reason", ["no_building", "never_reviewed", "expired", "in_use_unreviewed", "not_signed", "reviewed"]
)
def test_every_reason_has_its_sentence_and_what_is_owed_has_an_act(reason: str) -> None:
    figures = {"never": 2, "expired": 1, "unreviewed": 1}
    assert evidence._says(reason, figures)
    assert (evidence._next_act(reason, figures, 1) is None) == (reason == "reviewed")


def test_a_merge_of_two_offices_keeps_every_record_and_status(office: Office, room: Room) -> None:
    building = room.zone.building
    done_by(office.office_leader, office.safety_representative, building)
    change_by(office.office_leader, building, room)
    merged = make_unit("Nav Samlet", parents=(office.county, office.municipality))
    workforce_of(merged, office.directorate)
    assign(office.office_leader, Role.OFFICE_LEADER, merged)
    before = status_of(office.unit, office.office_leader)
    moved(office.office_leader, building, merged)
    assert status_of(merged, office.office_leader) == before
    assert status_of(office.unit, office.office_leader)[:2] == ("missing", "no_building")
    with acting_as(office.office_leader.id):
        assert Review.objects.get().building.unit == merged
        assert Change.objects.get().building.unit == merged


def test_a_split_gives_each_part_its_own_status(office: Office, room: Room) -> None:
    done_by(office.office_leader, office.safety_representative, room.zone.building)
    other = building_by(office.office_leader, office.unit, name="Rådhuset")
    split_off = make_unit("Nav Avdelt", parents=(office.county, office.municipality))
    workforce_of(split_off, office.directorate)
    assign(office.office_leader, Role.OFFICE_LEADER, split_off)
    moved(office.office_leader, other, split_off)
    assert status_of(office.unit, office.office_leader)[0] == "met"
    assert status_of(split_off, office.office_leader)[:2] == ("missing", "never_reviewed")


def moved(by_whom: Person, building: Building, unit: Unit) -> None:
    with acting_as(by_whom.id) as by:
        move_building(by=by, move_id=new_id(), building=building, to_unit_id=unit.id)


def test_now_asks_the_leader_for_a_review_that_was_never_made_and_a_month_before_the_next(
    office: Office, room: Room
) -> None:
    (duty,) = owed_by(office.office_leader)
    assert (duty.kind, duty.due, duty.urgency) == ("yearly_review", None, Urgency.SOON)
    review = done_by(office.office_leader, office.safety_representative, room.zone.building)
    assert owed_by(office.office_leader) == []
    signed_days_ago(review, 340)
    (duty,) = owed_by(office.office_leader)
    assert duty.due is not None
    assert owed_by(office.counsellor) == []
    assert owed_by(office.county_director) == []


@pytest.mark.parametrize(("days_later", "asked_for"), [(0, 1), (1, 0)])
def test_now_asks_from_the_day_of_the_rule(
    office: Office, room: Room, today: date, days_later: int, asked_for: int
) -> None:
    review = done_by(office.office_leader, office.safety_representative, room.zone.building)
    last = asked_for_if_reviewed_by(today) + timedelta(days=days_later)
    signed_days_ago(review, (today - last).days)
    assert len(owed_by(office.office_leader)) == asked_for


def test_now_asks_both_for_the_review_of_a_change_and_says_when_it_is_too_late(
    office: Office, room: Room, today: date
) -> None:
    done_by(office.office_leader, office.safety_representative, room.zone.building)
    change_by(office.office_leader, room.zone.building, in_use_on=today + timedelta(days=3))
    for person in (office.office_leader, office.safety_representative):
        (duty,) = owed_by(person)
        assert duty.kind == "change_review"
    Change.objects.update(in_use_on=today - timedelta(days=1))
    (duty,) = owed_by(office.office_leader)
    assert "uten vernerunde" in duty.why


def test_now_asks_for_the_signature_that_is_missing(office: Office, room: Room) -> None:
    review = begun_by(office.office_leader, room.zone.building)
    assert [duty.kind for duty in owed_by(office.office_leader)] == ["review_begun"]
    assert owed_by(office.safety_representative) == []
    walked_by(office.office_leader, review)
    signed_by(office.office_leader, review)
    assert owed_by(office.office_leader) == []
    assert [duty.kind for duty in owed_by(office.safety_representative)] == ["review_signature"]


def test_now_asks_the_leader_for_each_change_and_an_employee_for_nothing(office: Office, room: Room) -> None:
    for number in range(5):
        change_by(office.office_leader, room.zone.building, what=f"Endring {number}")
    assert len(owed_by(office.office_leader)) == 6
    assert owed_by(office.counsellor) == []


@dataclass(frozen=True)
class Premises:
    """A building in use: when it was last reviewed as a whole, and its changes (in use in days, reviewed)."""

    whole_days_ago: int | None
    changes: list[tuple[int, str]]

    def registered(self, office: Office) -> None:
        building = building_by(office.office_leader, office.unit)
        if self.whole_days_ago is not None:
            signed(office, building, self.whole_days_ago, occasion=Occasion.YEARLY, is_whole=True)
        for in_days, state in self.changes:
            change = Change.objects.create(
                building=building,
                kind=ChangeKind.REBUILDING,
                what="Skranken flyttes.",
                in_use_on=timezone.localdate() + timedelta(days=in_days),
                by=office.office_leader,
                ended_at=timezone.now() if state == "called_off" else None,
            )
            if state == "reviewed":
                signed(office, building, 0, occasion=Occasion.CHANGE, is_whole=False, change=change)

    @property
    def is_reviewed(self) -> bool:
        if self.whole_days_ago is None or not counts(self.whole_days_ago, months=12):
            return False
        return not any(in_days <= 0 and state == "unreviewed" for in_days, state in self.changes)


def signed(office: Office, building: Building, days_ago: int, **what: object) -> None:
    """A review that both have signed."""
    Review.objects.create(
        building=building, version="2026-1", begun_by=office.office_leader, signed_at=noon(days_ago), **what
    )


CHANGES = st.tuples(st.integers(-1, 1), st.sampled_from(["unreviewed", "reviewed", "called_off"]))


@in_random_worlds
@given(
    st.lists(
        st.builds(
            Premises,
            whole_days_ago=st.none() | days_ago_near(last_days_ago(months=12)),
            changes=st.just([]) | st.lists(CHANGES, max_size=2),
        ),
        max_size=3,
    )
)
def test_the_rule_says_what_its_sentence_says(office: Office, buildings: list[Premises]) -> None:
    """ "Premises review in the last 12 months and after each registered change", in every building."""
    if all(building.whole_days_ago is None for building in buildings):
        expected = "missing"
    else:
        expected = "met" if all(building.is_reviewed for building in buildings) else "partly"
    with undone():
        for building in buildings:
            building.registered(office)
        assert status_of(office.unit, office.counsellor)[0] == expected
