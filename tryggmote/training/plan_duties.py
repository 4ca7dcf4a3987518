"""What the year's plan and sessions ask of people on "Now" (4.1).

One query for everybody, one more for leaders and one for safety representatives.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS, Role
from tryggmote.organisation.standing import units_decided_by_me
from tryggmote.training.models import Plan, PlanHearing, Session
from tryggmote.training.session_queries import duties_of, titles_of
from tryggmote.ui.dates import clock, day, oslo_day, oslo_today

AT_MOST = 20
_A_DAY = timedelta(days=1)
REPRESENTS = (Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE)


def plan_duties(person: SignedInPerson) -> Iterator[Duty]:
    """Sessions of today and those to be recorded; plans to make and approve, and to be heard on."""
    yield from _of_sessions(person.id)
    if person.has_role(*LEADS):
        yield from _unplanned()
    if person.has_role(*REPRESENTS):
        yield from map(_speaking, _unheard_by(person.id))


def _of_sessions(person_id: int) -> Iterator[Duty]:
    found = list(duties_of(person_id)[:AT_MOST])
    titles = titles_of(found) if found else {}
    for session in found:
        if session.led_by_id == person_id and session.has_ended and not session.finished_at:
            yield _recording(session, titles[session.id])
        elif session.signed_up:  # type: ignore[attr-defined]
            yield _going(session, titles[session.id])


def _going(session: Session, title: str) -> Duty:
    return Duty(
        title=_("Møt på opplæringsøkten «%(name)s»") % {"name": title},
        why=_("I dag kl. %(time)s, %(where)s.")
        % {"time": clock(session.starts_at), "where": session.place or _("videomøte")},
        url=session.get_absolute_url(),
        action=_("Se økten"),
        due=session.starts_at,
        urgency=Urgency.TODAY,
        requirement="4.1",
        kind="training_session",
    )


def _recording(session: Session, title: str) -> Duty:
    return Duty(
        title=_("Før hvem som var på økten «%(name)s»") % {"name": title},
        why=_("Den var %(day)s. De som var der, får opplæringen når du har ført det.")
        % {"day": day(session.starts_at)},
        url=f"{session.get_absolute_url()}#oppmote",
        action=_("Før oppmøte"),
        due=None,
        urgency=Urgency.SOON if timezone.now() - session.ends_at < _A_DAY else Urgency.TODAY,
        requirement="4.1",
        kind="training_attendance",
    )


_UNPLANNED = """
select unit_id, name, year, has_draft from evidence_unplanned
where unit_id in ({decided}) order by year, sort_key limit {at_most}
"""


def _unplanned() -> Iterator[Duty]:
    decided = units_decided_by_me()
    with connection.cursor() as cursor:
        cursor.execute(_UNPLANNED.format(decided=decided.sql, at_most=AT_MOST), decided.params)
        rows = cursor.fetchall()
    for unit_id, name, year, has_draft in rows:
        yield _planning(unit_id, name, year, has_draft=has_draft)


def _planning(unit_id: int, unit: str, year: int, *, has_draft: bool) -> Duty:
    title = (
        _("Gjør ferdig opplæringsplanen for %(year)s")
        if has_draft
        else _("Lag opplæringsplanen for %(year)s")
    )
    why = (
        _("%(unit)s: Utkastet venter. Planen gjelder først når verneombudet er hørt og du har godkjent.")
        if has_draft
        else _("%(unit)s: Systemet foreslår hva som trengs. Du justerer, og hører verneombudet.")
    )
    begins = date(year, 1, 1)
    return Duty(
        title=title % {"year": year},
        why=why % {"unit": unit},
        url=f"{reverse('training:plan', args=[unit_id])}?aar={year}",
        action=_("Åpne utkastet") if has_draft else _("Lag planen for året"),
        due=oslo_day(begins)[0] if begins > oslo_today() else None,
        urgency=Urgency.SOON if begins > oslo_today() else Urgency.TODAY,
        requirement="4.1",
        kind="training_plan",
    )


def _unheard_by(person_id: int) -> list[Plan]:
    said = PlanHearing.objects.filter(plan=OuterRef("pk"), person_id=person_id)
    waiting = Plan.objects.filter(asked_ids__contains=[person_id], approved_at=None).exclude(Exists(said))
    return list(waiting.select_related("unit").order_by("at")[:AT_MOST])


def _speaking(plan: Plan) -> Duty:
    return Duty(
        title=_("Si hva du mener om opplæringsplanen for %(year)s") % {"year": plan.year},
        why=_("%(unit)s: Lederen kan ikke godkjenne den før du er hørt.") % {"unit": plan.unit.name},
        url=f"{plan.get_absolute_url()}#uttalelse",
        action=_("Uttal deg"),
        due=None,
        urgency=Urgency.SOON,
        requirement="4.1",
        kind="training_plan_hearing",
    )
