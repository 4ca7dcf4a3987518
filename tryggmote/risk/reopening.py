"""What opens an approved assessment again by itself (2.1, § 23A-1): whoever it happens to, calls here.

Each finds the assessments it touches, so that nobody has to remember to. The version in force holds until
the next is approved.
"""

from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from tryggmote.access.context import acting_as_job
from tryggmote.organisation.models import UnitClosure
from tryggmote.risk.models import Assessment, Version
from tryggmote.risk.queries import NOT_OF_AN_OFFICE, units_covering
from tryggmote.risk.versions import open_again
from tryggmote.risk.vocabulary import Cause

REVIEW_OPENS_BEFORE = timedelta(days=30)


def reopen_because(*, assessment_id: UUID, cause: Cause, cause_id: UUID | None, words: str = "") -> Version:
    """The system opens an assessment again. The same thing asking twice is written down once."""
    return open_again(assessment_id, cause, cause_id=cause_id, words=words)


def reopen_for_incident(*, unit_id: int, form: str, incident_id: UUID) -> list[Version]:
    """A serious incident (level 3 and up) opens the assessments in force that cover where it happened."""
    touched = _approved(Q(unit_id__in=units_covering(unit_id), approved_forms__contains=[form]))
    return _open_all(touched, Cause.INCIDENT, incident_id)


def reopen_for_change(*, unit_id: int, forms: Collection[str], change_id: UUID) -> list[Version]:
    """A change opens what is in force for the unit, for those below it, and above it up to the office.

    `forms`: the meeting forms it touches, none for all. What is assessed in no form (a room, a project) is
    touched by every change.
    """
    below = UnitClosure.objects.filter(ancestor_id=unit_id).values_list("descendant_id", flat=True)
    around = Q(unit_id__in={*units_covering(unit_id), *below})
    in_forms = Q(approved_forms__overlap=list(forms)) | Q(approved_forms=[]) if forms else Q()
    return _open_all(_approved(around & in_forms), Cause.CHANGE, change_id)


def reopen_for_reorganisation(unit_ids: Collection[int]) -> None:
    """Units that have got or lost a unit below them open what is in force for them, up to their office.

    Which county an office lies in changes nothing in its rooms.
    """
    with acting_as_job():
        found = UnitClosure.objects.filter(descendant_id__in=unit_ids)
        around = found.exclude(descendant__kind__in=NOT_OF_AN_OFFICE).exclude(
            ancestor__kind__in=NOT_OF_AN_OFFICE
        )
        names = sorted(set(around.filter(depth=0).values_list("descendant__name", flat=True)))
    with override(settings.LANGUAGE_CODE):
        words = _("Ny organisering: %(units)s") % {"units": ", ".join(names)}
    _open_all(_approved(Q(unit_id__in=around.values("ancestor_id"))), Cause.CHANGE, None, words)


def reopen_what_builds_on(measure_ids: Collection[UUID], *, cause: Cause, cause_id: UUID) -> list[Version]:
    """Measures that did not hold what was counted on open every assessment in force that built on them."""
    built_on = Q(
        versions__scenarios__measure_ids__overlap=list(measure_ids),
        versions__scenarios__removed_at=None,
        versions__number=F("approved_number"),
    )
    return _open_all(_approved(built_on), cause, cause_id)


def reopen_due(*, today: date) -> int:
    """Open every assessment that is to be reviewed within thirty days. Says how many."""
    due = _approved(Q(review_on__lte=today + REVIEW_OPENS_BEFORE)).exclude(versions__approved_at=None)
    return len(_open_all(due, Cause.DATE, None))


def _approved(which: Q) -> QuerySet[Assessment]:
    return Assessment.objects.filter(which, approved_number__isnull=False).distinct().order_by("id")


def _open_all(
    touched: QuerySet[Assessment], cause: Cause, cause_id: UUID | None, words: str = ""
) -> list[Version]:
    with acting_as_job():
        ids = list(touched.values_list("id", flat=True))
    return [reopen_because(assessment_id=each, cause=cause, cause_id=cause_id, words=words) for each in ids]
