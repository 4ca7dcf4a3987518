"""How AML § 2-2 stands, in a sentence, and what would bring it forward (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
LEADERS_OF_BOTH = gettext_lazy("Lederne for begge arbeidsgiverne")


def _agreement_says(reason: str, figures: Figures) -> str:
    return {
        "one_employer": _("Her er det bare én arbeidsgiver, så det er ingen å samordne med."),
        "no_agreement": _("Arbeidsgiverne har ikke avtalt hvem som samordner."),
        "not_signed": _("Avtalen er laget, men ikke signert av alle arbeidsgiverne."),
        "party_missing": _("Avtalen gjelder, men en av arbeidsgiverne på kontoret er ikke med i den."),
        "co_ordinator_left": _("Avtalen gjelder, men den som skulle samordne, jobber ikke her lenger."),
        "review_passed": _("Avtalen gjelder, men er ikke gjennomgått i tide."),
        "in_force": _("En avtale gjelder, og den er gjennomgått i tide."),
    }[reason]


def _agreement_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    labels = {
        "no_agreement": gettext_lazy("Lag en avtale"),
        "not_signed": gettext_lazy("Signer avtalen"),
        "party_missing": gettext_lazy("Lag en ny avtale med alle"),
        "co_ordinator_left": gettext_lazy("Lag en ny avtale"),
        "review_passed": gettext_lazy("Gå gjennom avtalen"),
    }
    if reason not in labels:
        return None
    who = LEADERS_OF_BOTH if reason == "not_signed" else LEADER
    return NextAct(labels[reason], reverse("controls:agreement", args=[figures["office"]]), who)


RULES = (EvidenceRule("evidence_aml_2_2", "1", "evidence_aml_2_2", _agreement_says, _agreement_next),)
