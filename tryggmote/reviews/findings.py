"""What is not in order becomes, on the spot, a hazard to be judged or a measure, planned (3.1, 2.3)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.ids import new_id
from tryggmote.controls.pictures import CleanPicture
from tryggmote.controls.queries import belongs_to
from tryggmote.controls.services import MeasureDraft, plan_measure
from tryggmote.controls.vocabulary import OriginKind
from tryggmote.organisation.standing import standing_in
from tryggmote.reviews.checklists import Point
from tryggmote.reviews.models import TITLE_LIMIT, Finding, FindingPicture
from tryggmote.reviews.queries import Place
from tryggmote.reviews.vocabulary import Becomes
from tryggmote.risk.inbox import raise_from
from tryggmote.risk.vocabulary import Source

MEASURE_WITHIN = timedelta(days=30)
"""When a measure is to be in place, unless whoever plans it says something else."""


@dataclass(frozen=True)
class FindingDraft:
    """One point that is not in order. `title`, `due_on`: of the measure, when it becomes one."""

    point: Point
    words: str = ""
    picture: CleanPicture | None = None
    becomes: Becomes = Becomes.HAZARD
    title: str = ""
    due_on: date | None = None


def find(*, by: SignedInPerson, place: Place, drafts: Iterable[FindingDraft]) -> list[str]:
    """Write down what was found, and make a hazard or a measure of each.

    A point that has been found in that place already stays what it is: a new photograph is added to it, and
    what is said about it now is returned, to be kept with the place.
    """
    known = {
        finding.point: finding for finding in Finding.objects.filter(review=place.review, room=place.room)
    }
    also_said = []
    for draft in drafts:
        finding = known.get(draft.point.code)
        if finding is None:
            finding = _new(by, place, draft)
        elif draft.words and draft.words != finding.words:
            also_said.append(f"{draft.point.text}: {draft.words}")
        if draft.picture:
            FindingPicture.objects.create(finding=finding, **vars(draft.picture))
    return also_said


def may_plan(person_id: int, unit_id: int) -> bool:
    """Whether one plans a measure oneself: a leader of the unit, who belongs there."""
    return standing_in(unit_id).leads and belongs_to(person_id, unit_id)


def _new(by: SignedInPerson, place: Place, draft: FindingDraft) -> Finding:
    unit_id = place.review.building.unit_id
    plans = draft.becomes is Becomes.MEASURE and may_plan(by.id, unit_id)
    finding = Finding.objects.create(
        review=place.review,
        room=place.room,
        point=draft.point.code,
        words=draft.words,
        became=Becomes.MEASURE if plans else Becomes.HAZARD,
        by_id=by.id,
    )
    if plans:
        plan_measure(by=by, draft=_measure(finding.id, by, place, draft))
    else:
        _raise(finding, place, draft.point)
    return finding


def _measure(finding_id: UUID, by: SignedInPerson, place: Place, draft: FindingDraft) -> MeasureDraft:
    point = draft.point
    return MeasureDraft(
        id=new_id(),
        unit_id=place.review.building.unit_id,
        title=(draft.title or f"{point.fix}: {place.name}")[:TITLE_LIMIT],
        what=draft.words,
        kind=point.kind,
        hierarchy=point.rung,
        forms=tuple(place.room.forms) if place.room else (),
        owner_id=by.id,
        due_on=draft.due_on or timezone.localdate() + MEASURE_WITHIN,
        origin_kind=OriginKind.REVIEW,
        origin_id=finding_id,
        origin_words=_situation(place, point)[:TITLE_LIMIT],
    )


def _raise(finding: Finding, place: Place, point: Point) -> None:
    raise_from(
        source=Source.REVIEW,
        source_id=finding.id,
        unit_id=place.review.building.unit_id,
        raised_by_id=finding.by_id,
        what=_situation(place, point),
        forms=place.room.forms if place.room else (),
    )


def _situation(place: Place, point: Point) -> str:
    """In words of the product: what people wrote is read in the review."""
    where = f"{place.review.building.name}, {place.name}" if place.room else place.review.building.name
    return _("%(where)s: Ikke i orden ved vernerunden: «%(point)s»") % {"where": where, "point": point.text}
