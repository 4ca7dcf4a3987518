"""Forgetting: what a plan holds is deleted some months after it was closed; that there was a plan is kept.

How long is rule data (`forget_months`), and the database refuses to delete anything younger (`policies.sql`).
"""

import logging

from django.db import connection

from tryggmote.access.context import acting_as_job

log = logging.getLogger(__name__)

_OUTLIVED = """
select id from followup_plan where forgotten_at is null and closed_at < app.followup_forgotten_before()
"""
_FORGET = (
    "delete from followup_stepact where plan_id = any (%s)",
    "delete from followup_step where plan_id = any (%s)",
    "delete from followup_planact where plan_id = any (%s)",
    "delete from followup_consent where plan_id = any (%s)",
    "delete from followup_reminder where plan_id = any (%s)",
    "delete from access_readentry where kind = 'followup' and object_id = any (%s)",
    "update followup_plan set forgotten_at = now(), natures = '{}' where id = any (%s)",
)


def forget_closed_plans() -> int:
    """Delete the content of plans closed long ago, and who has read them. Says and logs how many plans."""
    with acting_as_job(), connection.cursor() as cursor:
        cursor.execute(_OUTLIVED)
        plans = [row[0] for row in cursor.fetchall()]
        for statement in _FORGET:
            cursor.execute(statement, [plans])
    if plans:
        log.info("Deleted the content of %d follow-up plans.", len(plans))
    return len(plans)
