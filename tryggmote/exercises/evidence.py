"""How § 23A-2 second paragraph stands (training is repeated and adapted), and what would bring it forward."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")


def _says(reason: str, figures: Figures) -> str:
    return {
        "no_meetings": _("Ingen i enheten møter brukere."),
        "never_exercised": _("Enheten har aldri holdt en øvelse i møteformene den bruker."),
        "expired": _("%(expired)s av %(people)s som møter brukere, har opplæring som er gått ut."),
        "not_exercised": _("%(missing)s av %(forms)s møteformer er ikke øvd på innen fristen."),
        "repeated": _("Ingen opplæring er gått ut, og enheten har øvd i alle møteformer."),
    }[reason] % figures


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason == "expired":
        url = reverse("training:unit", args=[unit_id])
        return NextAct(gettext_lazy("Se hvem som mangler hva"), url, LEADER)
    if reason in {"never_exercised", "not_exercised"}:
        return NextAct(gettext_lazy("Planlegg en øvelse"), reverse("exercises:library"), LEADER)
    return None


RULE = EvidenceRule("evidence_23a_2", "1", "evidence_23a_2", _says, _next)
