"""What the units have been told, and who has read it (1.1, 2.3, § 23A-3).

Of what is written already: assessments and procedures that were approved, measures that were planned,
established and evaluated. Whoever did it has read it; the database writes that down.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.urls import reverse

from tryggmote.controls.models import (
    Establishment,
    Evaluation,
    Measure,
    ProcedureApproval,
    ProcedureReading,
)
from tryggmote.demo.history.clock import id_at
from tryggmote.demo.history.readership import Readership, read_at
from tryggmote.exercises.models import Step
from tryggmote.exercises.told import NEWS as EXERCISED
from tryggmote.exercises.vocabulary import StepKind
from tryggmote.information.models import Item, Reading
from tryggmote.information.queries import audience_of
from tryggmote.risk.models import Approval

Moments = dict[int, datetime]
"""When each person read something, by id."""


@dataclass(frozen=True)
class News:
    """One item, as the act that it tells of published it. `number`: the version, of a procedure."""

    kind: str
    unit_id: int
    subject_id: UUID
    url: str
    title: str
    by_id: int
    at: datetime
    number: int = 0
    is_important: bool = False


def write_news(readership: Readership, *, seed: int, until: datetime) -> None:
    """Write the feed of every unit, and what was read of it before `until`."""
    chance = random.Random(f"{seed} news")
    told = sorted(
        chain(_assessments(), _planned(), _carried_out(), _procedures(), _exercised()),
        key=lambda news: (news.at, news.kind, news.title),
    )
    items = Item.objects.bulk_create(_item(news, chance) for news in told)
    read = _readings(told, readership, chance)
    Reading.objects.bulk_create(
        Reading(item=item, person_id=person_id, at=moment)
        for item, news, moments in zip(items, told, read, strict=True)
        for person_id, moment in moments.items()
        if person_id != news.by_id and moment < until
    )


def _item(news: News, chance: random.Random) -> Item:
    return Item(
        id=id_at(news.at, chance),
        unit_id=news.unit_id,
        kind=news.kind,
        subject_id=news.subject_id,
        url=news.url,
        context={"title": news.title},
        is_important=news.is_important,
        by_id=news.by_id,
        at=news.at,
    )


def _assessments() -> Iterator[News]:
    """Each when the last leader had approved it."""
    last: dict[UUID, Approval] = {}
    in_force = Approval.objects.filter(version__approved_at__isnull=False)
    for approval in in_force.select_related("version__assessment").order_by("at", "id"):
        last[approval.version_id] = approval
    for approval in last.values():
        assessment = approval.version.assessment
        yield News(
            kind="risk.approved",
            unit_id=assessment.unit_id,
            subject_id=assessment.id,
            url=approval.version.get_absolute_url(),
            title=assessment.title,
            by_id=approval.by_id,
            at=approval.at,
        )


def _planned() -> Iterator[News]:
    for measure in Measure.objects.order_by("id"):
        yield _of_measure("controls.planned", measure, measure.created_by_id, measure.created_at)


def _carried_out() -> Iterator[News]:
    for established in Establishment.objects.select_related("measure").order_by("id"):
        yield _of_measure("controls.established", established.measure, established.by_id, established.at)
    for evaluated in Evaluation.objects.select_related("measure").order_by("id"):
        yield _of_measure("controls.evaluated", evaluated.measure, evaluated.by_id, evaluated.at)


def _of_measure(kind: str, measure: Measure, by_id: int, at: datetime) -> News:
    return News(
        kind=kind,
        unit_id=measure.unit_id,
        subject_id=measure.id,
        url=measure.get_absolute_url(),
        title=measure.title,
        by_id=by_id,
        at=at,
    )


def _procedures() -> Iterator[News]:
    for approval in ProcedureApproval.objects.select_related("version__procedure").order_by("id"):
        procedure = approval.version.procedure
        yield News(
            kind="controls.procedure_approved",
            unit_id=procedure.unit_id,
            subject_id=procedure.id,
            url=procedure.get_absolute_url(),
            title=procedure.title,
            by_id=approval.by_id,
            at=approval.at,
            number=approval.version.number,
            is_important=approval.version.must_be_read,
        )


def _exercised() -> Iterator[News]:
    """The report of each exercise, when it was closed."""
    for step in Step.objects.filter(kind=StepKind.CLOSED).select_related("exercise").order_by("id"):
        yield News(
            kind=EXERCISED.code,
            unit_id=step.exercise.unit_id,
            subject_id=step.exercise_id,
            url=reverse("exercises:report", args=[step.exercise_id]),
            title=str(step.exercise.played.title.nb),
            by_id=step.by_id,
            at=step.at,
        )


def _readings(told: Sequence[News], readership: Readership, chance: random.Random) -> Iterator[Moments]:
    """Who reads each item, and when. The same people follow a matter from its first item to its last."""
    confirmed = _confirmed()
    followers = _followers(told, readership, chance)
    for news in told:
        if news.number:
            yield confirmed.get((news.subject_id, news.number), {})
        else:
            yield {person_id: read_at(news.at, chance) for person_id in followers[news.subject_id]}


def _confirmed() -> Mapping[tuple[UUID, int], Moments]:
    """When each version of a procedure was opened by those who have confirmed that they have read it."""
    found: dict[tuple[UUID, int], Moments] = {}
    for row in ProcedureReading.objects.order_by("id"):
        found.setdefault((row.procedure_id, row.number), {})[row.person_id] = row.at
    return found


def _followers(
    told: Sequence[News], readership: Readership, chance: random.Random
) -> Mapping[UUID, list[int]]:
    """Who reads what the unit is told of each matter; those who do something about it always do."""
    audiences = {unit_id: sorted(audience_of(unit_id)) for unit_id in {news.unit_id for news in told}}
    units = {news.subject_id: news.unit_id for news in told if not news.number}
    acting: dict[UUID, set[int]] = {}
    for news in told:
        acting.setdefault(news.subject_id, set()).add(news.by_id)
    return {
        subject: readership.pick(audiences[unit_id], chance, also=acting[subject])
        for subject, unit_id in units.items()
    }
