"""Calling a meeting, and changing who and what it is about: one function an act, each in one transaction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.forums import told
from tryggmote.forums.cases import cases_of
from tryggmote.forums.models import Case, Meeting, Participant, Point
from tryggmote.forums.rules import kinds_for
from tryggmote.forums.telling import tell_everybody, tell_people
from tryggmote.forums.vocabulary import MeetingKind, Side, Source
from tryggmote.organisation.models import Person, Unit


@dataclass(frozen=True)
class MeetingDraft:
    """What is planned. `members`: each person invited with their party; `sources`: the agenda in order."""

    id: UUID
    kind: MeetingKind
    occasion: str
    theme: str
    starts_at: datetime
    place: str
    members: Mapping[int, Side | None]
    sources: tuple[Source, ...]
    reviewed_until: date | None = None
    report_year: int | None = None


def arranges(unit_id: int, kind: str) -> bool:
    """Whether the one who asks calls such meetings there and writes their minutes; one query."""
    with connection.cursor() as cursor:
        cursor.execute("select app.arranges_forum(%s, %s)", [unit_id, kind])
        return bool(cursor.fetchone()[0])


def is_at_table(meeting: Meeting) -> bool:
    """Whether the one who asks sits at the meeting or arranges it; one query."""
    with connection.cursor() as cursor:
        cursor.execute("select app.at_forum(%s)", [meeting.id])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def call_meeting(*, by: SignedInPerson, unit: Unit, draft: MeetingDraft) -> Meeting:
    """Plan a meeting with its members and agenda, and tell those invited. The same id again changes nothing.

    Raises: NotAllowed for others than those who arrange such meetings; NotPossible for a forum the unit
    cannot have.
    """
    refuse_unless_arranges(unit.id, draft.kind)
    if draft.kind not in kinds_for(unit.kind):
        raise NotPossible(_("En slik enhet har ikke slike møter. Velg et annet slags møte."))
    fields = {
        name: getattr(draft, name)
        for name in ("kind", "occasion", "theme", "starts_at", "place", "reviewed_until", "report_year")
    }
    owner: dict[str, int | UUID] = {"called_by_id": by.id}
    meeting, is_new = made_once(Meeting, id=draft.id, owner=owner, fields=fields | {"unit": unit})
    if is_new:
        _put_on(meeting, [(source, str(source.label)) for source in draft.sources])
        _invite(by, meeting, draft.members)
        if Source.SERIOUS in draft.sources:
            _take_up_cases(meeting)
    return meeting


@transaction.atomic
def add_point(*, by: SignedInPerson, meeting: Meeting, point_id: UUID, title: str) -> Point:
    """Put something of one's own on the agenda. The same id again changes nothing.

    Raises: NotAllowed; NotPossible once the minutes are sent or the meeting is called off.
    """
    hold_open(meeting)
    if sent := Point.objects.filter(id=point_id, meeting=meeting).first():
        return sent
    return _put_on(meeting, [(Source.OWN, title)], point_id)[0]


@transaction.atomic
def change_members(*, by: SignedInPerson, meeting: Meeting, members: Mapping[int, Side | None]) -> None:
    """Those invited are these. New ones are told; those an owner has sent, and who was there, stay.

    Raises: NotAllowed; NotPossible as `add_point`.
    """
    hold_open(meeting)
    there = {each.person_id: each for each in Participant.objects.filter(meeting=meeting)}
    gone = [
        each.id
        for person_id, each in there.items()
        if each.attended is None
        and each.sent_for_id is None
        and (person_id not in members or each.side != (members[person_id] or ""))
    ]
    Participant.objects.filter(id__in=gone).delete()
    stayed = {person_id for person_id, each in there.items() if each.id not in gone}
    new = {person_id: side for person_id, side in members.items() if person_id not in stayed}
    _invite(by, meeting, new, known=there.keys())


@transaction.atomic
def send_in_my_place(*, by: SignedInPerson, meeting: Meeting, person: Person) -> None:
    """An owner who cannot come sends somebody, who speaks for their side of the partnership (1.3).

    Raises: NotAllowed for others than owners; NotPossible when that person sits for a side already.
    """
    hold_open(meeting)
    side = my_side(meeting)
    if meeting.kind != MeetingKind.PARTNERSHIP or side is None:
        raise NotAllowed(_("Bare eierne av kontoret kan sende noen i stedet for seg."))
    if Participant.objects.filter(meeting=meeting, person=person).exclude(side="").exists():
        raise NotPossible(_("%(name)s er allerede med for en av partene.") % {"name": person.name})
    Participant.objects.filter(meeting=meeting, person=person).delete()
    Participant.objects.create(meeting=meeting, person=person, side=side, sent_for_id=by.id, by_id=by.id)
    tell_people(meeting, told.INVITED, {person.id} - {by.id})


_MY_SIDES = """
select app.may_sit(app.me(), %(unit)s, %(kind)s, 'state'),
       app.may_sit(app.me(), %(unit)s, %(kind)s, 'municipal')
"""


def my_side(meeting: Meeting) -> Side | None:
    """The side of the partnership the one who asks is owner on; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_MY_SIDES, {"unit": meeting.unit_id, "kind": meeting.kind})
        state, municipal = cursor.fetchone()
    return Side.STATE if state else Side.MUNICIPAL if municipal else None


@transaction.atomic
def move(*, by: SignedInPerson, meeting: Meeting, starts_at: datetime, place: str) -> None:
    """Another time or place; those invited are told. Raises: NotAllowed; NotPossible as `add_point`."""
    hold_open(meeting)
    meeting.starts_at, meeting.place = starts_at, place
    meeting.save(update_fields=["starts_at", "place"])
    tell_everybody(meeting, told.MOVED, by)


@transaction.atomic
def call_off(*, by: SignedInPerson, meeting: Meeting) -> None:
    """There will be no meeting; those invited are told. Raises: NotAllowed; NotPossible as `add_point`."""
    hold_open(meeting)
    meeting.called_off_at = timezone.now()
    meeting.save(update_fields=["called_off_at"])
    tell_everybody(meeting, told.CALLED_OFF, by)


def refuse_unless_arranges(unit_id: int, kind: str) -> None:
    """Raises NotAllowed for others than those who arrange such meetings in the unit."""
    if not arranges(unit_id, kind):
        raise NotAllowed(
            _("Bare de som leder møtet, kan gjøre dette."), _("Si fra til lederen av enheten om det du vil.")
        )


def refuse_unless_open(meeting: Meeting) -> None:
    """Raises NotAllowed as above; NotPossible once the minutes are sent or the meeting is called off."""
    refuse_unless_arranges(meeting.unit_id, meeting.kind)
    _refuse_unless_still_open(meeting)


def hold_open(meeting: Meeting) -> None:
    """As `refuse_unless_open`, and it stays open until the act is done: nobody sends it meanwhile."""
    refuse_unless_arranges(meeting.unit_id, meeting.kind)
    meeting.refresh_from_db(
        fields=["starts_at", "sent_at", "called_off_at", "approved_at", "published_at"],
        from_queryset=Meeting.objects.select_for_update(),
    )
    _refuse_unless_still_open(meeting)


def _refuse_unless_still_open(meeting: Meeting) -> None:
    if not meeting.is_open:
        raise NotPossible(_("Referatet er sendt, eller møtet er avlyst. Da kan det ikke endres."))


def _put_on(
    meeting: Meeting, points: Collection[tuple[Source, str]], point_id: UUID | None = None
) -> list[Point]:
    last = Point.objects.filter(meeting=meeting).aggregate(n=Max("number"))["n"] or 0
    new = [
        Point(
            meeting=meeting,
            number=last + place,
            source=source,
            title=title,
            **({"id": point_id} if point_id else {}),
        )
        for place, (source, title) in enumerate(points, 1)
    ]
    return Point.objects.bulk_create(new)


def _invite(
    by: SignedInPerson,
    meeting: Meeting,
    members: Mapping[int, Side | None],
    known: Collection[int] = (),
) -> None:
    Participant.objects.bulk_create(
        Participant(meeting=meeting, person_id=person_id, side=side or "", by_id=by.id)
        for person_id, side in members.items()
    )
    tell_people(meeting, told.INVITED, members.keys() - {by.id} - set(known))


def _take_up_cases(meeting: Meeting) -> None:
    """What an owner wants treated is on the agenda of the next partnership meeting."""
    Case.objects.bulk_create(
        Case(meeting=meeting, incident_id=case.event_id)
        for case in cases_of(meeting.unit_id)
        if case.is_to_be_treated
    )
