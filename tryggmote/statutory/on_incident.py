"""What an incident's own page says of injury and notice: where its steps are done, and a card (2.4)."""

from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.guide import Part
from tryggmote.incidents.models import Incident
from tryggmote.incidents.rules import may_handle
from tryggmote.statutory.notifying import STEP
from tryggmote.statutory.queries import notice_url
from tryggmote.statutory.registering import REPORT_STEP
from tryggmote.statutory.rules import may_read_notice

PARTS = (
    Part(STEP, _("Gå gjennom varselet"), lambda incident: notice_url(incident.id)),
    Part(REPORT_STEP, _("Før og meld skaden"), lambda incident: entry_url(incident)),
)

_KNOWN = """
select
  (select must_notify from statutory_judgement where incident_id = %(incident)s
   order by at desc, id desc limit 1),
  array(select id from statutory_injury where incident_id = %(incident)s order by at),
  exists (select 1 from statutory_noinjury where incident_id = %(incident)s),
  coalesce((select app.proposes_injury(consequences::text[]) from incidents_classification
            where incident_id = %(incident)s order by at desc, id desc limit 1), false)
"""


def entry_url(incident: Incident) -> str:
    """Where injuries of the incident are entered, and those entered are found."""
    return reverse("statutory:enter", args=[incident.id])


def panel(incident: Incident, person: SignedInPerson) -> dict[str, Any] | None:
    """What is known of injury and notice, for those who may know; one query. None: nothing to show."""
    if not may_read_notice(person, incident):
        return None
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, {"incident": incident.id})
        must_notify, injury_ids, nobody_injured, is_proposed = cursor.fetchone()
    handles = may_handle(person, incident)
    if not handles and must_notify is None and not injury_ids:
        return None
    return {
        "handles": handles,
        "must_notify": must_notify,
        "is_judged": must_notify is not None,
        "injury_urls": [reverse("statutory:injury", args=[injury_id]) for injury_id in injury_ids],
        "nobody_injured": nobody_injured and not injury_ids,
        "is_proposed": is_proposed and not injury_ids and not nobody_injured,
        "notice_url": notice_url(incident.id),
        "entry_url": entry_url(incident),
    }
