"""The agenda proposed from the unit's own data: each point with what there is to say right now (1.3)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.controls.models import Measure
from tryggmote.controls.queries import overdue
from tryggmote.forums import cases
from tryggmote.forums.models import Decision
from tryggmote.forums.rules import proposed_points
from tryggmote.forums.vocabulary import Becomes, MeetingKind, Source
from tryggmote.organisation.models import Unit
from tryggmote.residual.models import Record


@dataclass(frozen=True)
class ProposedPoint:
    """A point the agenda may have. `why`: what the data says of it, "" when there is nothing to say."""

    source: Source
    why: str

    @property
    def title(self) -> str:
        return str(self.source.label)


def proposed_agenda(unit: Unit, kind: MeetingKind) -> list[ProposedPoint]:
    """The points of such a meeting in order; at most one query a point."""
    return [ProposedPoint(source, _why(source, unit, kind)) for source in proposed_points(kind)]


def _why(source: Source, unit: Unit, kind: MeetingKind) -> str:
    asked = {
        Source.MEASURES: _of_measures,
        Source.RESIDUAL: _of_residual,
        Source.SERIOUS: _of_serious,
    }.get(source)
    if source == Source.LAST_TIME:
        return _of_last_time(unit, kind)
    return asked(unit) if asked else ""


def _of_measures(unit: Unit) -> str:
    n = Measure.objects.filter(overdue(timezone.localdate()), unit=unit).count()
    return (
        ngettext("%(n)s tiltak er over fristen.", "%(n)s tiltak er over fristen.", n) % {"n": n} if n else ""
    )


def _of_residual(unit: Unit) -> str:
    n = Record.objects.filter(unit=unit, in_force_number__isnull=False, withdrawn_at=None).count()
    return ngettext("%(n)s restrisiko gjelder.", "%(n)s restrisikoer gjelder.", n) % {"n": n} if n else ""


def _of_serious(unit: Unit) -> str:
    n = sum(case.is_to_be_treated for case in cases.cases_of(unit.id))
    return (
        ngettext("%(n)s hendelse skal behandles.", "%(n)s hendelser skal behandles.", n) % {"n": n}
        if n
        else ""
    )


def _of_last_time(unit: Unit, kind: MeetingKind) -> str:
    n = Decision.objects.filter(
        point__meeting__unit=unit, point__meeting__kind=kind, becomes=Becomes.TASK, done_at=None
    ).count()
    return (
        ngettext("%(n)s oppgave er ikke gjort.", "%(n)s oppgaver er ikke gjort.", n) % {"n": n}
        if n
        else _("Ingen oppgaver står åpne.")
    )
