"""What people are told, what they have not read, who has read. Which items there are, the database decides.

Whom an item is for is said once, in `policies.sql`: found in `app.receipts` by person, or by unit and item.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import overload
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tryggmote.information.models import Item, Reminder
from tryggmote.information.rules import IMPORTANT_COUNTS_FOR, REST_COUNTS_FOR
from tryggmote.ui.cursors import after, cursor_of

PAGE_SIZE = 20


def unread_by(person_id: int) -> QuerySet[Item]:
    """What is for this person, who asks, and they have not read. What is too old to be owed is left out.

    What stands never is.
    """
    now = timezone.now()
    unread = RawSQL(
        "select item_id from app.receipts() where person_id = %s and read_at is null", [person_id]
    )
    return Item.objects.filter(
        Q(is_standing=True)
        | Q(is_important=True, at__gte=now - IMPORTANT_COUNTS_FOR)
        | Q(is_important=False, at__gte=now - REST_COUNTS_FOR),
        id__in=unread,
    )


@dataclass(frozen=True)
class Newcomers:
    """Those whom something standing has come to concern since it was made known, and nobody has told."""

    item: Item
    person_ids: list[int]


_NOT_TOLD = """
select i.id, array_agg(c.person_id order by c.person_id)
from information_item i
join app.concerned() c on c.unit_id = i.unit_id and c.form = i.form
where i.is_standing and i.ended_at is null
  and not exists (select 1 from information_reading r where r.item_id = i.id and r.person_id = c.person_id)
  and not exists (
    select 1 from notices_notice n
    where n.person_id = c.person_id and n.subject_id = i.id and n.kind = 'information_important')
group by i.id
"""


def newcomers_not_told() -> list[Newcomers]:
    """For a job: whom it must tell of what stands; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_NOT_TOLD)
        waiting = dict(cursor.fetchall())
    return [Newcomers(item, waiting[item.id]) for item in Item.objects.filter(id__in=waiting)]


def narrowed(found: QuerySet[Item], *, kind: str = "", period: int | None = None) -> QuerySet[Item]:
    """Those of one kind and no older than `period` days, where those are given."""
    if kind:
        found = found.filter(kind=kind)
    if period:
        found = found.filter(at__gte=timezone.now() - timedelta(days=period))
    return found


@dataclass(frozen=True)
class Row:
    """An item as the feed shows it to one person. `is_watched`: they may see who has read it."""

    item: Item
    is_unread: bool
    is_watched: bool


@dataclass(frozen=True)
class FeedPage:
    """One screen of the feed. `older`: the cursor of the next screen, "" at the end."""

    rows: list[Row]
    older: str


def feed_page(found: QuerySet[Item], *, person_id: int, cursor: str = "") -> FeedPage:
    """The items after `cursor`, newest first; five queries. A cursor nobody made counts as none."""
    # Fetched apart: joined, all that a leader above many units may see would be joined before it is cut.
    ordered = found.order_by("-at", "-id").prefetch_related("unit", "by")
    fetched = list(ordered.filter(after(cursor, moment_field="at"))[: PAGE_SIZE + 1])
    shown = fetched[:PAGE_SIZE]
    ids = [item.id for item in shown]
    unread = set(unread_by(person_id).filter(id__in=ids).values_list("id", flat=True))
    watched = _watched_units()
    is_more = len(fetched) > PAGE_SIZE
    return FeedPage(
        rows=[Row(item, item.id in unread, item.unit_id in watched) for item in shown],
        older=cursor_of(shown[-1].at, shown[-1].id) if is_more else "",
    )


def _watched_units() -> set[int]:
    """Units of which one may see who has read what they were told (`rules.may_see_readers`)."""
    with connection.cursor() as cursor:
        cursor.execute("select unnest(app.units_led() || app.units_represented())")
        return {unit_id for (unit_id,) in cursor.fetchall()}


def audience_of(unit_id: int) -> set[int]:
    """Everybody the unit informs today, by person id. The rule is `app.audience` in `policies.sql`."""
    with connection.cursor() as cursor:
        cursor.execute("select person_id from app.audience() where unit_id = %s", [unit_id])
        return {person_id for (person_id,) in cursor.fetchall()}


_COUNTS = "select count(*), count(read_at) from app.receipts() where item_id = %s and unit_id = %s"
_WAITING = "select person_id from app.receipts() where item_id = %s and unit_id = %s and read_at is null"
_NAMES = """
select p.id, p.name, coalesce(place.name, '')
from app.receipts() receipt
join organisation_person p on p.id = receipt.person_id
left join lateral (
  select u.name from organisation_placement pl
  join organisation_workforce w on w.id = pl.workforce_id
  join organisation_unit u on u.id = w.unit_id
  where pl.person_id = p.id and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
  order by pl.is_primary desc, pl.id limit 1
) place on true
where receipt.item_id = %s and receipt.unit_id = %s and receipt.read_at is null
order by p.sort_key, p.id
offset %s limit %s
"""


@dataclass(frozen=True)
class NonReader:
    """Somebody an item is for, who has not read it. `unit`: where they work, "" for nowhere."""

    person_id: int
    name: str
    unit: str


class Receipts(Sequence[NonReader]):
    """How many of those an item is for have read it, and who has not, by name. For those who may see that.

    A sequence of those who have not: a paginator takes its length, and fetches the names of one page.
    """

    def __init__(self, item: Item) -> None:
        self._item = item
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, [item.id, item.unit_id])
            self.informed, self.readers = cursor.fetchone()

    def __len__(self) -> int:
        waiting: int = self.informed - self.readers
        return waiting

    @overload
    def __getitem__(self, wanted: int) -> NonReader: ...
    @overload
    def __getitem__(self, wanted: slice) -> list[NonReader]: ...
    def __getitem__(self, wanted: int | slice) -> NonReader | list[NonReader]:
        if isinstance(wanted, int):
            return self[wanted : wanted + 1][0]
        first, beyond, _step = wanted.indices(len(self))
        with connection.cursor() as cursor:
            cursor.execute(_NAMES, [self._item.id, self._item.unit_id, first, max(0, beyond - first)])
            return [NonReader(*row) for row in cursor.fetchall()]

    def non_reader_ids(self) -> set[int]:
        """All who have not read, by person id."""
        with connection.cursor() as cursor:
            cursor.execute(_WAITING, [self._item.id, self._item.unit_id])
            return {person_id for (person_id,) in cursor.fetchall()}


def last_reminder(item: Item) -> Reminder | None:
    """When those who have not read were last reminded, and by whom."""
    return Reminder.objects.filter(item=item).select_related("by").order_by("-at").first()


def reminders_of(item_ids: Collection[UUID]) -> list[UUID]:
    """The reminders about these items."""
    return list(Reminder.objects.filter(item_id__in=item_ids).values_list("id", flat=True))


_UNREAD_BY_PERSON = """
select receipt.person_id, count(*) from app.receipts() receipt
join information_item i on i.id = receipt.item_id and not i.is_important and i.at >= %s
where receipt.read_at is null
group by receipt.person_id
"""


def unread_by_everybody() -> dict[int, list[int]]:
    """For the weekly digest, as a job: who has how many ordinary items unread, as person ids by number."""
    by_number: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD_BY_PERSON, [timezone.now() - REST_COUNTS_FOR])
        for person_id, number in cursor.fetchall():
            by_number.setdefault(number, []).append(person_id)
    return by_number
