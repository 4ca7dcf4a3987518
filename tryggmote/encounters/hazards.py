"""What encounters bring to the hazard inbox: high checks, stopped meetings and reported risks (2.1, 2.2).

Only words of our own go there, in bokmål, since the inbox is the whole unit's; what somebody wrote stays in
the report.
"""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from tryggmote.encounters.models import Check, RiskReport
from tryggmote.encounters.rules import Reason
from tryggmote.encounters.vocabulary import LEVEL_WORDS
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.risk.inbox import raise_from
from tryggmote.risk.sources import SourcePage
from tryggmote.risk.vocabulary import Source


def raise_from_check(check: Check, reasons: Iterable[Reason], *, unit_id: int) -> None:
    """A check rated high is a hazard, described by the reasons for its level."""
    with override(settings.LANGUAGE_CODE):
        level = f"{LEVEL_WORDS[check.risk]}: {MeetingForm(check.form).label}."
        what = " ".join([level, *(str(reason.text) for reason in reasons)])
    raise_from(
        source=Source.CHECK,
        source_id=check.id,
        unit_id=unit_id,
        raised_by_id=check.employee_id,
        what=what,
        forms=[check.form],
    )


def raise_from_report(report: RiskReport, *, unit_id: int) -> None:
    """A stopped meeting and a reported risk are hazards."""
    raise_from(
        source=source_of(report),
        source_id=report.id,
        unit_id=unit_id,
        raised_by_id=report.reporter_id,
        what=words_of(report),
        forms=[report.form] if report.form else [],
    )


def source_of(report: RiskReport) -> Source:
    """What kind of source a report is."""
    return Source.STOP if report.stopped_work else Source.RISK


def words_of(report: RiskReport) -> str:
    """That a meeting was stopped or a risk reported, and in which form."""
    with override(settings.LANGUAGE_CODE):
        kind = _("Møte stanset") if report.stopped_work else _("Meldt risiko")
        return f"{kind}: {MeetingForm(report.form).label}" if report.form else kind


def _address_of_check(check_id: UUID) -> str:
    check = Check.objects.filter(id=check_id).only("id").first()
    return check.get_absolute_url() if check else ""


def _address_of_report(report_id: UUID) -> str:
    report = RiskReport.objects.filter(id=report_id).only("id").first()
    return report.get_absolute_url() if report else ""


SOURCE_PAGES = (
    SourcePage(Source.CHECK, gettext_lazy("Se sjekken"), _address_of_check),
    SourcePage(Source.STOP, gettext_lazy("Se hva som er meldt"), _address_of_report),
    SourcePage(Source.RISK, gettext_lazy("Se hva som er meldt"), _address_of_report),
)
