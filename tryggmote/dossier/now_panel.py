"""An auditor's dossiers on the first page: what they come for, and where to make the next."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.dossier.models import Dossier
from tryggmote.dossier.queries import dossiers
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import day


def _own(person: SignedInPerson) -> Panel:
    return Panel(
        title=_("Mapper til tilsyn"),
        lines=[_line(dossier) for dossier in dossiers()[:MOST_LINES]],
        nothing=_("Velg en enhet og en periode, så får du alt den kan vise, i én mappe."),
        more=_("Lag mappen"),
        url=reverse("dossier:list"),
    )


def _line(dossier: Dossier) -> Line:
    period = _("%(since)s til %(until)s") % {"since": day(dossier.since), "until": day(dossier.until)}
    return Line(dossier.unit.name, dossier.get_absolute_url(), period)


OWN = PanelKind("dossier.own", frozenset({Role.AUDITOR}), 10, _own)
