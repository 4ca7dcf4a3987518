"""Forgetting where people were: 24 hours after they came back, the rest of the row after 30 days, counted."""

import logging

from django.db import connection

from tryggmote.access.context import acting_as_job

log = logging.getLogger(__name__)

# Of one who never said that they were back, the whereabouts go a day after help was called for them: by then
# others have taken over, and the call has its own record.
_FORGET_WHEREABOUTS = """
update encounters_outing set place = '', contact_id = null, heard_from_id = null, check_id = null
where contact_id is not null and (
  returned_at < now() - interval '24 hours' or (told_step = 4 and expected_at < now() - interval '24 hours'))
"""
# One statement, so that each deleted row is counted exactly once.
_COUNT_AND_DELETE = """
with gone as (
  delete from encounters_outing where started_at < now() - interval '30 days'
  returning id, (started_at at time zone 'Europe/Oslo')::date as day, workforce_id, form,
    was_missed, returned_at is null as is_unanswered
), forgotten_reads as (
  delete from access_readentry where kind = 'outing' and object_id in (select id from gone)
), counted as (
  insert into encounters_outingcount (day, workforce_id, form, n, missed, unanswered)
  select day, workforce_id, form, count(*),
    count(*) filter (where was_missed), count(*) filter (where is_unanswered)
  from gone group by 1, 2, 3
  on conflict (workforce_id, day, form) do update set n = encounters_outingcount.n + excluded.n,
    missed = encounters_outingcount.missed + excluded.missed,
    unanswered = encounters_outingcount.unanswered + excluded.unanswered
)
select count(*) from gone
"""


def forget_whereabouts() -> int:
    """Erase place and contact of those who have been back for 24 hours. Returns and logs how many."""
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(_FORGET_WHEREABOUTS)
        forgotten = int(cursor.rowcount)
    if forgotten:
        log.info("Erased the whereabouts of %d outings.", forgotten)
    return forgotten


def forget_old_outings() -> int:
    """Delete outings older than 30 days, keep the counts; says how many went."""
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(_COUNT_AND_DELETE)
        (gone,) = cursor.fetchone()
    return int(gone)
