"""What people are told of assessments and hazards: that something waits and where, never what was written."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

REOPENED = "risk.reopened"
CONSULTED = "risk.consulted"
OPINION = "risk.opinion"
APPROVED = "risk.approved"
SECOND_APPROVAL = "risk.second_approval"
HAZARD_RAISED = "risk.hazard_raised"
HAZARD_DECIDED = "risk.hazard_decided"
HAZARD_ESCALATED = "risk.hazard_escalated"

KINDS = (
    NoticeKind(
        REOPENED,
        title=_("En risikovurdering er åpnet igjen"),
        body=_("%(unit)s: Noe har skjedd som gjør at vurderingen må ses på på nytt."),
    ),
    NoticeKind(
        CONSULTED,
        title=_("Du er bedt om å uttale deg om en risikovurdering"),
        body=_("%(unit)s: Les utkastet, og svar innen %(deadline)s."),
    ),
    NoticeKind(
        OPINION,
        title=_("%(name)s har uttalt seg om risikovurderingen"),
        body=_("%(unit)s: Les uttalelsen."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        APPROVED,
        title=_("Risikovurderingen er godkjent"),
        body=_("%(unit)s: Den gjelder fra nå. Takk for at du var med."),
        for_unit=True,
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        SECOND_APPROVAL,
        title=_("En risikovurdering venter på at du godkjenner"),
        body=_("%(unit)s: Den andre arbeidsgiveren har godkjent. Den gjelder først når begge har gjort det."),
    ),
    NoticeKind(
        HAZARD_RAISED,
        title=_("En fare er meldt og skal vurderes"),
        body=_("%(unit)s: Vurder den, slå den sammen med en annen, eller svar hvorfor den ikke tas inn."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        HAZARD_DECIDED,
        title=_("Du har fått svar på en fare du meldte"),
        body=_("%(name)s har svart."),
    ),
    NoticeKind(
        HAZARD_ESCALATED,
        title=_("En fare er ikke vurdert i tide"),
        body=_("%(unit)s: Ingen har tatt stilling til den innen fristen. Derfor er du varslet."),
    ),
)

APPROVED_NEWS = ItemKind(
    "risk.approved",
    title=_("Risikovurdering: %(title)s"),
    body=_("Vurderingen er godkjent og gjelder fra nå."),
    icon="ShieldCheckmarkIcon",
)
