"""What training asks of people on "Now": what I lack, and where those I lead lack something (4.1).

One query for everybody, two more for those who lead.
"""

from collections.abc import Iterator
from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.models import Unit
from tryggmote.organisation.roles import LEADS
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.training.names import names_of
from tryggmote.training.vocabulary import Standing
from tryggmote.ui.dates import oslo_day

AT_MOST = 20
_MINE = """
select distinct on (place, element)
  element, requirement, standing, until, is_gate and workforce_id is not null
from evidence_training
where person_id = app.me() and standing in ('missing', 'late', 'new', 'running_out')
order by place, element, array_position(array['missing', 'late', 'running_out', 'new'], standing), until
"""
_THEIRS = """
select t.unit_id, u.name, count(distinct t.person_id)
from evidence_training t join organisation_unit u on u.id = t.unit_id
where t.unit_id = any (%s) and t.person_id <> app.me() and t.standing = 'missing'
group by t.unit_id, u.name, u.sort_key order by u.sort_key limit %s
"""


def training_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person must learn as one duty, and the units in which somebody they lead lacks something."""
    if own := _own():
        yield own
    if person.has_role(*LEADS):
        yield from _led()


def _own() -> Duty | None:
    """The most urgent of what is asked of oneself; the page says the rest."""
    with connection.cursor() as cursor:
        cursor.execute(_MINE)
        rows = cursor.fetchall()
    if not rows:
        return None
    element, requirement, standing, until, is_gate = min(rows, key=_pressing)
    (name,) = names_of([element]).values()
    return Duty(
        title=_TITLES[Standing(standing)]() % {"name": name},
        why=_why(len(rows), is_gate=is_gate and standing == Standing.MISSING),
        url=reverse("training:own"),
        action=_("Se hva som gjenstår"),
        due=oslo_day(until)[1] if until else None,
        urgency=_URGENCY[Standing(standing)],
        requirement=requirement,
        kind="training_own",
    )


def _pressing(row: tuple[str, str, str, date | None, bool]) -> tuple[bool, int, date]:
    _element, _requirement, standing, until, is_gate = row
    return (
        not (is_gate and standing == Standing.MISSING),
        list(_URGENCY).index(Standing(standing)),
        until or date.max,
    )


def _why(number: int, *, is_gate: bool) -> str:
    if is_gate:
        return _("Du kan ikke møte brukere før du har den. Lederen din kan hjelpe deg.")
    if number == 1:
        return _("Det er det eneste som gjenstår.")
    return ngettext("Og %(n)s del til.", "Og %(n)s deler til.", number - 1) % {"n": number - 1}


_URGENCY = {
    Standing.MISSING: Urgency.TODAY,
    Standing.LATE: Urgency.SOON,
    Standing.RUNNING_OUT: Urgency.LATER,
    Standing.NEW: Urgency.LATER,
}
_TITLES = {
    Standing.MISSING: lambda: _("Ta opplæringen «%(name)s»"),
    Standing.LATE: lambda: _("Forny opplæringen «%(name)s»"),
    Standing.RUNNING_OUT: lambda: _("Forny opplæringen «%(name)s» før den går ut"),
    Standing.NEW: lambda: _("Ta opplæringen «%(name)s»"),
}


def _led() -> Iterator[Duty]:
    units = list(Unit.objects.filter(id__in=units_decided_by_me()).values_list("id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_THEIRS, [units, AT_MOST])
        rows = cursor.fetchall()
    for unit_id, name, number in rows:
        yield Duty(
            title=ngettext(
                "%(n)s ansatt i %(unit)s mangler opplæring",
                "%(n)s ansatte i %(unit)s mangler opplæring",
                number,
            )
            % {"n": number, "unit": name},
            why=_("Ingen skal møte brukere før de har lært og øvd det som kreves."),
            url=f"{reverse('training:unit', args=[unit_id])}?stand=missing",
            action=_("Se hvem som mangler hva"),
            due=None,
            urgency=Urgency.TODAY,
            requirement="4.1",
            kind="training_unit",
        )
