"""Meetings: Fjordvik's owners met half a year ago and meet again soon; the county's committee met (1.3)."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tryggmote.demo.county import COUNTY, FJORDVIK
from tryggmote.demo.history.clock import at, id_at, workday_before, workdays
from tryggmote.forums.models import Approval, Decision, Meeting, Participant, Point
from tryggmote.forums.people import Proposed, proposed_members
from tryggmote.forums.rules import last_quarter_end, sides_of
from tryggmote.forums.vocabulary import Becomes, MeetingKind, Occasion, Source
from tryggmote.organisation.models import Unit

HELD_DAYS_AGO, COMMITTEE_DAYS_AGO, REVIEWED_DAYS_AGO, NEXT_IN_DAYS = 180, 25, 320, 9


@dataclass(frozen=True)
class Said:
    """What a meeting said at one point, and decided there."""

    source: Source
    words: str
    decided: str = ""


OWNERS_SAID = (
    Said(Source.STATUS, "Kontoret har risikovurdering i alle møteformer. Øvelse på telefon mangler."),
    Said(Source.INCIDENTS, "Flest hendelser i mottaket og på telefon. Alle er fulgt opp."),
    Said(
        Source.MEASURES,
        "To tiltak i mottaket er forsinket på grunn av leveransen av dører.",
        "Kommunen følger opp leverandøren av dørene i mottaket",
    ),
    Said(Source.EXERCISES, "Eierne vil se rapporten fra neste øvelse."),
)
REVIEW_SAID = (
    Said(Source.STATUS, "Det meste er på plass. Øvelser på telefon og bytte av alarmer i mottaket gjenstår."),
    Said(Source.MEASURES, "Tiltakene virker, men tar for lang tid å få på plass."),
    Said(
        Source.AIMS,
        "Målet er at alle har øvd i sin møteform innen sommeren.",
        "Årshjulet for neste år gås gjennom med verneombudene i november",
    ),
)
COMMITTEE_SAID = (
    Said(Source.INCIDENTS, "Utvalget gikk gjennom kvartalet. Trusler på telefon øker."),
    Said(
        Source.MEASURES,
        "Kontorene bør dele det som virker.",
        "Fylket samler gode råd om trusler på telefon og deler dem",
    ),
    Said(Source.REPORT, "Årsrapporten er vedtatt."),
)


def write_forums(*, seed: int, anchor: date) -> None:
    """The owners' meeting and the management's review, published; a committee's; and two that are called."""
    chance = random.Random(f"{seed} forums")
    fjordvik, county = Unit.objects.get(code=FJORDVIK), Unit.objects.get(code=COUNTY)
    held = at(workday_before(anchor, HELD_DAYS_AGO), 13 * 60)
    _hold(fjordvik, MeetingKind.PARTNERSHIP, OWNERS_SAID, held, chance)
    reviewed = at(workday_before(anchor, REVIEWED_DAYS_AGO), 9 * 60)
    _hold(fjordvik, MeetingKind.MANAGEMENT_REVIEW, REVIEW_SAID, reviewed, chance)
    sat = at(workday_before(anchor, COMMITTEE_DAYS_AGO), 10 * 60)
    _hold(county, MeetingKind.COMMITTEE, COMMITTEE_SAID, sat, chance)
    ahead = at(
        workdays(anchor + timedelta(days=NEXT_IN_DAYS), anchor + timedelta(days=NEXT_IN_DAYS + 7))[0], 12 * 60
    )
    _call(
        county, MeetingKind.COMMITTEE, (Said(Source.INCIDENTS, ""), Said(Source.MEASURES, "")), ahead, chance
    )
    _call(
        fjordvik, MeetingKind.SAFETY, (Said(Source.MEASURES, ""), Said(Source.EXERCISES, "")), ahead, chance
    )


def _call(
    unit: Unit, kind: MeetingKind, said: tuple[Said, ...], starts_at: datetime, chance: random.Random
) -> tuple[Meeting, list[Proposed]]:
    members = proposed_members(unit, kind)
    called_at = starts_at - timedelta(days=21)
    is_committee = kind == MeetingKind.COMMITTEE
    by_id = next(member.person_id for member in members if member.side != sides_of(kind)[1])
    meeting = Meeting.objects.create(
        id=id_at(called_at, chance),
        unit=unit,
        kind=kind,
        occasion=Occasion.YEARLY,
        theme="Vold og trusler",
        starts_at=starts_at,
        place="Møterom 2",
        called_by_id=by_id,
        called_at=called_at,
        reviewed_until=last_quarter_end(starts_at.date()) if is_committee else None,
        report_year=starts_at.year - 1 if is_committee else None,
    )
    Participant.objects.bulk_create(
        Participant(
            id=id_at(called_at, chance),
            meeting=meeting,
            person_id=member.person_id,
            side=member.side or "",
            by_id=by_id,
            at=called_at,
        )
        for member in members
    )
    Point.objects.bulk_create(
        Point(
            id=id_at(called_at, chance),
            meeting=meeting,
            number=number,
            source=each.source,
            title=str(each.source.label),
            minutes=each.words,
            minutes_by_id=by_id if each.words else None,
            minutes_at=starts_at + timedelta(minutes=10 * number) if each.words else None,
        )
        for number, each in enumerate(said, 1)
    )
    return meeting, members


def _hold(
    unit: Unit, kind: MeetingKind, said: tuple[Said, ...], starts_at: datetime, chance: random.Random
) -> None:
    """Held with everybody there, decided, approved by both parties within days, and published."""
    meeting, members = _call(unit, kind, said, starts_at, chance)
    Participant.objects.filter(meeting=meeting).update(attended=True)
    speakers = {side: next(m.person_id for m in members if m.side == side) for side in sides_of(kind)}
    for point, each in zip(meeting.points.order_by("number"), said, strict=True):
        if each.decided:
            decided_at = starts_at + timedelta(minutes=10 * point.number)
            Decision.objects.create(
                id=id_at(decided_at, chance),
                point=point,
                words=each.decided,
                becomes=Becomes.TASK,
                owner_id=speakers[sides_of(kind)[-1]],
                due_on=(starts_at + timedelta(days=90)).date(),
                by_id=meeting.called_by_id,
                at=decided_at,
                done_at=starts_at + timedelta(days=20),
                done_by_id=speakers[sides_of(kind)[-1]],
            )
    meeting.sent_at = starts_at + timedelta(days=1)
    meeting.save()
    for days, (side, person_id) in enumerate(speakers.items(), 2):
        signed_at = starts_at + timedelta(days=days)
        Approval.objects.create(
            id=id_at(signed_at, chance), meeting=meeting, round=1, side=side, by_id=person_id, at=signed_at
        )
    Meeting.objects.filter(id=meeting.id).update(published_at=starts_at + timedelta(days=5))
