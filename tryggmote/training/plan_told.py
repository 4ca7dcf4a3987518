"""What people are told of the year's plan: that something waits and where, never what was written (4.1)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

HEARING = "training.plan_hearing"
HEARD = "training.plan_heard"

KINDS = (
    NoticeKind(
        HEARING,
        title=_("Du er bedt om å uttale deg om opplæringsplanen"),
        body=_("%(unit)s, %(year)s: Les utkastet, og si hva du mener."),
    ),
    NoticeKind(
        HEARD,
        title=_("Verneombudet har uttalt seg om opplæringsplanen"),
        body=_("%(unit)s, %(year)s: Les uttalelsen, og ta stilling til om du kan godkjenne."),
        strength=Strength.DIGEST,
    ),
)
