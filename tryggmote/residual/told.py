"""What people are told of residual risk: that something waits and where, never what was written (3.0)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind
from tryggmote.notices.registry import NoticeKind

HEARING = "residual.hearing"
HEARD = "residual.heard"
KNOWN = "residual.known"

KINDS = (
    NoticeKind(
        HEARING,
        title=_("Du er bedt om å uttale deg om en restrisiko"),
        body=_("%(unit)s: Lederen beskriver noe som ikke lar seg gjøre. Les, og si hva du mener."),
    ),
    NoticeKind(
        HEARD,
        title=_("Verneombudet har uttalt seg om en restrisiko"),
        body=_("%(unit)s: Les uttalelsen, og ta stilling til om du kan godkjenne."),
        email=False,
    ),
)

NEWS = ItemKind(
    KNOWN,
    title=_("Restrisiko: %(title)s"),
    body=_("Noe som skulle vært på plass, lar seg ikke gjøre. Les hva som gjelder i stedet."),
    icon="ExclamationmarkTriangleIcon",
    requirement="3.0",
)
