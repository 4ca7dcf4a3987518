"""Incidents without text, name, day or place (2.4).

A dossier leaves the house, so what fewer than five people are behind is no figure, whoever makes it.
"""

from datetime import date

from django.db import connection
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.dossier.registry import Scope, Section, Table, Told
from tryggmote.dossier.sections.words import yes_no
from tryggmote.incidents.figures import figures_of
from tryggmote.incidents.levels import level as level_of
from tryggmote.incidents.vocabulary import Nature
from tryggmote.organisation.meeting_forms import MeetingForm

FEW = 5  # people behind it; as in the figures (ADR 0030) and in forums (ADR 0048)
A_YEAR = 365
Line = tuple[date, list[str], str, int | None, bool]


def read(scope: Scope) -> Told:
    """Two queries. Line by line from one who may read them all; from others the figures everybody may see."""
    with connection.cursor() as cursor:
        cursor.execute("select app.reads_every_incident(%s)", [scope.unit.id])
        (reads_all,) = cursor.fetchone()
        if not reads_all:
            return _figures(scope)
        cursor.execute(
            "select month, natures, form, level, is_handled, people from app.dossier_incidents(%s, %s, %s)",
            [scope.unit.id, *scope.moments],
        )
        found = cursor.fetchall()
    if not found:
        return Told([_("Ingen hendelser er meldt i perioden.")])
    if found[0][-1] < FEW:
        return Told([_few()])
    head = [_("Nr."), _("Måned"), _("Hva det var"), _("Møteform"), _("Alvor"), _("Behandlet")]
    rows = [[str(number), *_line(line[:-1])] for number, line in enumerate(found, 1)]
    return Told([_("%(n)s hendelser er meldt i perioden.") % {"n": len(rows)}], [Table(head, rows)])


def _line(line: Line) -> list[str]:
    month, natures, form, level, is_handled = line
    return [
        date_format(month, "YEAR_MONTH_FORMAT"),
        ", ".join(str(Nature(nature).label) for nature in natures),
        str(MeetingForm(form).label) if form in MeetingForm.values else form,
        _("Ikke vurdert") if level is None else f"{level} – {level_of(level).word}",
        yes_no(is_handled),
    ]


def _figures(scope: Scope) -> Told:
    """Always of the last year: of a period of one's own choice two figures could be told from each other."""
    figures = figures_of(scope.unit.id, days=A_YEAR)
    says = [_("Tallene gjelder de siste tolv månedene, også når mappen gjelder en annen periode.")]
    if figures.total is None:
        return Told([*says, _few()])
    if not figures.total:
        return Told([*says, _("Ingen hendelser er meldt.")])
    says.append(_("%(n)s hendelser er meldt.") % {"n": figures.total})
    hidden = _("Færre enn fem")
    head = [_("Hva"), _("Antall")]
    return Told(
        says,
        [
            Table(
                head,
                [[str(c.word), hidden if c.number is None else str(c.number)] for c in group.counts],
                str(group.title),
            )
            for group in figures.groups
        ],
    )


def _few() -> str:
    return _("Færre enn fem ansatte har meldt noe i perioden. Da vises ikke tall, så ingen blir gjenkjent.")


SECTION = Section("incidents", gettext_lazy("Hendelser"), 70, read)
