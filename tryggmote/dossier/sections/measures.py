"""Measures, with whose they are by role, their days and what they did (2.3)."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.models import Measure
from tryggmote.controls.vocabulary import Effect
from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import NOTHING, on, role_of, roles_of


def read(scope: Scope) -> Told:
    """Those that were planned or in use in the period; two queries."""
    first, after = scope.moments
    measures = list(
        Measure.objects.filter(unit__in=scope.unit_ids, created_at__lt=after)
        .filter(Q(cancelled_at=None) | Q(cancelled_at__gte=first))
        .select_related("unit")
        .defer("what")
        .order_by("due_on", "id")
    )
    if not measures:
        return Told([_("Ingen tiltak er planlagt eller i bruk i perioden.")])
    late = sum(measure.is_overdue for measure in measures)
    roles = roles_of(scope, [measure.owner_id for measure in measures])
    rows = [
        [
            measure.title,
            measure.unit.name,
            measure.kind_word,
            role_of(roles, measure.owner_id),
            on(measure.due_on),
            on(measure.established_at),
            on(measure.evaluated_at),
            str(Effect(measure.effect).label) if measure.effect else NOTHING,
            str(measure.status.label),
        ]
        for measure in measures
    ]
    head = [
        _("Tiltak"),
        _("Enhet"),
        _("Hva det gjelder"),
        _("Ansvarlig"),
        _("Frist"),
        _("Innført"),
        _("Virkning vurdert"),
        _("Virkning"),
        _("Status"),
    ]
    says = [_("%(n)s tiltak, %(late)s over fristen.") % {"n": len(rows), "late": late}]
    return Told(says, [Table(head, rows).without(_("Enhet"))])


SECTION = Section("measures", gettext_lazy("Tiltak og virkningen av dem"), 30, read)
