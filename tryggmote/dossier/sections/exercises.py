"""Exercises that were held (4.1, § 23A-2)."""

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on
from tryggmote.exercises.models import Exercise
from tryggmote.exercises.vocabulary import Reached, Way


def read(scope: Scope) -> Told:
    """One query."""
    first, after = scope.moments
    held = list(
        Exercise.objects.filter(unit__in=scope.unit_ids, held_at__gte=first, held_at__lt=after)
        .annotate(
            aims=Count("objectives"), reached=Count("objectives", filter=Q(objectives__reached=Reached.YES))
        )
        .select_related("unit")
        .order_by("held_at", "id")
    )
    if not held:
        return Told([_("Ingen øvelser er holdt i perioden.")])
    rows = [
        [
            each.title,
            each.unit.name,
            str(Way(each.way).label),
            ", ".join(each.form_words),
            on(each.held_at),
            str(each.attended),
            _("%(reached)s av %(all)s") % {"reached": each.reached, "all": each.aims},
            on(each.closed_at),
        ]
        for each in held
    ]
    head = [
        _("Øvelse"),
        _("Enhet"),
        _("Hvordan"),
        _("Møteformer"),
        _("Holdt"),
        _("Deltok"),
        _("Mål nådd"),
        _("Avsluttet"),
    ]
    return Told(tables=[Table(head, rows).without(_("Enhet"))])


SECTION = Section("exercises", gettext_lazy("Øvelser"), 60, read)
