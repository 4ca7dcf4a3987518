"""Who is who: leaders, representatives, and those who are told first when somebody calls for help (3.6)."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.assistance.models import Responder
from tryggmote.assistance.queries import responders_in
from tryggmote.handbook.registry import Book, Chapter, Entry, Words
from tryggmote.organisation.models import RoleAssignment
from tryggmote.organisation.queries import current
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import OSLO, oslo_midnight

LEADING = (Role.OFFICE_LEADER, Role.LEADER)
REPRESENTING = (
    Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE, Role.UNION_REPRESENTATIVE,
)  # fmt: skip
HELPING = (Role.OCCUPATIONAL_HEALTH, Role.COUNTY_SECURITY_COORDINATOR, Role.GUARD)
_SECTIONS: dict[str, Words] = {
    **dict.fromkeys(LEADING, gettext_lazy("Ledere")),
    **dict.fromkeys(REPRESENTING, gettext_lazy("Verneombud og tillitsvalgte")),
}
_TOLD_FIRST = gettext_lazy("Varsles først når noen tilkaller hjelp")
ALL_WEEK = 7


def entries(book: Book) -> list[Entry]:
    """Leaders, representatives, responders; three queries. Those elected on a line above count too."""
    leaders = entries_of(holders(book.unit_ids, LEADING))
    representatives = entries_of(holders(book.all_ids, REPRESENTING))
    return [*leaders, *representatives, *map(_responder, responders_in(book.unit_ids))]


def holders(unit_ids: Collection[int], roles: Collection[str]) -> QuerySet[RoleAssignment]:
    """Who holds one of the roles in one of the units today, by role and name."""
    today = timezone.localdate()
    return _assignments(unit_ids, roles).filter(
        current(today), Q(person__ended_on=None) | Q(person__ended_on__gte=today)
    )


def _assignments(unit_ids: Collection[int], roles: Collection[str]) -> QuerySet[RoleAssignment]:
    found = RoleAssignment.objects.filter(unit_id__in=unit_ids, role__in=roles)
    return found.select_related("person", "unit", "safety_area").order_by("person__sort_key", "id")


def entries_of(held: Iterable[RoleAssignment], *, section: Words = "") -> list[Entry]:
    """One entry for each person in each role and unit, also when they hold it for two employers."""
    found = {_key(each): _entry(each, section) for each in held}
    return list(found.values())


def _key(held: RoleAssignment) -> str:
    return f"{held.role}-{held.unit_id}-{held.person_id}"


def _entry(held: RoleAssignment, section: Words) -> Entry:
    place = held.safety_area.name if held.safety_area else held.unit.name
    return Entry(
        _key(held),
        held.person.name,
        f"{Role(held.role).label}, {place}",
        phone=held.person.phone,
        sections=(section or _SECTIONS[held.role],),
        since=oslo_midnight(held.starts_on),
    )


def _responder(chosen: Responder) -> Entry:
    days = [str(WEEKDAYS[day - 1]) for day in sorted(chosen.weekdays)]
    return Entry(
        f"varsles-{chosen.unit_id}-{chosen.person_id}",
        chosen.person.name,
        chosen.unit.name,
        phone=chosen.person.phone,
        facts=((_("Dager"), ", ".join(days)),) if len(days) < ALL_WEEK else (),
        sections=(_TOLD_FIRST,),
        since=chosen.chosen_at,
    )


def withdrawn(book: Book, since: datetime) -> list[Entry]:
    """Those whose role has come to an end; one query."""
    ended = _assignments(book.all_ids, (*LEADING, *REPRESENTING)).filter(
        ends_on__lt=timezone.localdate(), ends_on__gte=since.astimezone(OSLO).date()
    )
    return [
        Entry(
            _key(held),
            held.person.name,
            changed_at=oslo_midnight(held.ends_on),
            text=str(Role(held.role).label),
        )
        for held in ended
        if held.ends_on and (held.role not in LEADING or held.unit_id in book.unit_ids)
    ]


CHAPTER = Chapter(
    "hvem",
    gettext_lazy("Hvem er hvem"),
    order=90,
    entries=entries,
    intro=gettext_lazy("Ledere, verneombud og de som kommer når noen tilkaller hjelp."),
    withdrawn=withdrawn,
)
