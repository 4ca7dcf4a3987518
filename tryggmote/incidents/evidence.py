"""How 2.4 stands, in a sentence (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
REPRESENTATIVE = gettext_lazy("Verneombudet")


def _says(reason: str, figures: Figures) -> str:
    if reason == "no_procedure":
        return _("Enheten har ingen rutine for å melde hendelser som gjelder.")
    if reason == "not_read":
        return _("%(readers)s av %(audience)s har lest rutinen for å melde.") % figures
    return {
        "handled": _("Rutinen er lest. Ingen hendelse siste %(days)s dager er åpnet eller besvart for sent."),
        "not_opened": _("Minst én hendelse siste %(days)s dager ble ikke åpnet av leder i tide."),
        "no_insight": _("Minst én hendelse siste %(days)s dager ble ikke åpnet av verneombudet i tide."),
        "not_answered": _("Minst én hendelse siste %(days)s dager ble ikke besvart i tide."),
    }[reason] % figures


def _next_act(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    acts = {
        "no_procedure": (_("Skriv rutinen for å melde"), reverse("controls:new_procedure"), LEADER),
        "not_read": (_("Be dem som mangler, om å lese"), reverse("controls:procedures"), LEADER),
        "not_opened": (_("Les hendelsene som venter"), reverse("incidents:list"), LEADER),
        "no_insight": (_("Les hendelsene som venter"), reverse("incidents:list"), REPRESENTATIVE),
        "not_answered": (_("Svar dem som har meldt"), reverse("incidents:list"), LEADER),
    }
    return NextAct(*acts[reason]) if reason in acts else None


RULE = EvidenceRule("evidence_2_4", "1", "evidence_2_4", _says, _next_act)
