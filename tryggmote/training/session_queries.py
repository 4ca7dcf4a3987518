"""What is read of sessions (4.1). The database decides which; nothing here asks who is looking."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tryggmote.organisation.models import Person, UnitClosure
from tryggmote.organisation.queries import colleagues
from tryggmote.training.models import Attendance, Session, SignUp
from tryggmote.training.names import names_of
from tryggmote.ui.dates import oslo_day, oslo_today

STILL_RECORDED = timedelta(days=30)
"""So long after a session the code on its wall is looked for, and its leader is asked who came."""


@dataclass(frozen=True)
class Seats:
    """How full a session is. `my_place`: one's own in the line; None for one who is not signed up."""

    capacity: int
    taken: int
    waiting: int
    my_place: int | None

    @property
    def left(self) -> int:
        """Places nobody has."""
        return self.capacity - self.taken

    @property
    def is_mine(self) -> bool:
        """Whether one has a place."""
        return self.my_place is not None and self.my_place <= self.capacity

    @property
    def my_wait(self) -> int | None:
        """One's number on the waiting list; None for one who is not on it."""
        return self.my_place - self.capacity if self.my_place and not self.is_mine else None


@dataclass(frozen=True)
class Shown:
    """A session as a list shows it."""

    session: Session
    title: str
    seats: Seats


def sessions() -> QuerySet[Session]:
    """Those one may see, with what a page says of them."""
    return Session.objects.select_related("unit", "open_to", "led_by")


def coming() -> QuerySet[Session]:
    """Those that have not begun and are not cancelled, the first one first."""
    return sessions().filter(cancelled_at=None, starts_at__gt=timezone.now()).order_by("starts_at", "id")


def mine(person_id: int) -> QuerySet[Session]:
    """Those one is signed up for that are not over, also cancelled ones, the first one first."""
    signed_up = SignUp.objects.filter(person_id=person_id, withdrawn_at=None).values("session_id")
    found = sessions().filter(id__in=signed_up, ends_at__gt=timezone.now())
    return found.order_by("starts_at", "id")


def shown(found: Iterable[Session]) -> list[Shown]:
    """Each with its title and how full it is; at most two queries."""
    found = list(found)
    names = titles_of(found)
    seats = seats_of(found)
    return [Shown(session, names[session.id], seats[session.id]) for session in found]


def titles_of(found: Collection[Session]) -> dict[UUID, str]:
    """What each is called: its elements, one after the other; at most one query."""
    names = names_of(element for session in found for element in session.elements)
    return {session.id: ", ".join(names[element] for element in session.elements) for session in found}


def seats_of(found: Collection[Session]) -> dict[UUID, Seats]:
    """How full each is; one query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select session_id, taken, waiting, my_place from evidence_sessions where session_id = any (%s)",
            [[session.id for session in found]],
        )
        rows = {session_id: rest for session_id, *rest in cursor.fetchall()}
    return {session.id: Seats(session.capacity, *rows.get(session.id, (0, 0, None))) for session in found}


def coming_in(unit_id: int) -> dict[str, list[Session]]:
    """For each element, the sessions of the unit that are to come; one query."""
    found: dict[str, list[Session]] = defaultdict(list)
    for session in coming().filter(unit_id=unit_id):
        for element in session.elements:
            found[element].append(session)
    return dict(found)


_NEXT = """
select distinct on (element) element, s.id
from training_session s
join evidence_sessions e on e.session_id = s.id
cross join unnest(s.elements) as element
where element = any (%s) and s.cancelled_at is null and e.starts_at > now()
  and (e.taken < s.capacity or e.my_place is not null)
order by element, e.my_place is null, s.starts_at, s.id
"""


def next_sessions(elements: Iterable[str]) -> Mapping[str, Shown]:
    """For each element, the session one is signed up for, or the next with room; at most four queries."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [list(elements)])
        rows = cursor.fetchall()
    if not rows:
        return {}
    found = {each.session.id: each for each in shown(sessions().filter(id__in={row[1] for row in rows}))}
    return {element: found[session_id] for element, session_id in rows}


@dataclass(frozen=True)
class Comer:
    """Somebody who is signed up. `waits`: has no place yet. `attendance`: None while nobody has said."""

    sign_up: SignUp
    name: str
    waits: bool
    attendance: Attendance | None


def comers_to(session: Session) -> list[Comer]:
    """Those signed up, in the order they came, and those who came all the same; two queries."""
    there = {
        attendance.person_id: attendance
        for attendance in Attendance.objects.filter(session=session, undone_at=None).select_related("person")
    }
    line = list(
        SignUp.objects.filter(session=session, withdrawn_at=None)
        .select_related("person")
        .order_by("at", "id")
    )
    found = [
        Comer(sign_up, sign_up.person.name, place >= session.capacity, there.pop(sign_up.person_id, None))
        for place, sign_up in enumerate(line)
    ]
    came = [
        Comer(SignUp(person=each.person), each.person.name, waits=False, attendance=each)
        for each in there.values()
    ]
    return found + came


def may_be_signed_up(session: Session) -> QuerySet[Person]:
    """People one leads whom the session is open to and who are not signed up, by name."""
    signed_up = SignUp.objects.filter(session=session, withdrawn_at=None).values("person_id")
    led = RawSQL("select unnest(app.people_led())", [])
    return colleagues(session.open_to_id, oslo_today()).filter(id__in=led).exclude(id__in=signed_up)


def may_lead_in(unit_id: int) -> QuerySet[Person]:
    """Those who can hold a session of the unit: whoever works in it, below it or right above it, by name."""
    return colleagues(unit_id, oslo_today())


def session_coded(code: str, *, at: datetime) -> Session | None:
    """The session one may see whose wall says this code about `at`."""
    near = sessions().filter(
        code=code, cancelled_at=None, starts_at__range=(at - STILL_RECORDED, at + STILL_RECORDED)
    )
    return near.order_by("-starts_at").first()


def attendance_of(session: Session, person_id: int) -> Attendance | None:
    """What says that somebody was there."""
    return Attendance.objects.filter(session=session, person_id=person_id, undone_at=None).first()


def above(unit_id: int) -> list[tuple[int, str]]:
    """The unit and those above it, nearest first, as choices of whom a session is open to."""
    found = UnitClosure.objects.filter(descendant_id=unit_id).order_by("depth", "ancestor__sort_key")
    return list(found.values_list("ancestor_id", "ancestor__name"))


def for_calendar(person_id: int) -> list[Session]:
    """Those one has or had a place in or leads, from a month back, for a calendar; cancelled ones too."""
    since = timezone.now() - timedelta(days=31)
    signed_up = SignUp.objects.filter(person_id=person_id, withdrawn_at=None).values("session_id")
    recent = sessions().filter(ends_at__gt=since)
    return list((recent.filter(id__in=signed_up) | recent.filter(led_by_id=person_id)).order_by("starts_at"))


def today_for(person_id: int) -> QuerySet[Session]:
    """Sessions today that one is signed up for."""
    first, after = oslo_day(oslo_today())
    signed_up = SignUp.objects.filter(person_id=person_id, withdrawn_at=None).values("session_id")
    attended = Attendance.objects.filter(person_id=person_id, undone_at=None).values("session_id")
    return (
        sessions()
        .filter(id__in=signed_up, cancelled_at=None, starts_at__gte=first, starts_at__lt=after)
        .exclude(id__in=attended)
    )


def unfinished_of(person_id: int) -> QuerySet[Session]:
    """Sessions one has led whose attendance is not recorded."""
    now = timezone.now()
    return sessions().filter(
        led_by_id=person_id,
        cancelled_at=None,
        finished_at=None,
        ends_at__range=(now - STILL_RECORDED, now),
    )


def duties_of(person_id: int) -> QuerySet[Session]:
    """What Now asks of one about sessions: those of today, and those whose attendance waits; one query."""
    found = today_for(person_id) | unfinished_of(person_id)
    signed_up = SignUp.objects.filter(session=OuterRef("pk"), person_id=person_id, withdrawn_at=None)
    return found.annotate(signed_up=Subquery(signed_up.values("id")[:1])).order_by("starts_at", "id")
