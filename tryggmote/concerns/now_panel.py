"""What safety representatives wait for, on their first page: demands nobody has answered (AML § 6-2)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.concerns.models import Demand
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import day


def _unanswered(person: SignedInPerson) -> Panel:
    found = Demand.objects.filter(by_id=person.id, answered_at=None).select_related("unit")
    return Panel(
        title=_("Krav som venter på svar"),
        lines=[
            Line(
                demand.unit.name,
                demand.get_absolute_url(),
                _("Frist %(day)s") % {"day": day(demand.due_at)},
                str(demand.state.label),
                demand.state.variant,
            )
            for demand in found.order_by("due_at", "id")[:MOST_LINES]
        ],
        nothing=_("Du venter ikke på svar fra arbeidsgiveren."),
        more=_("Bekymringer og krav"),
        url=reverse("concerns:home"),
    )


UNANSWERED = PanelKind(
    "concerns.unanswered",
    frozenset({Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE}),
    40,
    _unanswered,
)
