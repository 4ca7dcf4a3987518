"""How the unit stands on every requirement, live from evidence (all of chapters 1-4 and the law)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.queries import Status, chapters_of
from tryggmote.compliance.states import State
from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import on


def read(scope: Scope) -> Told:
    """A table for each set; one query."""
    chapters = chapters_of(scope.unit)
    sets: dict[str, list[Status]] = {}
    for chapter in chapters:
        sets.setdefault(str(chapter.standard.title), []).extend(chapter.statuses)
    every = [status for statuses in sets.values() for status in statuses]
    met = sum(status.state == State.MET for status in every)
    says = [_("%(met)s av %(all)s krav er oppfylt.") % {"met": met, "all": len(every)}]
    says.append(_("Status regnes ut av det som er gjort, og viser hvordan det er den dagen mappen er laget."))
    head = [_("Krav"), _("Hva"), _("Status"), _("Hvorfor"), _("Gjelder til"), _("Regel")]
    return Told(says, [Table(head, [_row(s) for s in found], title) for title, found in sets.items()])


def _row(status: Status) -> list[str]:
    return [
        status.requirement.name,
        str(status.requirement.title),
        str(status.state.label),
        status.why,
        on(status.runs_out_on),
        f"{status.rule.name.removeprefix('evidence_')} {status.rule.version}" if status.rule else "",
    ]


SECTION = Section("status", gettext_lazy("Slik står enheten på standarden og loven"), 10, read)
