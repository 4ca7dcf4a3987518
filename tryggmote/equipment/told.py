"""What equipment tells people and the unit: that something does not work, never what somebody wrote (3.5)."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind
from tryggmote.notices.registry import NoticeKind
from tryggmote.notices.vocabulary import Strength

NOTICE = NoticeKind(
    "equipment_failed",
    title=_("Sikkerhetsutstyr virker ikke"),
    body=_("%(unit)s: Noe dere stoler på, virket ikke da det ble testet. Se hva det er før neste møte."),
    strength=Strength.AT_ONCE,
    why=_("Utstyr som ikke virker, skal du vite om før neste møte (krav 3.5)."),
    for_unit=True,
)
NEWS = ItemKind(
    "equipment.failed",
    title=_("Virker ikke: %(name)s"),
    body=_("Testen gikk ikke bra. Lederen har fått et tiltak med kort frist."),
    icon="ExclamationmarkTriangleIcon",
)


def address_of_measure(measure_id: UUID) -> str:
    """The page of a measure that was tested."""
    return reverse("controls:measure", args=[measure_id])
