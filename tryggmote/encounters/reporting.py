"""Stopping a meeting and reporting a risk: both reach the nearest leaders and safety representative (2.2).

The law says leader *and* safety representative (AML § 2-3 second paragraph b), and so does this. Each is also
a hazard in the unit's inbox until somebody has judged it (2.1).
"""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.access.errors import NotAllowed, NotPossible
from tryggmote.access.once import made_once
from tryggmote.encounters import hazards, notice_kinds
from tryggmote.encounters.models import Check, RiskReport
from tryggmote.encounters.queries import leaders_to_ask
from tryggmote.encounters.services import placement_or_refuse
from tryggmote.notices.services import tell
from tryggmote.organisation.queries import safety_area_of, safety_representatives_of


@dataclass(frozen=True)
class RiskWords:
    """What a person says about a stop or a risk. All of it is optional for a stop."""

    form: str = ""
    place: str = ""
    what: str = ""


@transaction.atomic
def stop_meeting(*, by: SignedInPerson, report_id: UUID, check_id: UUID | None = None) -> RiskReport:
    """Record that work was interrupted because it was dangerous (AML § 2-3), and tell at once.

    Sending the same `report_id` again returns the first report. Form and place come from the check, when
    there is one that the person may see. Raises: NotAllowed for somebody placed nowhere.
    """
    check = Check.objects.filter(id=check_id).first() if check_id else None
    words = RiskWords(form=check.form, place=check.place) if check else RiskWords()
    return _report(by, report_id, words, stopped_work=True, check=check)


@transaction.atomic
def report_risk(*, by: SignedInPerson, report_id: UUID, words: RiskWords) -> RiskReport:
    """Report a risk before anything has happened. Sending the same `report_id` again returns the first.

    Raises: NotAllowed for somebody placed nowhere.
    """
    return _report(by, report_id, words, stopped_work=False)


@transaction.atomic
def describe(*, by: SignedInPerson, report: RiskReport, words: RiskWords) -> None:
    """The reporter adds words to a stop. Raises: NotAllowed for others, NotPossible when it is answered."""
    if report.reporter_id != by.id:
        raise NotAllowed(_("Bare den som meldte, kan skrive mer."))
    if not _unanswered(report).update(**asdict(words)):
        raise NotPossible(_("Meldingen er besvart. Meld heller en ny risiko."))


@transaction.atomic
def answer_risk(*, by: SignedInPerson, report: RiskReport, answer: str) -> None:
    """A leader answers what was reported; the reporter is told ("every stop-work and risk answered").

    Raises: NotAllowed for anybody who does not lead the reporter or the unit, NotPossible when answered.
    """
    if not leads(by, report):
        raise NotAllowed(
            _("Bare en leder for den som meldte, kan svare."),
            _("Nærmeste leder har fått meldingen og kan svare."),
        )
    if not _unanswered(report).update(answer=answer, answered_by_id=by.id, answered_at=timezone.now()):
        raise NotPossible(_("Meldingen er allerede besvart."))
    _tell(report, [report.reporter_id], notice_kinds.RISK_ANSWERED, by)


def leads(by: SignedInPerson, report: RiskReport) -> bool:
    """Whether the person may answer as leader: of the reporter or of the unit, never in their own case."""
    return report.reporter_id != by.id and (report.reporter_id in by.team or report.workforce_id in by.led)


def _unanswered(report: RiskReport) -> QuerySet[RiskReport]:
    """The report, unless somebody has answered it, also while this page was open."""
    return RiskReport.objects.filter(id=report.id, answered_at=None)


def _report(
    by: SignedInPerson, report_id: UUID, words: RiskWords, *, stopped_work: bool, check: Check | None = None
) -> RiskReport:
    place_of_work = placement_or_refuse(by)
    area_id = safety_area_of(place_of_work)
    report, is_new = made_once(
        RiskReport,
        id=report_id,
        owner={"reporter_id": by.id},
        fields={
            "stopped_work": stopped_work,
            "workforce_id": place_of_work.workforce_id,
            "safety_area_id": area_id,
            "form": words.form,
            "place": words.place,
            "what": words.what,
            "check_id": check.id if check else None,
        },
    )
    if is_new:
        _tell_of(report, by, area_id)
        hazards.raise_from_report(report, unit_id=place_of_work.unit_id)
    return report


def _tell_of(report: RiskReport, by: SignedInPerson, safety_area_id: int | None) -> None:
    representatives = safety_representatives_of(safety_area_id, passed=[by.id])
    told = {*leaders_to_ask(by.id, workforce_id=report.workforce_id), *representatives} - {by.id}
    kind = notice_kinds.WORK_STOPPED if report.stopped_work else notice_kinds.RISK_REPORTED
    _tell(report, sorted(told), kind, by)


def _tell(report: RiskReport, person_ids: list[int], kind: str, by: SignedInPerson) -> None:
    tell(
        person_ids=person_ids,
        kind=kind,
        subject_id=report.id,
        url=report.get_absolute_url(),
        context={"name": by.name},
    )
