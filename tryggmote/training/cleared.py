"""Whether somebody is cleared to meet clients today, why not, and what to do about it (4.1)."""

from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.organisation.clearance import Clearance
from tryggmote.training.names import names_of

_STOPS = """
select element, standing, lasts_until from evidence_training
where person_id = %(person)s and is_gate and workforce_id is not null
  and (%(form)s = '' or forms = '{}' or %(form)s = any (forms))
order by place, element
"""
_LET_GO = """
select max(until) from training_override
where person_id = %s and withdrawn_at is null and starts_on <= app.today() and until >= app.today()
"""


def judge(person_id: int, form: str) -> Clearance:
    """What the check asks: is this person cleared in this meeting form ("" for all that they use)?

    Somebody on leave today is not cleared by that; a leader's exception clears until its last day.
    Two queries, one when nothing is missing. Visible for oneself and for those one leads.
    """
    rows = _ask(person_id, form)
    missing = [element for element, standing, _until in rows if standing == "missing"]
    if not missing:
        return Clearance(cleared=True, until=min((until for *_rest, until in rows if until), default=None))
    url = reverse("training:own")
    if exception := _exception_until(person_id):
        return Clearance(cleared=True, until=exception, next_url=url)
    return Clearance(cleared=False, why=_why(missing), next_url=url)


def _ask(person_id: int, form: str) -> list[tuple[str, str, date | None]]:
    with connection.cursor() as cursor:
        cursor.execute(_STOPS, {"person": person_id, "form": form})
        return cursor.fetchall()


def _exception_until(person_id: int) -> date | None:
    with connection.cursor() as cursor:
        cursor.execute(_LET_GO, [person_id])
        (until,) = cursor.fetchone()
        return until


def _why(missing: list[str]) -> str:
    names = list(names_of(missing).values())
    if len(names) == 1:
        return _("Du mangler opplæringen «%(name)s».") % {"name": names[0]}
    return _("Du mangler opplæringen «%(name)s» og %(number)s til.") % {
        "name": names[0],
        "number": len(names) - 1,
    }
