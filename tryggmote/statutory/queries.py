"""What is read of notices, the register and reports. The database decides which."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from tryggmote.duties.kinds import Owed
from tryggmote.duties.queries import owed_by_me
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
    happened_on: date
    unit_name: str


def waiting() -> list[Waiting]:
    """What waits for the one who asks (`duties.sql`), oldest first; one query."""
    mine = [owed for owed in owed_by_me() if owed.kind in ("notice_5_2", "injury_entry", "injury_report")]
    return [_waiting(owed) for owed in sorted(mine, key=lambda owed: owed.due or timezone.now())]


def _waiting(owed: Owed) -> Waiting:
    reporting = "send" if owed.words.get("is_decided") else "decide"
    kind = {"notice_5_2": "notice", "injury_entry": "enter"}.get(owed.kind, reporting)
    happened_on = date.fromisoformat(owed.words["happened_on"])
    return Waiting(kind, UUID(owed.subject), happened_on, owed.words["unit"])
