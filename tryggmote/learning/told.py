"""What lessons tell people, in words that say nothing of what happened."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

KINDS = (
    NoticeKind(
        "lesson_asks_you",
        title=_("Si hva du mener om en lærdom"),
        body=_("%(unit)s: En lærdom fra noe du har stått i, skal kanskje deles videre. Les den, og svar."),
    ),
    NoticeKind(
        "lesson_answered",
        title=_("Det er svart på en lærdom"),
        body=_("%(unit)s: En som ble spurt, har svart. Se om lærdommen kan deles."),
        strength=Strength.DIGEST,
    ),
    NoticeKind(
        "lesson_waiting",
        title=_("En lærdom venter på deg"),
        body=_("%(unit)s: En lærdom skal deles utenfor enheten. Les den, og godkjenn."),
    ),
)
NEWS = ItemKind(
    "learning.shared",
    title=_("Ny lærdom"),
    body=_("Enheten har delt noe den har lært av en hendelse."),
    icon="LightBulbIcon",
)
