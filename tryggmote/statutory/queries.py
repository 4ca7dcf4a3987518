"""What is read of notices, the register and reports. The database decides which."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from tryggmote.organisation.models import Unit, UnitClosure
from tryggmote.statutory.models import (
    Consent,
    Injury,
    Judgement,
    LimitReminder,
    MedicalDetail,
    NoInjury,
    NoticeAct,
    ReportDecision,
    ReportSending,
)
from tryggmote.statutory.vocabulary import Addressee
from tryggmote.ui.cursors import after, cursor_of

PAGE_SIZE = 25
WAITING_AT_MOST = 20


def notice_url(incident_id: UUID) -> str:
    """The page that guides a leader through notice of an incident."""
    return reverse("statutory:notice", args=[incident_id])


def latest_judgement(incident_id: UUID) -> Judgement | None:
    """The judgement that counts."""
    return (
        Judgement.objects.filter(incident_id=incident_id).select_related("by").order_by("-at", "-id").first()
    )


def steps_done(incident_id: UUID) -> set[str]:
    """The steps of the notice that are done."""
    return set(NoticeAct.objects.filter(incident_id=incident_id).values_list("step", flat=True))


def latest_acts(incident_id: UUID) -> dict[str, NoticeAct]:
    """By step, the act that counts; one query."""
    acts = NoticeAct.objects.filter(incident_id=incident_id).select_related("by", "done_by")
    return {act.step: act for act in acts.order_by("at", "id")}


def injuries_of(incident_id: UUID) -> list[Injury]:
    """The injuries entered from an incident; at most two."""
    return list(Injury.objects.filter(incident_id=incident_id).select_related("injured").order_by("at"))


def no_injury_in(incident_id: UUID) -> NoInjury | None:
    """The leader's word that nobody was injured, the latest."""
    return NoInjury.objects.filter(incident_id=incident_id).select_related("by").order_by("-at").first()


def injury_in_full(injury_id: UUID) -> QuerySet[Injury]:
    """The one line with people and unit named. Not joined with the incident, which not all may see."""
    return Injury.objects.filter(id=injury_id).select_related(
        "injured", "by", "workforce__unit", "workforce__employer"
    )


def latest_consent(injury_id: UUID) -> Consent | None:
    """Whether the injured has consented, or taken it back."""
    return Consent.objects.filter(injury_id=injury_id).order_by("-at", "-id").first()


def medical_detail_of(injury_id: UUID) -> MedicalDetail | None:
    """What the injured wrote, while they consent."""
    return MedicalDetail.objects.filter(injury_id=injury_id).first()


def latest_decision(injury_id: UUID) -> ReportDecision | None:
    """The decision that counts."""
    decisions = ReportDecision.objects.filter(injury_id=injury_id).select_related("by")
    return decisions.order_by("-at", "-id").first()


def latest_sendings(injury_id: UUID) -> dict[str, ReportSending]:
    """By addressee, the sending that counts; one query."""
    sendings = ReportSending.objects.filter(injury_id=injury_id).select_related("by").order_by("at", "id")
    return {sending.to: sending for sending in sendings}


def told_about(injury_id: UUID) -> QuerySet[ReportSending, UUID]:
    """The subjects of notices about an injury besides itself: its sendings and the reminders of its limit."""
    sendings = ReportSending.objects.filter(injury_id=injury_id).values_list("id", flat=True)
    return sendings.union(LimitReminder.objects.filter(injury_id=injury_id).values_list("id", flat=True))


def is_any_unsent(incident_id: UUID) -> bool:
    """Whether an injury of the incident is to be reported and has not gone to NAV."""
    sent = ReportSending.objects.filter(injury_id=OuterRef("id"), to=Addressee.NAV)
    latest = ReportDecision.objects.filter(injury_id=OuterRef("id")).order_by("-at", "-id")
    return (
        Injury.objects.filter(~Exists(sent), incident_id=incident_id)
        .annotate(is_due=Subquery(latest.values("is_due")[:1]))
        .filter(is_due=True)
        .exists()
    )


@dataclass(frozen=True)
class RegisterPage:
    """One screen of the register. `older`: the cursor of the next screen, "" at the end."""

    injuries: list[Injury]
    older: str


def injuries(
    *, unit: Unit | None = None, from_on: date | None = None, to_on: date | None = None
) -> QuerySet[Injury]:
    """The lines one may read, latest first; of a unit and what lies below it, and of a period."""
    found = Injury.objects.select_related("workforce__unit").order_by("-at", "-id")
    if unit:
        below = UnitClosure.objects.filter(ancestor=unit).values("descendant_id")
        found = found.filter(workforce__unit_id__in=below)
    if from_on:
        found = found.filter(happened_on__gte=from_on)
    if to_on:
        found = found.filter(happened_on__lte=to_on)
    return found


def register_page(found: QuerySet[Injury], cursor: str = "") -> RegisterPage:
    """The page that begins after `cursor`; one query."""
    rows = list(found.filter(after(cursor, moment_field="at"))[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    last = shown[-1] if len(rows) > PAGE_SIZE else None
    return RegisterPage(shown, cursor_of(last.at, last.id) if last else "")


@dataclass(frozen=True)
class Waiting:
    """What waits: "enter" or "notice" with an incident's `id`, "decide" or "send" with an injury's."""

    kind: str
    id: UUID
    since: datetime
    happened_on: date
    unit_name: str


# One query for "Now". Under the policies, and only what the one who asks may act on (`may_handle`).
# What a step of the incident asks for stands there already (`incidents.step_duties`).
_WAITING = """
with due as (
  select distinct on (j.incident_id) j.incident_id, j.at, j.must_notify
  from statutory_judgement j order by j.incident_id, j.at desc, j.id desc
), decided as (
  select distinct on (d.injury_id) d.injury_id, d.is_due
  from statutory_reportdecision d order by d.injury_id, d.at desc, d.id desc
), owed as (
  select 'notice' as kind, due.incident_id as id, due.incident_id, due.at as since
  from due
  where due.must_notify and 4 > (
    select count(distinct a.step) from statutory_noticeact a where a.incident_id = due.incident_id)
  union all
  select 'enter', i.id, i.id, described.at
  from incidents_incident i
  cross join lateral (
    select c.at, c.consequences from incidents_classification c where c.incident_id = i.id
    order by c.at desc, c.id desc limit 1) described
  where (i.concerned_id = any (app.team()) or i.workforce_id = any (app.led()))
    and i.created_at > now() - interval '12 months' and app.proposes_injury(described.consequences::text[])
    and not exists (select 1 from statutory_injury n where n.incident_id = i.id)
    and not exists (select 1 from statutory_noinjury n where n.incident_id = i.id)
  union all
  select case when decided.is_due then 'send' else 'decide' end, n.id, n.incident_id, n.at
  from statutory_injury n left join decided on decided.injury_id = n.id
  where decided.is_due is null or (decided.is_due and not exists (
    select 1 from statutory_reportsending s where s.injury_id = n.id and s."to" = 'nav'))
)
select owed.kind, owed.id, owed.since, (i.happened_at at time zone 'Europe/Oslo')::date, u.name
from owed
join incidents_incident i on i.id = owed.incident_id
join organisation_workforce w on w.id = i.workforce_id
join organisation_unit u on u.id = w.unit_id
where i.reporter_id <> app.me() and i.concerned_id <> app.me()
  and (i.concerned_id = any (app.team()) or i.workforce_id = any (app.led())
       or i.workforce_id = any (app.overseen()) or app.has_role('directorate'))
  and not exists (
    select 1 from incidents_step s
    where s.incident_id = i.id and s.workforce_id = i.workforce_id and s.done_at is null
      and s.code = case owed.kind when 'notice' then 'notice_5_2' else 'injury_report' end)
order by owed.since
limit %s
"""


def waiting() -> Iterator[Waiting]:
    """What waits for the one who asks, oldest first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [WAITING_AT_MOST])
        for row in cursor.fetchall():
            yield Waiting(*row)
