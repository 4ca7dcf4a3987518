"""What 3.0 and 3.2-3.4 ask of people on "Now": what is missing, to be heard, approved and gone through.

Three queries for those who lead, one for safety representatives. That it is to be read and confirmed is asked
by `information`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.organisation.models import Unit
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.residual import elements
from tryggmote.residual.models import Hearing, Record, Version
from tryggmote.residual.rules import ReviewStage, review_asked_for_if_by, review_stage
from tryggmote.ui.dates import day, oslo_day, oslo_today

AT_MOST = 20
REPRESENTS = (Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)
_URGENCY = {
    ReviewStage.ASKED_FOR: Urgency.LATER,
    ReviewStage.NEAR: Urgency.SOON,
    ReviewStage.URGENT: Urgency.TODAY,
    ReviewStage.PASSED: Urgency.TODAY,
}


def residual_duties(person: SignedInPerson) -> Iterator[Duty]:
    """What this person owes for the units they decide in, and for those they represent."""
    if person.has_role(*LEADS):
        units = list(Unit.objects.filter(id__in=units_decided_by_me()).values_list("id", flat=True))
        yield from map(_filling, _missing_in(units))
        yield from _records_of(units)
    if person.has_role(*REPRESENTS):
        yield from map(_speaking, _unheard_by(person.id))


@dataclass(frozen=True)
class _Missing:
    """What a unit lacks of one requirement: how much, and the first of it."""

    unit_id: int
    unit: str
    requirement: str
    number: int
    element: str
    form: str


_MISSING = """
select c.unit_id, u.name, c.requirement, count(*),
       (array_agg(c.element order by c.place))[1], (array_agg(c.form order by c.place))[1]
from evidence_cells c join organisation_unit u on u.id = c.unit_id
where c.unit_id = any (%s) and not c.is_filled and not c.is_residual
group by c.unit_id, u.name, u.sort_key, c.requirement
order by u.sort_key, c.requirement
limit %s
"""


def _missing_in(unit_ids: Collection[int]) -> list[_Missing]:
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [list(unit_ids), AT_MOST])
        return [_Missing(*row) for row in cursor.fetchall()]


def _filling(missing: _Missing) -> Duty:
    required = elements.requirement_of(missing.form)
    element = elements.find(missing.element, missing.form)
    if missing.number == 1:
        title = _("Bestem hva som skal ivareta «%(element)s» (%(form)s)") % {
            "element": element.title if element else missing.element,
            "form": MeetingForm(missing.form).label.lower(),
        }
        url = reverse("residual:cell", args=[missing.unit_id, missing.element, missing.form])
    else:
        title = _("Få på plass det som mangler: %(area)s (%(number)s)") % {
            "area": str(required.title if required else "").lower(),
            "number": missing.number,
        }
        url = f"{reverse('residual:matrix_of', args=[missing.unit_id])}#krav-{missing.requirement}"
    return Duty(
        title=title,
        why=_("%(unit)s: Velg et tiltak eller en rutine som gjelder, eller beskriv hvorfor det ikke går.")
        % {"unit": missing.unit},
        url=url,
        action=_("Se hva som mangler"),
        due=None,
        urgency=Urgency.SOON,
        requirement=missing.requirement,
        kind="residual_empty",
    )


def _records_of(unit_ids: Collection[int]) -> Iterator[Duty]:
    today = oslo_today()
    # A measure that was to make up for something is in use no longer.
    measure_gone = RawSQL(
        """
        exists (select 1 from residual_version v
                join controls_measure m on m.id = any (v.measure_ids) and m.cancelled_at is not null
                where v.record_id = residual_record.id and v.number = residual_record.in_force_number)
        """,
        [],
    )
    has_draft = Exists(Version.objects.filter(record=OuterRef("pk"), approved_at=None))
    found = (
        Record.objects.filter(unit_id__in=unit_ids, withdrawn_at=None)
        .annotate(has_draft=has_draft, measure_gone=measure_gone)
        .filter(Q(has_draft=True) | Q(measure_gone=True) | Q(review_on__lte=review_asked_for_if_by(today)))
        .select_related("unit")
        .order_by("review_on", "created_at")[:AT_MOST]
    )
    for record in found:
        yield _approving(record, today) if record.has_draft else _reviewing(record, today)


def _approving(record: Record, today: date) -> Duty:
    return _of_record(
        record,
        title=_("Gjør ferdig restrisikoen «%(name)s»"),
        why=_("%(unit)s: Utkastet venter. Det gjelder først når verneombudet er hørt og du har godkjent."),
        action=_("Åpne utkastet"),
        urgency=_urgency(record, today) or Urgency.SOON,
        kind="residual_draft",
    )


def _reviewing(record: Record, today: date) -> Duty:
    stage = record.review_on and review_stage(record.review_on, today)
    if stage is ReviewStage.PASSED:
        why = _("%(unit)s: Den gjaldt til %(day)s. Nå regnes det som at ingenting er på plass.")
    elif stage is None:
        why = _("%(unit)s: Et tiltak som skulle veie opp, er avsluttet.")
    else:
        why = _("%(unit)s: Den gjelder til %(day)s. Den fornyes ikke av seg selv.")
    return _of_record(
        record,
        title=_("Gå gjennom restrisikoen «%(name)s»"),
        why=why,
        action=_("Gå gjennom"),
        urgency=_urgency(record, today) or Urgency.SOON,
        kind="residual_review",
    )


def _urgency(record: Record, today: date) -> Urgency | None:
    stage = review_stage(record.review_on, today) if record.review_on else None
    return _URGENCY[stage] if stage else None


def _unheard_by(person_id: int) -> QuerySet[Version]:
    said = Hearing.objects.filter(version=OuterRef("pk"), person_id=person_id)
    return (
        Version.objects.filter(asked_ids__contains=[person_id], approved_at=None, record__withdrawn_at=None)
        .exclude(Exists(said))
        .select_related("record__unit")
        .order_by("at")[:AT_MOST]
    )


def _speaking(version: Version) -> Duty:
    return _of_record(
        version.record,
        title=_("Si hva du mener om restrisikoen «%(name)s»"),
        why=_("%(unit)s: Lederen kan ikke godkjenne den før du er hørt."),
        action=_("Uttal deg"),
        urgency=Urgency.SOON,
        kind="residual_hearing",
    )


def _of_record(record: Record, *, title: str, why: str, action: str, urgency: Urgency, kind: str) -> Duty:
    words = {
        "name": record.name,
        "unit": record.unit.name,
        "day": day(record.review_on) if record.review_on else "",
    }
    return Duty(
        title=title % words,
        why=why % words,
        url=record.get_absolute_url() if kind == "residual_review" else record.draft_url,
        action=action,
        due=oslo_day(record.review_on)[1] if record.review_on and kind != "residual_hearing" else None,
        urgency=urgency,
        requirement="3.0",
        kind=kind,
    )
