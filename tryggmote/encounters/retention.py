"""Forgetting: checks and meetings are deleted after 30 days, counts are kept ("who sees what")."""

from django.db import connection

from tryggmote.access.context import acting_as_job

# One statement, so that each deleted check is counted exactly once. The policies say 30 days as well:
# the job sees no younger check.
_COUNT_AND_DELETE = """
with gone as (
  delete from encounters_check where created_at < now() - interval '30 days'
  returning id, (created_at at time zone 'Europe/Oslo')::date as day, workforce_id, form, level
), forgotten_reads as (
  delete from access_readentry where kind = 'check' and object_id in (select id from gone)
), counted as (
  insert into encounters_checkcount (day, workforce_id, form, level, n)
  select day, workforce_id, form, level, count(*) from gone group by 1, 2, 3, 4
  on conflict (workforce_id, day, form, level) do update set n = encounters_checkcount.n + excluded.n
)
select count(*) from gone
"""
_DELETE_MEETINGS = "delete from encounters_meeting where starts_at < now() - interval '30 days'"


def forget_old_checks() -> int:
    """Delete checks and meetings older than 30 days, keep the counts; says how many checks went."""
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(_COUNT_AND_DELETE)
        (gone,) = cursor.fetchone()
        cursor.execute(_DELETE_MEETINGS)
    return int(gone)
