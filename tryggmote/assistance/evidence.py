"""How the duty to give means of alerting stands, in a sentence (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
_NEXT = {
    "no_help": (gettext_lazy("Bestem hvordan hjelp tilkalles"), "residual:matrix"),
    "not_tested": (gettext_lazy("Test at noen kommer"), "assistance:practise"),
}


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason not in _NEXT:
        return None
    label, page = _NEXT[reason]
    return NextAct(label, reverse(page), LEADER)


def _means_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten har ingen møter med brukere."),
        "no_help": _("%(help)s av %(forms)s møteformer har noe å varsle med."),
        "not_tested": _(
            "Alle møteformene har noe å varsle med, men det er ikke prøvd siste år med at noen svarte."
        ),
        "tested": _("Alle møteformene har noe å varsle med, og det er prøvd siste år med at noen svarte."),
    }[reason] % figures


RULES = (EvidenceRule("evidence_organisering_10_6", "2", "evidence_organisering_10_6", _means_says, _next),)
