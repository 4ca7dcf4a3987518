"""Follow-up on the incident's page: a card with figures, the way in, and where leaders' steps are done."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.access.context import SignedInPerson
from tryggmote.followup import queries
from tryggmote.incidents.guide import Part
from tryggmote.incidents.models import Incident

PANEL = "followup/panel.html"


def _page(incident: Incident) -> str:
    return reverse("followup:of_incident", args=[incident.id])


PARTS = (
    Part("followup", _("Tilby oppfølging"), _page),
    # Marked as done when the plan says so; a leader who has talked without a plan says it on the guided page.
    Part("talk", _("Åpne oppfølgingen"), _page, completes=False),
    Part("occupational_health", _("Åpne oppfølgingen"), _page, completes=False),
)


def panel_for(incident: Incident, person: SignedInPerson) -> dict[str, Any] | None:
    """One's own plan, and for leaders of the place and the safety representative figures. Two queries."""
    return {
        "url": _page(incident),
        "own_plan": queries.own_plan(person, incident.id),
        "figures": queries.figures_of(incident.id),
    }
