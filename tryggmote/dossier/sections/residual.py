"""The risk that is left where something cannot be done (3.0)."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on
from tryggmote.residual.models import Hearing, Record, Version
from tryggmote.residual.vocabulary import Heard


def read(scope: Scope) -> Told:
    """What was in force in the period; three queries."""
    first, after = scope.moments
    records = list(
        Record.objects.filter(unit__in=scope.unit_ids, in_force_at__lt=after)
        .filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=first))
        .annotate(version=Subquery(_in_force().values("id")[:1]))
        .select_related("unit")
        .order_by("review_on", "id")
    )
    if not records:
        return Told([_("Ingen restrisiko er beskrevet.")])
    versions = Version.objects.in_bulk([record.version for record in records])
    heard: dict[object, list[str]] = {}
    for version_id, answer in Hearing.objects.filter(version__in=versions).values_list(
        "version_id", "answer"
    ):
        heard.setdefault(version_id, []).append(str(Heard(answer).label))
    rows = [
        [
            record.name,
            record.unit.name,
            str(record.in_force_number),
            on(record.in_force_at),
            on(record.review_on),
            str(versions[record.version].area.word),
            ", ".join(sorted(heard.get(record.version, []))),
            on(record.withdrawn_at),
        ]
        for record in records
    ]
    head = [
        _("Det som ikke lar seg gjøre"),
        _("Enhet"),
        _("Versjon"),
        _("Godkjent"),
        _("Gjelder til"),
        _("Risiko som er igjen"),
        _("Verneombudet"),
        _("Trukket tilbake"),
    ]
    return Told(tables=[Table(head, rows).without(_("Enhet"))])


def _in_force() -> QuerySet[Version]:
    return Version.objects.filter(record=OuterRef("pk"), number=F("record__in_force_number"))


SECTION = Section("residual", gettext_lazy("Restrisiko"), 80, read)
