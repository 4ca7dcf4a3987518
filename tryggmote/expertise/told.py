"""What people are told of expert help: that a request waits or is answered, never what it says (1.2)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

ASKED = "expertise.asked"
REPRESENTATIVE_ASKED = "expertise.representative_asked"
ANSWERED = "expertise.answered"

KINDS = (
    NoticeKind(
        ASKED,
        title=_("%(unit)s ber om hjelp fra deg"),
        body=_("Les spørsmålet, og svar innen dagen de har satt."),
    ),
    NoticeKind(
        REPRESENTATIVE_ASKED,
        title=_("Verneombudet har bedt om hjelp fra fagfolk"),
        body=_("%(unit)s: Les hva det gjelder, og følg med på at det blir besvart."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        ANSWERED,
        title=_("Spørsmålet til fagfolk er besvart"),
        body=_("%(unit)s: Les svaret, og bruk det i risikovurderingen."),
    ),
)
