"""What changes sessions (4.1): held, signed up for, attended; one function an act, in one transaction."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as_job
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.notices.services import tell
from tryggmote.organisation.standing import standing_in
from tryggmote.training import session_told
from tryggmote.training.models import Attendance, AttendanceWay, Session, SignUp
from tryggmote.training.queries import is_led_by_me
from tryggmote.training.rules import may_hold, may_record, takes_sign_ups
from tryggmote.training.services import refuse_unless_leader


@dataclass(frozen=True)
class Details:
    """What a session is, as a form says it."""

    elements: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    place: str
    video: str
    text: str
    capacity: int
    led_by_id: int
    open_to_id: int

    @classmethod
    def of(cls, session: Session) -> Self:
        """A session as it is."""
        return cls(**{name: getattr(session, name) for name in cls.__dataclass_fields__})

    def at(self, starts_at: datetime, ends_at: datetime) -> Self:
        """The same at another time."""
        return replace(self, starts_at=starts_at, ends_at=ends_at)

    def that_change(self) -> dict[str, Any]:
        """What can be changed afterwards: not what it is about, who leads it, or whom it is open to."""
        fixed = {"elements", "led_by_id", "open_to_id"}
        return {name: value for name, value in vars(self).items() if name not in fixed}


@transaction.atomic
def hold(*, by: SignedInPerson, session_id: UUID, unit_id: int, details: Details) -> Session:
    """A leader sets up a session; whoever is to lead it is told. The same id changes nothing.

    Raises: NotAllowed for others than leaders of the unit.
    """
    refuse_unless_leader(unit_id)
    fields = vars(details) | {"elements": list(details.elements)}
    session, is_new = made_once(
        Session, id=session_id, owner={"by_id": by.id, "unit_id": unit_id}, fields=fields
    )
    if is_new and details.led_by_id != by.id:
        _tell(session, [details.led_by_id], session_told.LEADS)
    return session


@transaction.atomic
def change(*, by: SignedInPerson, session: Session, details: Details) -> None:
    """Another time, place or size; those signed up are told. Those who thereby get a place have it at once.

    Raises: NotAllowed for others than the one who leads the session and leaders of the unit, NotPossible
    when it is cancelled or over.
    """
    refuse_unless_changed_by(by, session)
    changed = details.that_change()
    told = any(getattr(session, name) != changed[name] for name in ("starts_at", "ends_at", "place", "video"))
    before = [each.person_id for each in _with_a_place(session)]
    Session.objects.filter(id=session.id).update(**changed)
    session.refresh_from_db()
    if told:
        _tell(session, [each.person_id for each in _line_of(session)], session_told.CHANGED)
    _tell_moved_up(session, before)


@transaction.atomic
def cancel(*, by: SignedInPerson, session: Session) -> None:
    """It is not held; those signed up are told. Cancelling again changes nothing. Raises as `change`."""
    refuse_unless_held_by(by, session)
    if session.finished_at:
        raise NotPossible(_("Økten er holdt. Rett listen over hvem som var der."))
    if Session.objects.filter(id=session.id, cancelled_at=None).update(cancelled_at=timezone.now()):
        _tell(session, [each.person_id for each in _line_of(session)], session_told.CANCELLED)


@transaction.atomic
def sign_up(*, by: SignedInPerson, session: Session, person_ids: Collection[int]) -> None:
    """Oneself, or people one leads; where it is full they wait. Who is signed up stays so. Others are told.

    Raises: NotAllowed for people one does not lead, NotPossible when it has begun or is cancelled.
    """
    if not takes_sign_ups(session.starts_at, session.cancelled_at, now=timezone.now()):
        raise NotPossible(_("Økten har begynt eller er avlyst. Finn en annen."))
    for person_id in person_ids:
        if person_id != by.id and not is_led_by_me(person_id):
            raise NotAllowed(
                _("Du kan bare melde på deg selv og dem du leder."), _("Be lederen deres om å gjøre det.")
            )
    SignUp.objects.bulk_create(
        [SignUp(session=session, person_id=person_id, by_id=by.id) for person_id in person_ids],
        ignore_conflicts=True,
    )
    _tell(session, set(person_ids) - {by.id}, session_told.SIGNED_UP)


@transaction.atomic
def withdraw(*, by: SignedInPerson, session: Session, person_id: int) -> None:
    """Somebody does not come; whoever waits first has the place, and is told. Again changes nothing.

    Raises: NotAllowed for others than oneself, those who lead the person, and those who hold the session;
    NotPossible when it has begun.
    """
    if person_id != by.id and not is_led_by_me(person_id):
        refuse_unless_held_by(by, session)
    if session.has_started:
        raise NotPossible(_("Økten har begynt. Den som leder den, fører hvem som var der."))
    before = [each.person_id for each in _with_a_place(session)]
    SignUp.objects.filter(session=session, person_id=person_id, withdrawn_at=None).update(
        withdrawn_at=timezone.now(), withdrawn_by_id=by.id
    )
    if person_id != by.id:
        _tell(session, [person_id], session_told.WITHDRAWN)
    _tell_moved_up(session, before)


@transaction.atomic
def attend(*, by: SignedInPerson, session: Session, attendance_id: UUID, code: str, at: datetime) -> None:
    """Somebody is there, and types what stands on the wall; signed up or not. Again changes nothing.

    `at`: when they said so, which is before now for what waited on a phone without network.
    Raises: NotPossible for a wrong code, outside the hours of the session, or when it was cancelled.
    """
    if Attendance.objects.filter(session=session, person_id=by.id, undone_at=None).exists():
        return
    if session.cancelled_at or not may_record(session.starts_at, session.ends_at, at):
        raise NotPossible(_("Økten er ikke nå. Har du vært der, kan den som leder den, krysse deg av."))
    if code != session.code:
        raise NotPossible(_("Koden stemmer ikke. Se på oppslaget, og skriv den på nytt."))
    owner: dict[str, int | UUID] = {"person_id": by.id, "by_id": by.id, "session_id": session.id}
    fields = {"way": AttendanceWay.CODE, "code": code, "at": at}
    made_once(Attendance, id=attendance_id, owner=owner, fields=fields)


@transaction.atomic
def record(*, by: SignedInPerson, session: Session, present: Collection[int]) -> None:
    """Whoever holds the session says who was there: those, and no others. It can be corrected later.

    The first time those who had a place and did not come get one in the next session about the same, where
    there is room, and are told. Raises: NotAllowed as `change`; NotPossible before it begins, or cancelled.
    """
    refuse_unless_held_by(by, session)
    if session.cancelled_at or not session.has_started:
        raise NotPossible(_("Hvem som var der, føres når økten er i gang eller over."))
    there = set(
        Attendance.objects.filter(session=session, undone_at=None).values_list("person_id", flat=True)
    )
    # What is wrong is undone by whoever holds it; the completions follow (`policies_sessions.sql`).
    Attendance.objects.filter(session=session, undone_at=None).exclude(person_id__in=present).update(
        undone_at=timezone.now(), undone_by_id=by.id
    )
    try:
        with transaction.atomic():
            Attendance.objects.bulk_create(
                Attendance(session=session, person_id=person_id, way=AttendanceWay.LIST, by_id=by.id)
                for person_id in set(present) - there
            )
    except IntegrityError as error:
        raise NotPossible(_("Noen andre har nettopp ført det samme. Åpne siden på nytt.")) from error
    if Session.objects.filter(id=session.id, finished_at=None).update(finished_at=timezone.now()):
        absent = [each.person_id for each in _with_a_place(session) if each.person_id not in present]
        _offer_next(by, session, absent)


# The next session about the same that is open to each: one they are signed up for, or one with room.
_NEXT = """
select distinct on (absent.id) absent.id, s.id, mine.id is not null
from unnest(%(people)s::integer[]) as absent(id)
join organisation_placement p on p.person_id = absent.id
  and p.starts_on <= app.today() and coalesce(p.ends_on >= app.today(), true)
join organisation_workforce w on w.id = p.workforce_id
join organisation_unitclosure c on c.descendant_id = w.unit_id
join training_session s on s.open_to_id = c.ancestor_id and s.cancelled_at is null and s.starts_at > now()
  and s.elements && %(elements)s::varchar[]
left join training_signup mine on mine.session_id = s.id and mine.person_id = absent.id
  and mine.withdrawn_at is null
where mine.id is not null
  or s.capacity > (
    select count(*) from training_signup other where other.session_id = s.id and other.withdrawn_at is null)
order by absent.id, mine.id is null, s.starts_at, s.id
"""


def _offer_next(by: SignedInPerson, session: Session, absent: list[int]) -> None:
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(_NEXT, {"people": absent, "elements": session.elements})
        rows = cursor.fetchall()
        SignUp.objects.bulk_create(
            [
                SignUp(session_id=next_id, person_id=person_id, by_id=by.id)
                for person_id, next_id, is_signed_up in rows
                if not is_signed_up
            ],
            ignore_conflicts=True,
        )
        moved = defaultdict(list)
        for person_id, next_id, _is_signed_up in rows:
            moved[next_id].append(person_id)
        found = list(Session.objects.filter(id__in=moved))
    for each in found:
        _tell(each, moved[each.id], session_told.MOVED_ON)
    _tell(session, set(absent) - {row[0] for row in rows}, session_told.ABSENT)


def _line_of(session: Session) -> list[SignUp]:
    """All who are signed up, in the order they came: whoever withdraws sees only themselves."""
    with acting_as_job():
        return list(SignUp.objects.filter(session=session, withdrawn_at=None).order_by("at", "id"))


def _with_a_place(session: Session) -> list[SignUp]:
    return _line_of(session)[: session.capacity]


def _tell_moved_up(session: Session, before: Collection[int]) -> None:
    now = {each.person_id for each in _with_a_place(session)}
    _tell(session, now - set(before), session_told.MOVED_UP)


def _tell(session: Session, person_ids: Collection[int], kind: str) -> None:
    if person_ids:
        tell(
            person_ids=person_ids,
            kind=kind,
            subject_id=session.id,
            url=session.get_absolute_url(),
            context=session_told.context_of(session),
        )


def refuse_unless_changed_by(by: SignedInPerson, session: Session) -> None:
    """Raises as `change`."""
    refuse_unless_held_by(by, session)
    if session.cancelled_at or session.finished_at:
        raise NotPossible(_("Økten er avlyst eller ferdig, og endres ikke lenger."))


def refuse_unless_held_by(by: SignedInPerson, session: Session) -> None:
    """Raises: NotAllowed for others than the one who leads the session and leaders of its unit."""
    if not may_hold(standing_in(session.unit_id), is_its_leader=session.led_by_id == by.id):
        raise NotAllowed(
            _("Bare den som leder økten, og lederne for enheten kan gjøre dette."),
            _("Si fra til den som leder økten."),
        )
