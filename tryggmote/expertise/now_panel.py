"""What experts are asked, on the first page of the occupational health service and the co-ordinator."""

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.panels import MOST_LINES, Line, Panel, PanelKind
from tryggmote.expertise.queries import requests_put_to_me
from tryggmote.organisation.roles import Role
from tryggmote.ui.dates import day


def _asked(person: SignedInPerson) -> Panel:
    found = requests_put_to_me().select_related("unit")
    return Panel(
        title=_("Spørsmål til deg"),
        lines=[
            Line(
                request.unit.name,
                request.get_absolute_url(),
                _("Svar ønskes innen %(day)s") % {"day": day(request.wanted_by)},
                str(request.state.label),
                request.state.variant,
            )
            for request in found[:MOST_LINES]
        ],
        nothing=_("Ingen har spurt deg om noe ennå. Når en enhet trenger faglig hjelp, står det her."),
        more=_("Alle spørsmål"),
        url=reverse("expertise:home"),
    )


ASKED = PanelKind(
    "expertise.asked",
    frozenset({Role.OCCUPATIONAL_HEALTH, Role.COUNTY_SECURITY_COORDINATOR}),
    10,
    _asked,
)
