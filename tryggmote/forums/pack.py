"""The papers of a meeting, part by part, as plain data: what `pack.typ` draws and nobody's markup (1.3)."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tryggmote.compliance.queries import chapters_of
from tryggmote.compliance.states import State
from tryggmote.controls.models import Measure
from tryggmote.controls.queries import overdue
from tryggmote.exercises.models import Exercise
from tryggmote.forums import cases, queries
from tryggmote.forums.figures import incidents_of
from tryggmote.forums.models import Meeting
from tryggmote.forums.vocabulary import MeetingKind, Source
from tryggmote.residual.models import Record
from tryggmote.ui.dates import OSLO, oslo_today

MOST_ROWS = 100
"""Longer lists are not read in a meeting; the rest is in Tryggmøte."""


@dataclass(frozen=True)
class Part:
    """One part of the papers: sentences, then a table (`head` and `rows`) when there is something to list."""

    title: str
    says: list[str] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """As `pack.typ` reads it."""
        return asdict(self)


def _on(value: date) -> str:
    """A day as it is read on paper, whenever that is."""
    return date_format(value.astimezone(OSLO) if isinstance(value, datetime) else value, "DATE_FORMAT")


def _last_time(meeting: Meeting) -> Part:
    before = queries.last_time(meeting)
    title = str(Source.LAST_TIME.label)
    if before is None:
        return Part(title, [_("Det er ikke holdt noe slikt møte før.")])
    rows = [
        [each.decision.words, each.decision.owner.name, _on(each.decision.due_on), _state(each)]
        for point in queries.points_of(before)
        for each in point.decisions
    ]
    says = [_("Forrige møte var %(day)s.") % {"day": _on(before.starts_at)}]
    return Part(title, says, [_("Vedtak"), _("Ansvarlig"), _("Frist"), _("Status")] if rows else [], rows)


def _state(each: queries.DecisionInFull) -> str:
    if each.measure:
        return str(each.measure.status.label)
    return _("Gjort") if each.decision.done_at else _("Ikke gjort")


def _status(meeting: Meeting) -> Part:
    statuses = [status for chapter in chapters_of(meeting.unit) for status in chapter.statuses]
    open_ones = [s for s in statuses if s.state in (State.PARTLY, State.MISSING)]
    met = sum(status.state == State.MET for status in statuses)
    says = [_("%(met)s av %(all)s krav er oppfylt.") % {"met": met, "all": len(statuses)}]
    rows = [
        [str(status.requirement.name), str(status.requirement.title), str(status.state.label), status.why]
        for status in open_ones
    ]
    return Part(
        str(Source.STATUS.label), says, [_("Krav"), _("Hva"), _("Status"), _("Hvorfor")] if rows else [], rows
    )


def _incidents(meeting: Meeting) -> Part:
    found = incidents_of(meeting)
    says = [found.says]
    if not found.lines:
        says += [
            f"{title}: " + ", ".join(f"{word.lower()} {n}" for word, n in counts)
            for title, counts in found.groups
        ]
    head = [_("Måned"), _("Hva det var"), _("Møteform"), _("Alvor"), _("Behandlet")]
    rows = [
        [line.month, line.natures, line.form, line.level, _("Ja") if line.is_handled else _("Nei")]
        for line in found.lines[:MOST_ROWS]
    ]
    if len(found.lines) > MOST_ROWS:
        says.append(_("De første %(n)s vises.") % {"n": MOST_ROWS})
    return Part(str(Source.INCIDENTS.label), says, head if rows else [], rows)


def _serious(meeting: Meeting) -> Part:
    taken_up = set(meeting.cases.values_list("incident_id", flat=True))
    found = [case for case in cases.cases_of(meeting.unit_id) if case.event_id in taken_up]
    says = [] if found else [_("Ingen alvorlige hendelser venter på behandling.")]
    rows = [[case.month_words, case.level_words] for case in found]
    return Part(str(Source.SERIOUS.label), says, [_("Måned"), _("Alvor")] if rows else [], rows)


def _measures(meeting: Meeting) -> Part:
    today = oslo_today()
    of_unit = Measure.objects.filter(unit=meeting.unit_id, cancelled_at=None)
    late = of_unit.filter(overdue(today)).count()
    waiting = of_unit.filter(Q(established_at=None) | ~Q(effect="reduced")).select_related("owner")
    number = waiting.count()
    rows = [
        [m.title, m.owner.name, _on(m.due_on), str(m.status.label)]
        for m in waiting.order_by("due_on", "id")[:MOST_ROWS]
    ]
    says = [_("%(n)s åpne tiltak, %(late)s over fristen.") % {"n": number, "late": late}]
    if number > MOST_ROWS:
        says.append(_("De første %(n)s vises.") % {"n": MOST_ROWS})
    return Part(
        str(Source.MEASURES.label),
        says,
        [_("Tiltak"), _("Ansvarlig"), _("Frist"), _("Status")] if rows else [],
        rows,
    )


def _residual(meeting: Meeting) -> Part:
    records = Record.objects.filter(unit=meeting.unit_id, in_force_number__isnull=False, withdrawn_at=None)
    rows = [
        [record.name, _on(record.review_on) if record.review_on else ""]
        for record in records.order_by("review_on")[:MOST_ROWS]
    ]
    says = [] if rows else [_("Ingen restrisiko er beskrevet.")]
    return Part(
        str(Source.RESIDUAL.label),
        says,
        [_("Det som ikke lar seg gjøre"), _("Gjelder til")] if rows else [],
        rows,
    )


def _exercises(meeting: Meeting) -> Part:
    held = Exercise.objects.filter(unit=meeting.unit_id, held_at__isnull=False).order_by("-held_at")
    rows = [[exercise.title, _on(exercise.held_at)] for exercise in held[:10] if exercise.held_at]
    says = [] if rows else [_("Ingen øvelser er holdt.")]
    return Part(str(Source.EXERCISES.label), says, [_("Øvelse"), _("Holdt")] if rows else [], rows)


def _report(meeting: Meeting) -> Part:
    """A committee's year: how often it met, and what it had decided (AML § 7-2)."""
    year = meeting.report_year
    held = Meeting.objects.filter(
        unit=meeting.unit_id, kind=MeetingKind.COMMITTEE, starts_at__year=year, approved_at__isnull=False
    ).order_by("starts_at")
    rows = [
        [_on(each.starts_at), point.point.title, decided.decision.words, _state(decided)]
        for each in held[:12]
        for point in queries.points_of(each)
        for decided in point.decisions
    ]
    says = [_("Utvalget hadde %(n)s møter i %(year)s.") % {"n": held.count(), "year": year}]
    return Part(
        str(Source.REPORT.label), says, [_("Møte"), _("Sak"), _("Vedtak"), _("Status")] if rows else [], rows
    )


PARTS: dict[Source, Callable[[Meeting], Part]] = {
    Source.LAST_TIME: _last_time,
    Source.STATUS: _status,
    Source.INCIDENTS: _incidents,
    Source.SERIOUS: _serious,
    Source.MEASURES: _measures,
    Source.RESIDUAL: _residual,
    Source.EXERCISES: _exercises,
    Source.REPORT: _report,
}
