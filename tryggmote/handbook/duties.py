"""That the handbook is to be opened, on "Now" (3.6). One query."""

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.compliance.thresholds import thresholds
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.handbook.rules import is_opened_lately, open_by

_WORKPLACES = """
select w.unit_id, u.name, min(pl.starts_on), (
  select max(o.opened_at)
  from handbook_opening o
  join organisation_unitclosure book on book.descendant_id = o.unit_id and book.ancestor_id = w.unit_id
  where o.person_id = %(person)s
)
from organisation_placement pl
join organisation_workforce w on w.id = pl.workforce_id
join organisation_unit u on u.id = w.unit_id and u.kind not in ('directorate', 'county', 'municipality')
where pl.person_id = %(person)s and pl.starts_on <= app.today() and coalesce(pl.ends_on >= app.today(), true)
group by w.unit_id, u.name
order by u.name
"""


def handbook_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The books of the places one works at that one has not opened lately, where 3.6 is measured."""
    now, rules = timezone.now(), thresholds()
    with connection.cursor() as cursor:
        cursor.execute(_WORKPLACES, {"person": person.id})
        workplaces = cursor.fetchall()
    for unit_id, name, started_on, opened_at in workplaces:
        if is_opened_lately(opened_at, now, months=rules.handbook_months):
            continue
        yield Duty(
            title=_("Se i håndboken til %(unit)s") % {"unit": name},
            why=_("Det er lenge siden sist. Øverst står det som er nytt.")
            if opened_at
            else _("Alt som er innført der du jobber: hva du gjør, hvem som hjelper, og hvor du går ut."),
            url=reverse("handbook:book", args=[unit_id]),
            action=_("Åpne håndboken"),
            due=None if opened_at else open_by(started_on, now, days=rules.handbook_days),
            urgency=Urgency.LATER,
            requirement="3.6",
            kind="handbook_unopened",
        )
