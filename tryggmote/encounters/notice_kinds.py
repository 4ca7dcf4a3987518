"""What people are told about checks, stops and reported risks. No place and no free text leaves the house."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.encounters.outing_rules import AT_ONE_TAP
from tryggmote.notices.registry import NoticeKind, PushAct, register
from tryggmote.notices.vocabulary import Group, Strength

LEADER_ASKED = "encounters.leader_asked"
LEADER_ANSWERED = "encounters.leader_answered"
WORK_STOPPED = "encounters.work_stopped"
RISK_REPORTED = "encounters.risk_reported"
RISK_ANSWERED = "encounters.risk_answered"
OUTING_CHOSEN = "encounters.outing_chosen"
OUTING_ANSWER = "encounters.outing_answer"
OUTING_CONTACT = "encounters.outing_contact"
OUTING_LEADER = "encounters.outing_leader"
OUTING_WELL = "encounters.outing_well"
OUTING_BACK = "encounters.outing_back"

_MORE_TIME = {"minutes": str(AT_ONE_TAP)}
# One tap on the phone's own notification (AML § 4-1), posted as the buttons of the outing's page are.
WELL = PushAct("well", _("Alt er bra, mer tid"), "mer-tid/", _MORE_TIME, done=_("Fint. Du har fått mer tid."))
HELP = PushAct(
    "help",
    _("Jeg trenger hjelp"),
    reverse_lazy("assistance:raise"),
    done=_("Hjelp er tilkalt. Trykk her for å se hvem som kommer."),
)
SPOKEN = PushAct(
    "spoken",
    _("Vi har snakket, alt er bra"),
    "mer-tid/",
    _MORE_TIME,
    done=_("Fint. Du får beskjed hvis den nye tiden går uten svar."),
)

_NOT_BACK = _("Den som er ute alene og ikke svarer, kan trenge hjelp (AML § 4-1).")

KINDS = (
    NoticeKind(
        LEADER_ASKED,
        title=_("%(name)s trenger svar før et møte"),
        body=_("En sjekk før et møte ber om lederen. Svar nå: den ansatte venter."),
        strength=Strength.AT_ONCE,
        why=_("En som sjekker et møte, venter på svaret ditt før møtet begynner (krav 2.2)."),
    ),
    NoticeKind(
        LEADER_ANSWERED,
        title=_("%(name)s har svart på sjekken din"),
        body=_("Les svaret før du går inn i møtet."),
        strength=Strength.AT_ONCE,
        why=_("Svaret fra lederen skal være lest før møtet begynner (krav 2.2)."),
    ),
    NoticeKind(
        WORK_STOPPED,
        title=_("%(name)s har stanset et møte"),
        body=_("Arbeidet er avbrutt fordi det ikke var trygt. Ta kontakt nå, og svar på meldingen."),
        strength=Strength.AT_ONCE,
        why=_("Den som stanser farlig arbeid, skal bli hørt av lederen med en gang (AML § 2-3)."),
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
    NoticeKind(
        OUTING_CHOSEN,
        title=_("%(name)s er ute og har valgt deg som kontakt"),
        body=_("Du trenger ikke gjøre noe nå. Du får beskjed hvis tiden går uten at %(name)s har svart."),
        strength=Strength.SCREEN,
    ),
    NoticeKind(
        OUTING_ANSWER,
        title=_("Er du tilbake?"),
        body=_("Tiden du sa, er kommet. Si at du er tilbake, eller at du trenger mer tid."),
        strength=Strength.LIFE,
        why=_NOT_BACK,
        acts=(WELL, HELP),
    ),
    NoticeKind(
        OUTING_CONTACT,
        title=_("Ring %(name)s"),
        body=_("Tiden er gått, og %(name)s har ikke svart. Ring nå, og si fra her når dere har snakket."),
        strength=Strength.LIFE,
        why=_NOT_BACK,
        acts=(SPOKEN,),
    ),
    NoticeKind(
        OUTING_LEADER,
        title=_("%(name)s er ute og har ikke svart"),
        body=_("Kontakten er varslet. Ring %(name)s nå. Hører ingen noe, blir hjelp tilkalt."),
        strength=Strength.LIFE,
        why=_NOT_BACK,
        acts=(SPOKEN,),
    ),
    NoticeKind(
        OUTING_WELL,
        title=_("Det er bra med %(name)s"),
        body=_("%(name)s trenger mer tid. Du får beskjed hvis den nye tiden går uten svar."),
    ),
    NoticeKind(
        OUTING_BACK,
        title=_("%(name)s er tilbake"),
        body=_("Alt er i orden, og du trenger ikke følge med lenger."),
    ),
)


def register_all() -> None:
    """Make the kinds known to the notices."""
    for kind in KINDS:
        register(kind, group=Group.MEETINGS)
