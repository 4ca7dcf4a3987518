"""Residual risk in the search (ADR 0049)."""

from typing import Any

from django.db.models import F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from tryggmote.residual.models import Record, Version
from tryggmote.search.registry import Findable, Hit


def _records() -> QuerySet[Any]:
    in_force = Version.objects.filter(record=OuterRef("pk"), number=OuterRef("in_force_number"))
    return Record.objects.filter(withdrawn_at=None).annotate(
        unit_name=F("unit__name"), why=in_force.values("why")[:1], instead=in_force.values("instead")[:1]
    )


def _record(row: Any) -> Hit:
    text = row.unit_name if row.is_approved else f"{_('Utkast')}, {row.unit_name}"
    return Hit(row.name, text, row.get_absolute_url(), f"{row.why or ''} {row.instead or ''}")


RECORDS = Findable("residual", _("Restrisiko"), "ShieldIcon", 45, _records, _record)
