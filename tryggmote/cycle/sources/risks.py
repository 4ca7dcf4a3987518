"""Risk assessments (2.1) and residual risks (3.0): approved, and to be gone through again."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tryggmote.compliance.thresholds import thresholds
from tryggmote.cycle.registry import Event, Source, Span
from tryggmote.cycle.rules import due_days
from tryggmote.cycle.vocabulary import Kind
from tryggmote.residual.models import Record
from tryggmote.residual.models import Version as RecordVersion
from tryggmote.risk.models import Version
from tryggmote.risk.rules import REVIEW_MONTHS
from tryggmote.ui.dates import OSLO


def _assessments(span: Span) -> Iterator[Event]:
    in_force = Q(number=F("assessment__approved_number"))
    found = (
        Version.objects.filter(in_force | Q(approved_at__range=span.moments))
        .filter(assessment__unit_id__in=span.unit_ids, approved_at__isnull=False)
        .select_related("assessment")
    )
    for version in found:
        assessment = version.assessment
        title = _("Risikovurderingen «%(title)s»") % {"title": assessment.title}
        approved_on = version.approved_at.astimezone(OSLO).date() if version.approved_at else None
        about = (f"{assessment.id}-{version.number}", assessment.unit_id)
        if approved_on and span.holds(approved_on):
            yield Event(
                Kind.ASSESSMENT, *about, approved_on, title, version.get_absolute_url(), "2.1", is_done=True
            )
        if version.number == assessment.approved_number and assessment.review_on:
            for day in due_days(assessment.review_on, REVIEW_MONTHS, span):
                yield Event(Kind.ASSESSMENT, *about, day, title, assessment.get_absolute_url(), "2.1")


def _residual(span: Span) -> Iterator[Event]:
    found = Record.objects.filter(unit_id__in=span.unit_ids, withdrawn_at=None, review_on__isnull=False)
    for record in found:
        title = _("Restrisikoen «%(title)s»") % {"title": record.name}
        for day in due_days(record.review_on, thresholds().residual_months, span):
            yield Event(
                Kind.RESIDUAL, str(record.id), record.unit_id, day, title, record.get_absolute_url(), "3.0"
            )


def _residual_approved(span: Span) -> Iterator[Event]:
    found = RecordVersion.objects.filter(
        record__unit_id__in=span.unit_ids, approved_at__range=span.moments
    ).select_related("record")
    for version in found:
        record, at = version.record, version.approved_at
        assert at is not None  # as asked for
        yield Event(
            kind=Kind.RESIDUAL,
            key=str(version.id),
            unit_id=record.unit_id,
            on=at.astimezone(OSLO).date(),
            title=_("Restrisikoen «%(title)s»") % {"title": record.name},
            url=record.get_absolute_url(),
            requirement="3.0",
            is_done=True,
        )


SOURCES = (
    Source("assessments", Kind.ASSESSMENT, _assessments),
    Source("residual", Kind.RESIDUAL, _residual),
    Source("residual_approved", Kind.RESIDUAL, _residual_approved),
)
