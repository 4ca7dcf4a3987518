"""Reviews of premises: Fjordvik's and Skjærgård's of this year, and a reception to be rebuilt (3.1)."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tryggmote.controls.models import Establishment, Evaluation, Measure
from tryggmote.controls.vocabulary import Effect, OriginKind
from tryggmote.demo.county import FJORDVIK, SKJAERGARD
from tryggmote.demo.history.clock import id_at, in_office_hours, later, workday_before
from tryggmote.organisation.standing import representatives_of
from tryggmote.premises.models import Building, Room
from tryggmote.reviews import checklists
from tryggmote.reviews.checklists import BUILDING, Point
from tryggmote.reviews.models import Change, Finding, Part, Review, Signature
from tryggmote.reviews.vocabulary import Answer, Becomes, Capacity, ChangeKind, Occasion

WALKED_DAYS_AGO = {FJORDVIK: 150, SKJAERGARD: 95}
CHANGE_DAYS_AGO = 6
IN_USE_AFTER_DAYS = 12


@dataclass(frozen=True)
class Seen:
    """What was not in order in Fjordvik, and what was done about it."""

    room: str = "Venteområdet"
    point: str = "objects"
    words: str = "Blomsterpotter og en løs brannslokker står der folk venter."
    title: str = "Fest brannslokkeren og ta bort pottene i venteområdet"
    found: str = "Ingen løse ting igjen. Mottaket sier det er roligere der nå."


SEEN = Seen()


def write_reviews(*, seed: int, anchor: date) -> None:
    """A signed review in each building that somebody has registered, and a change that awaits its own."""
    chance = random.Random(f"{seed} reviews")
    for building in Building.objects.select_related("unit").order_by("id"):
        days_ago = WALKED_DAYS_AGO.get(building.unit.code)
        if days_ago is None:
            continue
        moment = in_office_hours(workday_before(anchor, days_ago), chance)
        review = _walk(building, moment, chance)
        if building.unit.code == FJORDVIK:
            _find(review, moment, chance)
            _plan_change(building, anchor, chance)
        _sign(review, moment, chance)


def _walk(building: Building, moment: datetime, chance: random.Random) -> Review:
    rooms = list(Room.objects.filter(zone__building=building).order_by("id"))
    checklist = checklists.current()
    review = Review.objects.create(
        id=id_at(moment, chance),
        building=building,
        occasion=Occasion.YEARLY,
        is_whole=True,
        room_ids=[room.id for room in rooms],
        version=checklist.version,
        begun_by_id=building.created_by_id,
        begun_at=moment,
    )
    for number, room in enumerate([None, *rooms]):
        at = moment + timedelta(minutes=6 * number + 4)
        points = checklist.points_at(room.kind if room else BUILDING)
        Part.objects.create(
            id=id_at(at, chance),
            review=review,
            room=room,
            answers=_answers(building, room, points),
            is_complete=True,
            by_id=building.created_by_id,
            at=at,
        )
    return review


def _answers(building: Building, room: Room | None, points: tuple[Point, ...]) -> dict[str, str]:
    found = {point.code: Answer.OK.value for point in points}
    if building.unit.code == FJORDVIK and room and room.name == SEEN.room:
        found[SEEN.point] = Answer.NOT_OK.value
    return found


def _find(review: Review, moment: datetime, chance: random.Random) -> None:
    room = Room.objects.filter(zone__building=review.building, name=SEEN.room).first()
    point = review.checklist.point(SEEN.point)
    assert point, "the demo finds what the checklist asks about"
    leader_id = review.begun_by_id
    finding = Finding.objects.create(
        id=id_at(moment, chance),
        review=review,
        room=room,
        point=point.code,
        words=SEEN.words,
        became=Becomes.MEASURE,
        by_id=leader_id,
        at=moment,
    )
    measure = Measure.objects.create(
        id=id_at(moment, chance),
        unit=review.building.unit,
        title=SEEN.title,
        what=SEEN.words,
        kind=point.kind,
        hierarchy=point.rung,
        forms=["reception"],
        origin_kind=OriginKind.REVIEW,
        origin_id=finding.id,
        origin_words=f"{SEEN.room}: {point.text}",
        owner_id=leader_id,
        due_on=(moment + timedelta(days=30)).date(),
        created_by_id=leader_id,
        created_at=moment,
    )
    done, judged = later(moment, 8, chance), later(moment, 60, chance)
    Establishment.objects.create(id=id_at(done, chance), measure=measure, by_id=leader_id, at=done)
    Evaluation.objects.create(
        id=id_at(judged, chance),
        measure=measure,
        effect=Effect.REDUCED,
        words=SEEN.found,
        by_id=leader_id,
        at=judged,
    )


def _sign(review: Review, moment: datetime, chance: random.Random) -> None:
    representative = representatives_of(review.building.unit_id)[0].person_id
    signers: Mapping[Capacity, int] = {
        Capacity.REPRESENTATIVE: representative,
        Capacity.LEADER: review.begun_by_id,
    }
    for days, (capacity, person_id) in enumerate(signers.items()):
        at = later(moment + timedelta(hours=2), days, chance)
        Signature.objects.create(
            id=id_at(at, chance), review=review, capacity=capacity, by_id=person_id, at=at
        )


def _plan_change(building: Building, anchor: date, chance: random.Random) -> None:
    moment = in_office_hours(workday_before(anchor, CHANGE_DAYS_AGO), chance)
    rooms = Room.objects.filter(zone__building=building, name__in=("Skranke 1", "Venteområdet"))
    Change.objects.create(
        id=id_at(moment, chance),
        building=building,
        kind=ChangeKind.REBUILDING,
        what="Skranken flyttes nærmere døra til kontorene, og venteområdet får nye, faste stoler.",
        room_ids=sorted(rooms.values_list("id", flat=True)),
        in_use_on=anchor + timedelta(days=IN_USE_AFTER_DAYS),
        by_id=building.created_by_id,
        at=moment,
    )
