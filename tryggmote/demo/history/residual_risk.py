"""One risk that is left in the fictional office of Fjordvik, half known to those it concerns (3.0).

That no protective equipment fits home visits, with the measures that make up for it.
"""

import random
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from tryggmote.controls.models import Measure
from tryggmote.demo.county import FJORDVIK
from tryggmote.demo.history.clock import id_at, in_office_hours, later, workday_before
from tryggmote.information.models import Item, Reading
from tryggmote.organisation.models import Unit
from tryggmote.organisation.standing import leaders_of, representatives_of
from tryggmote.residual import told
from tryggmote.residual.models import Approval, Hearing, Record, Version
from tryggmote.residual.vocabulary import Heard
from tryggmote.risk import libraries

APPROVED_DAYS_AGO = 24
HOLDS_FOR_DAYS = 300
CANNOT_BE_DONE = ("protective", "home_visit")
WHY = "Vest og hjelm gjør at besøket ser ut som en utrykning. Det skremmer den vi besøker, og øker faren."
INSTEAD = (
    "Vi er alltid to. Vi setter oss nærmest døra og har bilen klar til å kjøre ut. Alarmen er på, og vi "
    "ringer når vi går inn og når vi er ute. Er vi i tvil, møtes vi på kontoret."
)
REMARK = "Enig, så lenge vi faktisk er to hver gang. Ta det opp igjen hvis bemanningen svikter."


def write_residual_risk(*, seed: int, anchor: date, until: datetime) -> None:
    """Write it with its approval, and who confirmed before `until`."""
    chance = random.Random(f"{seed} residual risk")
    unit = Unit.objects.get(code=FJORDVIK)
    element, form = CANNOT_BE_DONE
    approved = in_office_hours(workday_before(anchor, APPROVED_DAYS_AGO), chance)
    begun = approved - timedelta(days=6)
    leader_id = leaders_of(unit.id)[0].person_id
    record = Record.objects.create(
        id=id_at(begun, chance),
        unit=unit,
        element=element,
        form=form,
        created_by_id=leader_id,
        created_at=begun,
    )
    version = _version(record, leader_id, begun, chance)
    for number, representative in enumerate(representatives_of(unit.id)):
        said_at = later(begun, number + 1, chance)
        Hearing.objects.create(
            id=id_at(said_at, chance),
            version=version,
            person_id=representative.person_id,
            by_id=representative.person_id,
            answer=Heard.AGREE if number else Heard.REMARK,
            words="" if number else REMARK,
            revision=1,
            at=said_at,
        )
    Approval.objects.create(
        id=id_at(approved, chance),
        version=version,
        revision=1,
        review_on=timezone.localdate(approved) + timedelta(days=HOLDS_FOR_DAYS),
        by_id=leader_id,
        at=approved,
    )
    _make_known(record, version, approved, until, chance)


def _version(record: Record, by_id: int, at: datetime, chance: random.Random) -> Version:
    making_up = Measure.objects.filter(
        unit=record.unit, forms__contains=[record.form], cancelled_at=None, established_at__isnull=False
    ).order_by("created_at", "id")[:2]
    return Version.objects.create(
        id=id_at(at, chance),
        record=record,
        number=1,
        why=WHY,
        instead=INSTEAD,
        measure_ids=[measure.id for measure in making_up],
        likelihood=2,
        consequence=4,
        matrix=libraries.matrix().definition(),
        asked_ids=[each.person_id for each in representatives_of(record.unit_id)],
        by_id=by_id,
        at=at,
        saved_with=id_at(at, chance),
    )


def _make_known(
    record: Record, version: Version, at: datetime, until: datetime, chance: random.Random
) -> None:
    by_id = version.by_id
    item = Item.objects.create(
        id=id_at(at, chance),
        unit=record.unit,
        kind=told.KNOWN,
        subject_id=version.id,
        url=record.get_absolute_url(),
        context={"element": record.element, "form": record.form, "title": record.title},
        is_important=True,
        is_standing=True,
        form=record.form,
        by_id=by_id,
        at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id from app.informed() where item_id = %s order by person_id", [item.id]
        )
        concerned = [person_id for (person_id,) in cursor.fetchall() if person_id != by_id]
    confirmed = chance.sample(concerned, len(concerned) // 2)
    moments = ((person_id, later(at, chance.randint(0, 9), chance)) for person_id in confirmed)
    Reading.objects.bulk_create(
        Reading(item=item, person_id=person_id, at=moment) for person_id, moment in moments if moment < until
    )
