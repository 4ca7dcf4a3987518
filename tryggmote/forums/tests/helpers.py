"""Short ways to say what tests of forums need."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tryggmote.access.context import acting_as
from tryggmote.access.ids import new_id
from tryggmote.forums import cases, minutes, services
from tryggmote.forums.minutes import DecisionDraft
from tryggmote.forums.models import CaseAnswer, Decision, Meeting, Point
from tryggmote.forums.people import proposed_members
from tryggmote.forums.rules import proposed_points
from tryggmote.forums.services import MeetingDraft
from tryggmote.forums.vocabulary import Becomes, MeetingKind, Occasion
from tryggmote.incidents import services as incidents
from tryggmote.incidents.models import Incident
from tryggmote.incidents.tests.helpers import reported_by
from tryggmote.organisation.models import Person, Unit


def called_by(
    person: Person,
    unit: Unit,
    kind: MeetingKind = MeetingKind.PARTNERSHIP,
    *,
    starts_at: datetime | None = None,
    **details: Any,
) -> Meeting:
    """A meeting with the members and the agenda that are proposed, an hour ago unless said otherwise."""
    with acting_as(person.id) as by:
        draft = MeetingDraft(
            id=new_id(),
            kind=kind,
            occasion=Occasion.YEARLY,
            theme="Vold og trusler",
            starts_at=starts_at or timezone.now() - timedelta(hours=1),
            place="Møterom 1",
            members={member.person_id: member.side for member in proposed_members(unit, kind)},
            sources=details.pop("sources", tuple(proposed_points(kind))),
            **details,
        )
        return services.call_meeting(by=by, unit=unit, draft=draft)


def written_by(person: Person, meeting: Meeting, *present: Person) -> None:
    """Minutes at every point, and who was there."""
    with acting_as(person.id) as by:
        for point in Point.objects.filter(meeting=meeting).select_related("meeting__unit"):
            minutes.write(by=by, point=point, words="Gjennomgått.", seen_at=point.minutes_at)
        minutes.note_attendance(by=by, meeting=meeting, present=[each.id for each in present])


def approved_by(person: Person, meeting: Meeting) -> None:
    with acting_as(person.id) as by:
        minutes.approve(
            by=by, meeting=Meeting.objects.select_related("unit").get(id=meeting.id), approval_id=new_id()
        )


def sent_by(person: Person, meeting: Meeting) -> None:
    with acting_as(person.id) as by:
        minutes.send(by=by, meeting=Meeting.objects.select_related("unit").get(id=meeting.id))


def held_by(person: Person, meeting: Meeting, *parties: Person) -> Meeting:
    """The meeting with minutes that these two have approved, each for their party."""
    written_by(person, meeting, *parties)
    sent_by(person, meeting)
    for party in parties:
        approved_by(party, meeting)
    return Meeting.objects.select_related("unit").get(id=meeting.id)


def decided_by(
    person: Person, meeting: Meeting, owner: Person, becomes: Becomes = Becomes.TASK, **details: Any
) -> Decision:
    """Something decided at the first point, to be seen to within a month."""
    draft = DecisionDraft(
        id=details.get("id", new_id()),
        words=details.get("words", "Øv på rømning fra mottaket"),
        becomes=becomes,
        owner_id=owner.id,
        due_on=details.get("due_on", timezone.localdate() + timedelta(days=30)),
        measure_kind=details.get("measure_kind", "training" if becomes == Becomes.MEASURE else ""),
    )
    with acting_as(person.id) as by:
        point = Point.objects.select_related("meeting__unit").filter(meeting=meeting).order_by("number")[0]
        return minutes.decide(by=by, point=point, draft=draft)


def serious_at(office: Any, level: int = 4, person: Person | None = None) -> Incident:
    """An incident that the leader judges to be serious."""
    incident = reported_by(person or office.counsellor, what_happened="Slo med en stol.")
    with acting_as(office.leader.id) as by:
        incidents.assess_level(
            by=by,
            incident=Incident.objects.get(id=incident.id),
            assessment_id=new_id(),
            level=level,
            reason="Skade.",
        )
    return incident


def answered_by(
    person: Person, incident: Incident, *, treats: bool, reason: str = "Tatt opp i vernerunden."
) -> CaseAnswer:
    with acting_as(person.id) as by:
        case = next(each for each in cases.cases_of() if each.event_id == incident.id)
        return cases.answer(
            by=by, case=case, answer_id=new_id(), treats=treats, reason="" if treats else reason
        )


def quarter_end(today: date) -> date:
    """The last day of the last quarter that is over."""
    return date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)
