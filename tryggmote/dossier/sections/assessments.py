"""Risk assessments and their versions, with who took part, by role (1.1, 2.1)."""

from collections import Counter
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on
from tryggmote.risk.models import NotConsulted, Opinion, Participant, Version, words_of
from tryggmote.risk.vocabulary import Capacity


def read(scope: Scope) -> Told:
    """Versions approved in the period and those in force; four queries."""
    first, after = scope.moments
    versions = list(
        Version.objects.filter(assessment__unit__in=scope.unit_ids, approved_at__lt=after)
        .filter(Q(approved_at__gte=first) | Q(number=F("assessment__approved_number")))
        .select_related("assessment__unit")
        .order_by("assessment__title", "assessment_id", "number")
    )
    if not versions:
        return Told([_("Ingen risikovurdering er godkjent.")])
    ids = [version.id for version in versions]
    took_part, spoke, not_heard = _took_part(ids), _spoke(ids), _not_heard(ids)
    rows = [
        [
            version.assessment.title,
            version.assessment.unit.name,
            ", ".join(words_of(version.forms)),
            str(version.number),
            on(version.approved_at),
            on(version.review_on),
            took_part.get(version.id, ""),
            str(spoke.get(version.id, 0)),
            str(not_heard.get(version.id, 0)),
        ]
        for version in versions
    ]
    head = [
        _("Risikovurdering"),
        _("Enhet"),
        _("Møteformer"),
        _("Versjon"),
        _("Godkjent"),
        _("Ny gjennomgang senest"),
        _("Med i arbeidet"),
        _("Har uttalt seg"),
        _("Verneombud ikke hørt"),
    ]
    return Told(tables=[Table(head, rows).without(_("Enhet"))])


def _took_part(version_ids: list[UUID]) -> dict[UUID, str]:
    counted = (
        Participant.objects.filter(version__in=version_ids)
        .values_list("version_id", "capacity")
        .annotate(n=Count("id"))
        .order_by("capacity")
    )
    found: dict[UUID, list[str]] = {}
    for version_id, capacity, number in counted:
        found.setdefault(version_id, []).append(f"{Capacity(capacity).label}: {number}")
    return {version_id: ", ".join(words) for version_id, words in found.items()}


def _spoke(version_ids: list[UUID]) -> Counter[UUID]:
    spoke = Opinion.objects.filter(version__in=version_ids).values_list("version_id", "person_id").distinct()
    return Counter(version_id for version_id, _person in spoke)


def _not_heard(version_ids: list[UUID]) -> Counter[UUID]:
    return Counter(NotConsulted.objects.filter(version__in=version_ids).values_list("version_id", flat=True))


SECTION = Section("assessments", gettext_lazy("Risikovurderinger"), 20, read)
