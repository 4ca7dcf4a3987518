"""What is told together in the morning: to each person who wants it so, and to units in their channels.

At half past seven on working days. A digest is a row a person and day, gathered with its notices and its
delivery in one statement: a worker that dies before, in or after it makes neither none nor two.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import ngettext

from tryggmote.access.context import acting_as_job
from tryggmote.notices import carriers
from tryggmote.notices.models import Digest, Notice
from tryggmote.notices.registry import codes, group_of, kinds_for_units
from tryggmote.notices.vocabulary import Channel, Group
from tryggmote.organisation.workdays import OSLO, is_workday

TOLD_AT = time(7, 30)
FOR_UNITS_WITHIN = timedelta(hours=1)
# A digest is read in a minute; the rest stands in Tryggmøte.
SHOWN = 30

_GATHER = """
with made as (
  insert into notices_digest (id, person_id, day)
  select gen_random_uuid(), person_id, %(day)s from notices_notice
  where waits_for_digest and digest_id is null and seen_at is null and created_at < %(until)s
  group by person_id
  on conflict do nothing
  returning id, person_id
), gathered as (
  update notices_notice n set digest_id = made.id from made
  where n.person_id = made.person_id and n.waits_for_digest and n.digest_id is null and n.seen_at is null
    and n.created_at < %(until)s
)
insert into notices_delivery
  (digest_id, channel, status, attempts, due_at, next_attempt_at, last_error, created_at)
select id, 'email', 'waiting', 0, %(now)s, %(now)s, '', %(now)s from made
"""
_GATHER_FOR_UNITS = """
with made as (
  insert into notices_digest (id, unit_id, day)
  select gen_random_uuid(), unit, %(day)s from unnest(%(units)s::int[]) unit
  on conflict do nothing
  returning id
)
insert into notices_delivery
  (digest_id, channel, status, attempts, due_at, next_attempt_at, last_error, created_at)
select id, 'unit', 'waiting', 0, %(now)s, %(now)s, '', %(now)s from made
"""
# How many matters, and no names: one matter told to ten people is one.
_MATTERS = """
select above.ancestor_id, n.kind, count(distinct n.subject_id)
from notices_notice n
join organisation_placement p on p.person_id = n.person_id and (p.ends_on is null or p.ends_on >= %(day)s)
join organisation_workforce w on w.id = p.workforce_id
join organisation_unitclosure above on above.descendant_id = w.unit_id
where n.kind = any(%(kinds)s) and n.created_at >= %(since)s and n.created_at < %(until)s
  and above.ancestor_id = any(%(units)s)
group by 1, 2
"""


@dataclass(frozen=True)
class Section:
    """What has come of one group."""

    group: Group
    notices: list[Notice]


@dataclass(frozen=True)
class Told:
    """A person's digest, in the language in force."""

    subject: str
    sections: list[Section]


def gather() -> list[str]:
    """Make the digests of this morning that are not made yet; says which channels have something to send.

    Only what was told before half past seven goes into it: whoever has nothing then has no digest that day.
    """
    now = timezone.now()
    until = due_by(now)
    if until is None:
        return []
    given = {"day": until.date(), "until": until, "now": now}
    with acting_as_job():
        made = {Channel.EMAIL: _made(_GATHER, given)}
        if _may_be_news_for_units(now, until):
            made[Channel.UNIT] = _made(_GATHER_FOR_UNITS, {**given, "units": _units_with_news(until)})
    return [channel for channel, count in made.items() if count]


def due_by(now: datetime) -> datetime | None:
    """Half past seven today in Oslo, when that has been and today is a working day."""
    local = now.astimezone(OSLO)
    until = datetime.combine(local.date(), TOLD_AT, OSLO)
    return until if is_workday(local.date()) and local >= until else None


def load_notices(found: Sequence[Digest]) -> None:
    """Fetch what is unseen of these digests, in one query."""
    with acting_as_job():
        # A worker of another version may not know them all.
        unseen = Notice.objects.filter(seen_at=None, kind__in=codes()).order_by("-created_at", "-id")
        prefetch_related_objects(list(found), Prefetch("notices", unseen, to_attr="unseen"))


def told_in(digest: Digest) -> Told:
    """What a person's digest says, after `load_notices`."""
    unseen: list[Notice] = digest.unseen  # type: ignore[attr-defined]
    subject = ngettext(
        "Tryggmøte: %(count)d nytt varsel", "Tryggmøte: %(count)d nye varsler", len(unseen)
    ) % {"count": len(unseen)}
    return Told(subject, list(_sections(unseen[:SHOWN])))


def matters_of(found: Collection[Digest]) -> dict[int, dict[str, int]]:
    """For each unit of these digests, of one day, how many matters of each kind; one query."""
    day = max(digest.day for digest in found)
    return _matters(
        [digest.unit_id for digest in found if digest.unit_id], datetime.combine(day, TOLD_AT, OSLO)
    )


def _sections(notices: list[Notice]) -> Iterator[Section]:
    order = list(Group)
    by_group = sorted(notices, key=lambda notice: order.index(group_of(notice.kind)))
    for group, some in groupby(by_group, key=lambda notice: group_of(notice.kind)):
        yield Section(group, list(some))


def _made(statement: str, given: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


def _may_be_news_for_units(now: datetime, until: datetime) -> bool:
    """Counted within the hour, and made for all of them at once: then there is nothing to count any more."""
    is_morning = now - until < FOR_UNITS_WITHIN and Channel.UNIT in carriers.channels()
    return is_morning and not Digest.objects.filter(day=until.date(), unit__isnull=False).exists()


def _units_with_news(until: datetime) -> list[int]:
    """Those that want it in their channel, and have something new."""
    with connection.cursor() as cursor:
        cursor.execute("select id from organisation_unit where ended_on is null")
        units = carriers.carrier_of(Channel.UNIT).reaches([unit for (unit,) in cursor.fetchall()])
    return sorted(_matters(sorted(units), until)) if units else []


def _matters(units: list[int], until: datetime) -> dict[int, dict[str, int]]:
    asked: dict[str, Any] = {
        "units": units,
        "kinds": kinds_for_units(),
        "since": datetime.combine(_workday_before(until.date()), TOLD_AT, OSLO),
        "until": until,
        "day": until.date(),
    }
    counts: dict[int, dict[str, int]] = {}
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(_MATTERS, asked)
        for unit, kind, count in cursor.fetchall():
            counts.setdefault(unit, {})[kind] = count
    return counts


def _workday_before(day: date) -> date:
    before = day - timedelta(days=1)
    while not is_workday(before):
        before -= timedelta(days=1)
    return before
