"""How AML §§ 5-1 and 5-2 and folketrygdloven § 13-14 stand, in a sentence (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")


def _register_says(reason: str, figures: Figures) -> str:
    return {
        "none": _("Ingen hendelser med skade de siste tolv månedene."),
        "not_entered": _(
            "%(missing)s av %(incidents)s alvorlige hendelser er verken ført eller avklart i tide."
        ),
        "waits": _("%(waiting)s av %(incidents)s hendelser venter på å bli ført. Fristen er ikke gått ut."),
        "late": _("Alt er ført, men %(late)s av %(incidents)s for sent."),
        "entered": _("Alle hendelser med skade er ført i tide."),
    }[reason] % figures


def _notice_says(reason: str, figures: Figures) -> str:
    return {
        "none": _("Ingen hendelser på nivå 4 eller 5 de siste tolv månedene."),
        "not_judged": _(
            "%(not_judged)s av %(incidents)s svært alvorlige hendelser er ikke vurdert for varsel."
        ),
        "unfinished": _("%(unfinished)s varsel mangler telefon, bekreftelse eller kopi til verneombudet."),
        "late": _("Alle er vurdert, men %(late)s av %(incidents)s ikke samme dag."),
        "given": _("Alle svært alvorlige hendelser er vurdert samme dag, og alle varsel er fullført."),
    }[reason] % figures


def _report_says(reason: str, figures: Figures) -> str:
    return {
        "none": _("Ingen skader er ført de siste tolv månedene."),
        "not_reported": _("%(missing)s av %(injuries)s skader er verken meldt til Nav eller avklart i tide."),
        "waits": _("%(waiting)s av %(injuries)s skader venter på å bli meldt. Fristen er ikke gått ut."),
        "late": _("Alt er avklart, men %(late)s av %(injuries)s for sent."),
        "reported": _("Alle skader er meldt i tide, eller det står hvorfor de ikke skal meldes."),
    }[reason] % figures


_LABELS = {
    "not_entered": gettext_lazy("Før skaden"),
    "waits": gettext_lazy("Se hva som venter"),
    "not_judged": gettext_lazy("Vurder om det må varsles"),
    "unfinished": gettext_lazy("Fullfør varselet"),
    "not_reported": gettext_lazy("Meld skaden"),
}
_ON_THE_INCIDENT = {"not_entered", "not_judged"}


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason not in _LABELS:
        return None
    page = "incidents:list" if reason in _ON_THE_INCIDENT else "statutory:register"
    return NextAct(_LABELS[reason], reverse(page), LEADER)


RULES = (
    EvidenceRule("evidence_aml_5_1", "1", "evidence_aml_5_1", _register_says, _next),
    EvidenceRule("evidence_aml_5_2", "1", "evidence_aml_5_2", _notice_says, _next),
    EvidenceRule("evidence_ftrl_13_14", "1", "evidence_ftrl_13_14", _report_says, _next),
)
