"""What the unit is told and is to have read (1.1, 2.3), and procedures that are gone through again (2.3)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.controls.models import Procedure, ProcedureApproval
from tryggmote.cycle.registry import Event, Source, Span
from tryggmote.cycle.rules import due_days
from tryggmote.cycle.vocabulary import Kind
from tryggmote.information.models import Item
from tryggmote.information.rules import read_important_by
from tryggmote.ui.dates import OSLO

LONGEST = timedelta(days=31)
"""More than the working days to read something ever take: what comes in December may be due in January."""

# As far as one sees who has read: everybody for those who lead or represent the unit, oneself for others.
_READ = """
select item_id, count(read_at) >= count(*) * app.threshold('read_share')
from app.receipts()
where item_id = any (%s)
  and (person_id = app.me() or unit_id = any (app.units_led() || app.units_represented()))
group by item_id
"""


def _to_read(span: Span) -> Iterator[Event]:
    """Each important thing on the day by which it is to be read.

    Leaders and safety representatives see it done when enough of the unit have read it, others when they have
    themselves. Those it is not for, who see no readers either, are not told.
    """
    begins, ends = span.moments
    given = Item.objects.filter(
        unit_id__in=span.unit_ids, is_important=True, ended_at=None, at__range=(begins - LONGEST, ends)
    )
    items = {item.id: item for item in given if span.holds(_to_be_read_on(item))}
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(items)])
        is_read = dict(cursor.fetchall())
    for item_id, enough_have_read in is_read.items():
        item = items[item_id]
        yield Event(
            kind=Kind.INFORMATION,
            key=str(item.id),
            unit_id=item.unit_id,
            on=_to_be_read_on(item),
            title=_("Skal være lest: %(title)s") % {"title": item.title},
            url=item.get_absolute_url(),
            requirement="1.1",
            is_done=enough_have_read,
        )


def _to_be_read_on(item: Item) -> date:
    return read_important_by(item.at).astimezone(OSLO).date()


def _procedures(span: Span) -> Iterator[Event]:
    found = Procedure.objects.filter(
        unit_id__in=span.unit_ids, ended_at=None, in_force_number__isnull=False, review_on__isnull=False
    )
    for procedure in found:
        for day in due_days(procedure.review_on, thresholds().review_months, span):
            yield _of_procedure(procedure, str(procedure.id), day, is_done=False)


def _procedures_approved(span: Span) -> Iterator[Event]:
    found = ProcedureApproval.objects.filter(
        version__procedure__unit_id__in=span.unit_ids, at__range=span.moments
    )
    for approval in found.select_related("version__procedure"):
        day = approval.at.astimezone(OSLO).date()
        yield _of_procedure(approval.version.procedure, str(approval.id), day, is_done=True)


def _of_procedure(procedure: Procedure, key: str, day: date, *, is_done: bool) -> Event:
    title = _("Rutinen «%(title)s»") % {"title": procedure.title}
    url = procedure.get_absolute_url()
    return Event(Kind.PROCEDURE, key, procedure.unit_id, day, title, url, "2.3", is_done=is_done)


SOURCES = (
    Source("to_read", Kind.INFORMATION, _to_read),
    Source("procedures", Kind.PROCEDURE, _procedures),
    Source("procedures_approved", Kind.PROCEDURE, _procedures_approved),
)
