"""Risk assessments in the search, by title and by what may happen (ADR 0049)."""

from typing import Any

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from tryggmote.risk.models import Assessment, Scenario
from tryggmote.search.registry import Findable, Hit


def _assessments() -> QuerySet[Any]:
    approved = (
        Scenario.objects.filter(
            version__assessment=OuterRef("pk"), version__number=OuterRef("approved_number"), removed_at=None
        )
        .order_by()
        .values("version")
        .annotate(said=StringAgg("hazard", delimiter=". "))
    )
    return Assessment.objects.annotate(unit_name=F("unit__name"), says=Subquery(approved.values("said")[:1]))


def _assessment(row: Any) -> Hit:
    text = row.unit_name if row.approved_number else f"{_('Utkast')}, {row.unit_name}"
    return Hit(row.title, text, row.get_absolute_url(), row.says or "")


ASSESSMENTS = Findable(
    "assessment", _("Risikovurderinger"), "ShieldCheckmarkIcon", 40, _assessments, _assessment
)
