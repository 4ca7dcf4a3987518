"""What the unit is informed of: what is planned, established, evaluated and approved (2.3, § 23A-3)."""

from django.utils.translation import gettext_lazy as _

from tryggmote.information.registry import ItemKind

KINDS = (
    ItemKind(
        "controls.planned",
        title=_("Nytt tiltak: %(title)s"),
        body=_("Tiltaket er planlagt. Det har fått en ansvarlig og en frist."),
        icon="ShieldIcon",
    ),
    ItemKind(
        "controls.established",
        title=_("Innført: %(title)s"),
        body=_("Tiltaket er på plass. Les hva det betyr for deg."),
        icon="ShieldCheckmarkIcon",
    ),
    ItemKind(
        "controls.evaluated",
        title=_("Vurdert: %(title)s"),
        body=_("Noen har vurdert om tiltaket virket. Les hva de fant."),
        icon="MagnifyingGlassIcon",
    ),
    ItemKind(
        "controls.procedure_approved",
        title=_("Rutine: %(title)s"),
        body=_("Rutinen er ny eller endret, og gjelder fra nå."),
        icon="FileTextIcon",
    ),
    ItemKind(
        "controls.card_approved",
        title=_("Tiltakskort: %(title)s"),
        body=_("Det som gjelder hos dere, er nytt eller endret."),
        icon="LifebuoyIcon",
    ),
)
