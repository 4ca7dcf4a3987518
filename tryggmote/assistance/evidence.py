"""How 3.5 and the duty to give means of alerting stand, in a sentence (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
_NEXT = {
    "no_help": (gettext_lazy("Bestem hvordan hjelp tilkalles"), "residual:matrix"),
    "not_tested": (gettext_lazy("Test at noen kommer"), "assistance:practise"),
    "never_tested": (gettext_lazy("Test at noen kommer"), "assistance:practise"),
    "failing": (gettext_lazy("Rett feilen, og test på nytt"), "assistance:practise"),
    "no_interval": (gettext_lazy("Bestem hvor ofte tiltakene skal testes"), "controls:measures"),
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


def _tested_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten har ingen møter med brukere."),
        "never_tested": _("Tilkall hjelp er ikke testet fra noe rom eller noen knapp det siste året."),
        "failing": _(
            "Sist det ble testet, virket ikke Tilkall hjelp fra %(failed)s av %(places)s steder, "
            "eller ingen svarte."
        ),
        "no_interval": _(
            "Tilkall hjelp virket fra alle de %(places)s stedene som er testet siste år. "
            "Ingen tiltak har fått en fast rytme for test."
        ),
        "not_logged": _(
            "Tilkall hjelp virket fra alle de %(places)s stedene som er testet siste år. Tester av de "
            "%(measures)s tiltakene med fast rytme kan ikke føres her ennå, så kravet kan ikke bli oppfylt."
        ),
    }[reason] % figures


RULES = (
    # Until tests of other measures are kept (requirement 3.5 in full), this says what it can and no more.
    EvidenceRule("evidence_3_5", "1", "evidence_3_5", _tested_says, _next),
    EvidenceRule("evidence_organisering_10_6", "1", "evidence_organisering_10_6", _means_says, _next),
)
