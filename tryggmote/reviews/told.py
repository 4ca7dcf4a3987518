"""What people are told of reviews and changes: that something waits and where, never what was found."""

from django.utils.translation import gettext_lazy as _

from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

BEGUN = "reviews.begun"
TO_SIGN = "reviews.to_sign"
SIGNED = "reviews.signed"
UNSIGNED = "reviews.unsigned"
CHANGE = "reviews.change"

KINDS = (
    NoticeKind(
        BEGUN,
        title=_("Vernerunden i %(building)s er begynt"),
        body=_("%(unit)s: Leder og verneombud går den sammen, og begge signerer."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        TO_SIGN,
        title=_("Vernerunden i %(building)s venter på at du signerer"),
        body=_("%(unit)s: %(name)s har signert."),
    ),
    NoticeKind(
        SIGNED,
        title=_("Vernerunden i %(building)s er signert av begge"),
        body=_("%(unit)s: Det som ble funnet, følges opp i fareinnboksen og blant tiltakene."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        UNSIGNED,
        title=_("Vernerunden i %(building)s mangler signaturen fra verneombudet"),
        body=_("%(unit)s: Det er gått ti arbeidsdager. Før begge har signert, teller den ikke."),
    ),
    NoticeKind(
        CHANGE,
        title=_("En endring av lokalene i %(building)s er registrert"),
        body=_("%(unit)s: Gå vernerunde før den tas i bruk %(day)s."),
        for_unit=True,
    ),
)
