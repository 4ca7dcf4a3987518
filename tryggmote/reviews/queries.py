"""What is read of reviews and changes. The database decides which there are for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, F, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.controls.models import Measure
from tryggmote.controls.queries import measures_of_origins
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.organisation.workdays import OSLO
from tryggmote.premises.models import Building, Room
from tryggmote.reviews.checklists import BUILDING, Point
from tryggmote.reviews.models import Change, Finding, FindingPicture, Part, Review, Signature
from tryggmote.reviews.rules import next_review_by
from tryggmote.risk.hazard_queries import hazards_from_all
from tryggmote.risk.models import Hazard
from tryggmote.risk.vocabulary import Source


@dataclass(frozen=True)
class Place:
    """One place of a review: a room, or the building as a whole. `part`: what was found there last."""

    review: Review
    room: Room | None
    part: Part | None
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        return self.room.name if self.room else _("Bygget som helhet")

    @property
    def kind(self) -> str:
        return f"{self.room.kind_word}, {self.room.zone.name}" if self.room else ""

    @property
    def answered(self) -> int:
        return self.part.answered if self.part else 0

    @property
    def is_done(self) -> bool:
        return self.part is not None and self.part.is_complete

    @property
    def url(self) -> str:
        """Where the place is gone through."""
        if self.room is None:
            return reverse("reviews:walk_building", args=[self.review.id])
        return reverse("reviews:walk_room", args=[self.review.id, self.room.id])


@dataclass(frozen=True)
class BuildingState:
    """A building, when it was last reviewed as a whole, and the review that goes on."""

    building: Building
    last_on: date | None
    open: Review | None

    @property
    def due_on(self) -> date | None:
        """When it is to be reviewed again; None when it never has been."""
        return next_review_by(self.last_on) if self.last_on else None


@dataclass(frozen=True)
class Found:
    """One finding, and what became of it. `hazard`: None for those who do not see it."""

    finding: Finding
    point: Point | None
    hazard: Hazard | None
    measures: list[Measure]

    @property
    def place(self) -> str:
        return self.finding.room.name if self.finding.room else _("Bygget som helhet")

    @property
    def what(self) -> str:
        """The point in words."""
        return str(self.point.text) if self.point else self.finding.point

    @property
    def new_measure(self) -> str:
        """Where a leader plans a measure against it, with what is known filled in."""
        origin = f"{OriginKind.REVIEW.value}:{self.finding.id}"
        known = {"opphav": origin, "ord": f"{self.place}: {self.what}"}
        if self.point:
            known |= {"hva": str(self.point.fix), "type": self.point.kind.value}
        return f"{reverse('controls:plan')}?{urlencode(known)}"


def reviewed_by_me() -> QuerySet[Building]:
    """The buildings in use that the one who asks goes through: of units they lead or represent."""
    mine = RawSQL("select unnest(app.units_led() || app.units_represented())", [])
    return (
        Building.objects.filter(unit_id__in=mine, left_on=None)
        .select_related("unit")
        .order_by("unit__sort_key", "name")
    )


def with_last_review(buildings: QuerySet[Building]) -> QuerySet[Building]:
    """Each building with `last_at`: when a review of the whole of it was last signed by both."""
    signed = Review.objects.filter(building=OuterRef("id"), is_whole=True, signed_at__isnull=False)
    last = signed.order_by().values("building").annotate(at=Max("signed_at")).values("at")
    return buildings.annotate(last_at=Subquery(last))


def states_of(buildings: Collection[Building]) -> list[BuildingState]:
    """Where each of these buildings, from `with_last_review`, stands; one query more."""
    going_on = Review.objects.filter(building__in=buildings, change=None, signed_at=None, cancelled_at=None)
    opened = {review.building_id: review for review in going_on}
    return [BuildingState(building, last_day(building), opened.get(building.id)) for building in buildings]


def last_day(building: Building) -> date | None:
    """The day in Oslo of `last_at`, which `with_last_review` has put on the building."""
    last_at = building.last_at  # type: ignore[attr-defined]
    return last_at.astimezone(OSLO).date() if last_at else None


def reviews() -> QuerySet[Review]:
    """All reviews one sees but those broken off, the latest first."""
    return (
        Review.objects.filter(cancelled_at=None)
        .select_related("building__unit", "change")
        .order_by("-begun_at", "-id")
    )


def places_of(review: Review) -> list[Place]:
    """The places of a review in the order one walks: the building, then room by room within each zone."""
    parts = {part.room_id: part for part in Part.objects.filter(review=review, is_latest=True)}
    rooms = (
        Room.objects.filter(id__in=review.room_ids, left_on=None)
        .select_related("zone")
        .order_by("zone__name", "zone_id", "name", "id")
    )
    checklist = review.checklist
    whole = [Place(review, None, parts.get(None), checklist.points_at(BUILDING))] if review.is_whole else []
    return whole + [Place(review, room, parts.get(room.id), checklist.points_at(room.kind)) for room in rooms]


def place_of(review: Review, room_id: UUID | None) -> Place | None:
    """One place of a review, or None when it is not gone through in it."""
    return next((p for p in places_of(review) if (p.room.id if p.room else None) == room_id), None)


def next_place(review: Review, after: Place) -> Place | None:
    """The next place that is not done, after this one and then from the start; None when all are."""
    places = places_of(review)
    here = [place.url for place in places].index(after.url)
    return next((place for place in [*places[here + 1 :], *places[:here]] if not place.is_done), None)


def findings_in(review: Review, room_id: UUID | None) -> list[Finding]:
    """What was found in one place, with who found it."""
    return list(Finding.objects.filter(review=review, room=room_id).select_related("by"))


def found_in(review: Review) -> list[Found]:
    """All that was found, in the order it was, and what became of it; four queries."""
    pictures = FindingPicture.objects.defer("content").order_by("id")
    findings = (
        Finding.objects.filter(review=review)
        .select_related("room", "by")
        .prefetch_related(Prefetch("pictures", pictures))
        .order_by("at", "id")
    )
    ids = [finding.id for finding in findings]
    hazards = hazards_from_all(Source.REVIEW, ids)
    measures = measures_of_origins(OriginKind.REVIEW, ids)
    checklist = review.checklist
    return [
        Found(finding, checklist.point(finding.point), hazards.get(finding.id), measures[finding.id])
        for finding in findings
    ]


def signatures_of(review: Review) -> list[Signature]:
    """Who has signed, in the order they did."""
    return list(Signature.objects.filter(review=review).select_related("by").order_by("at", "id"))


def address_of_change(change_id: UUID) -> str:
    """Where a change is read, "" for one who may not see it."""
    found = Change.objects.filter(id=change_id).only("id").first()
    return found.get_absolute_url() if found else ""


def changes() -> QuerySet[Change]:
    """All changes one sees, those that go on first, with `is_reviewed`: whether both have signed."""
    signed = Review.objects.filter(change=OuterRef("id"), signed_at__isnull=False)
    return (
        Change.objects.select_related("building__unit", "ending")
        .annotate(is_reviewed=Exists(signed))
        .order_by(F("ended_at").desc(nulls_first=True), "in_use_on", "id")
    )


def reviews_of(change: Change) -> list[Review]:
    """The reviews of a change but those broken off, the latest first."""
    return list(reviews().filter(change=change))


def rooms_named(change: Change) -> list[Room]:
    """The rooms a change is about; none for the whole building."""
    return list(Room.objects.filter(id__in=change.room_ids).order_by("name", "id"))


def address_of_finding(finding_id: UUID) -> str:
    """Where a finding is read, "" for one who may not see it."""
    review = Finding.objects.filter(id=finding_id).values_list("review_id", flat=True).first()
    return f"{reverse('reviews:review', args=[review])}#funn-{finding_id}" if review else ""
