"""Safety equipment and the tests of it (3.5). Told by type and label: names may name people."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on
from tryggmote.equipment.models import Item


def read(scope: Scope) -> Told:
    """What was in use in the period, with how often it was tested then; one query."""
    first, after = scope.moments
    in_period = Q(tests__at__gte=first, tests__at__lt=after)
    items = list(
        Item.objects.filter(unit__in=scope.unit_ids, in_use_from__lte=scope.until)
        .filter(Q(ended_on=None) | Q(ended_on__gte=scope.since))
        .annotate(
            tested=Count("tests", filter=in_period),
            failed=Count("tests", filter=in_period & Q(tests__passed=False)),
        )
        .select_related("unit")
        .order_by("type", "code")
    )
    if not items:
        return Told([_("Ikke noe sikkerhetsutstyr er registrert.")])
    rows = [
        [
            str(item.kind.name),
            item.code_in_two,
            item.unit.name,
            str(item.tested),
            str(item.failed),
            on(item.tested_at),
            str(item.look.word),
            on(item.due_on),
        ]
        for item in items
    ]
    head = [
        _("Utstyr"),
        _("Merke"),
        _("Enhet"),
        _("Tester i perioden"),
        _("Av dem ikke bestått"),
        _("Siste test"),
        _("Status"),
        _("Neste test senest"),
    ]
    says = [
        _("%(tests)s tester i perioden, %(failed)s av dem ikke bestått.")
        % {"tests": sum(item.tested for item in items), "failed": sum(item.failed for item in items)}
    ]
    return Told(says, [Table(head, rows).without(_("Enhet"))])


SECTION = Section("tests", gettext_lazy("Utstyr og tester"), 40, read)
