"""What people are told about checks, stops and reported risks. No place and no free text leaves the house."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind, register

LEADER_ASKED = "encounters.leader_asked"
LEADER_ANSWERED = "encounters.leader_answered"
WORK_STOPPED = "encounters.work_stopped"
RISK_REPORTED = "encounters.risk_reported"
RISK_ANSWERED = "encounters.risk_answered"

KINDS = (
    NoticeKind(
        LEADER_ASKED,
        title=_("%(name)s trenger svar før et møte"),
        body=_("En sjekk før et møte ber om lederen. Svar nå: den ansatte venter."),
    ),
    NoticeKind(
        LEADER_ANSWERED,
        title=_("%(name)s har svart på sjekken din"),
        body=_("Les svaret før du går inn i møtet."),
    ),
    NoticeKind(
        WORK_STOPPED,
        title=_("%(name)s har stanset et møte"),
        body=_("Arbeidet er avbrutt fordi det ikke var trygt. Ta kontakt nå, og svar på meldingen."),
    ),
    NoticeKind(
        RISK_REPORTED,
        title=_("%(name)s har meldt en risiko"),
        body=_("Les meldingen. Lederen svarer innen fem arbeidsdager."),
    ),
    NoticeKind(
        RISK_ANSWERED,
        title=_("%(name)s har svart på meldingen din"),
        body=_("Les hva lederen gjør med det du meldte."),
    ),
)


def register_all() -> None:
    """Make the kinds known to the notices."""
    for kind in KINDS:
        register(kind)
