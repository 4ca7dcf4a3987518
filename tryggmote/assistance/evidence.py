"""How 3.2, 3.3, 3.4 and the duty to give means of alerting stand, in a sentence (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
_NEXT = {
    "no_help": (gettext_lazy("Planlegg et tiltak for å tilkalle hjelp"), "controls:plan"),
    "no_layout": (gettext_lazy("Planlegg et tiltak for utforming"), "controls:plan"),
    "no_protective": (gettext_lazy("Planlegg et tiltak for verneutstyr"), "controls:plan"),
    "no_threat_card": (gettext_lazy("Skriv det lokale på tiltakskortet"), "controls:cards"),
    "no_violence_card": (gettext_lazy("Skriv det lokale på tiltakskortet"), "controls:cards"),
    "no_card": (gettext_lazy("Skriv det lokale på tiltakskortet"), "controls:cards"),
    "not_tested": (gettext_lazy("Test at noen kommer"), "assistance:practise"),
}


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason not in _NEXT:
        return None
    label, page = _NEXT[reason]
    return NextAct(label, reverse(page), LEADER)


def _premises_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten har ingen møter i egne lokaler."),
        "no_help": _("Et tiltak for å tilkalle hjelp mangler for minst én møteform."),
        "no_threat_card": _(
            "Rutinen for varsling og evakuering i en truende situasjon er ikke godkjent lokalt."
        ),
        "no_violence_card": _(
            "Rutinen for varsling og evakuering ved pågående vold er ikke godkjent lokalt."
        ),
        "no_layout": _("Et tiltak for utforming og innredning mangler for minst én møteform."),
        "no_protective": _("Et tiltak for verneutstyr mangler for minst én møteform."),
        "secured": _("Alle elementene er ivaretatt av tiltak og tiltakskort som gjelder."),
    }[reason]


def _outside_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten har ingen møter utenfor egne lokaler."),
        "no_help": _("%(help)s av %(forms)s møteformer ute har et tiltak for å tilkalle hjelp."),
        "no_card": _("%(cards)s av %(forms)s møteformer ute har en godkjent rutine for å komme seg unna."),
        "no_protective": _("%(protective)s av %(forms)s møteformer ute har et tiltak for verneutstyr."),
        "secured": _("Alle møteformene ute er sikret med tiltak og tiltakskort som gjelder."),
    }[reason] % figures


def _remote_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten møter ingen på telefon eller skjerm."),
        "no_help": _("%(help)s av %(forms)s digitale møteformer har et tiltak for å tilkalle hjelp."),
        "secured": _("Hjelp kan tilkalles i alle de digitale møteformene."),
    }[reason] % figures


def _means_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten har ingen møter med brukere."),
        "no_help": _("%(help)s av %(forms)s møteformer har noe å varsle med."),
        "not_tested": _(
            "Alle møteformene har noe å varsle med, men det er ikke prøvd siste år med at noen svarte."
        ),
        "tested": _("Alle møteformene har noe å varsle med, og det er prøvd siste år med at noen svarte."),
    }[reason] % figures


RULES = (
    EvidenceRule("evidence_3_2", "1", "evidence_3_2", _premises_says, _next),
    EvidenceRule("evidence_3_3", "1", "evidence_3_3", _outside_says, _next),
    EvidenceRule("evidence_3_4", "1", "evidence_3_4", _remote_says, _next),
    EvidenceRule("evidence_organisering_10_6", "1", "evidence_organisering_10_6", _means_says, _next),
)
