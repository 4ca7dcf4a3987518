"""The words of the evidence rule of 3.1; what it counts is in `evidence.sql`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen av enheten")
BOTH = gettext_lazy("Lederen og verneombudet")


def _says(reason: str, figures: Figures) -> str:
    if reason == "in_use_unreviewed":
        n = figures["unreviewed"]
        return ngettext(
            "%(n)s endring av lokalene er tatt i bruk uten vernerunde.",
            "%(n)s endringer av lokalene er tatt i bruk uten vernerunde.",
            n,
        ) % {"n": n}
    if reason == "never_reviewed":
        n = figures["never"]
        return ngettext(
            "%(n)s bygg har aldri hatt vernerunde sammen med verneombudet.",
            "%(n)s bygg har aldri hatt vernerunde sammen med verneombudet.",
            n,
        ) % {"n": n}
    if reason == "expired":
        n = figures["expired"]
        return ngettext(
            "Det er over et år siden vernerunden i %(n)s bygg.",
            "Det er over et år siden vernerunden i %(n)s bygg.",
            n,
        ) % {"n": n}
    sentences = {
        "no_building": _("Ingen lokaler er registrert."),
        "not_signed": _("En vernerunde er gått, men mangler en signatur."),
        "reviewed": _("Alle bygg har hatt vernerunde sammen med verneombudet det siste året."),
    }
    return sentences[reason]


def _next_act(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    acts = {
        "no_building": NextAct(_("Registrer lokalene"), reverse("premises:buildings"), LEADER),
        "in_use_unreviewed": NextAct(_("Gå vernerunde etter endringen"), reverse("changes:changes"), BOTH),
        "not_signed": NextAct(_("Signer vernerunden"), reverse("reviews:home"), BOTH),
        "never_reviewed": NextAct(_("Gå vernerunde"), reverse("reviews:home"), BOTH),
        "expired": NextAct(_("Gå vernerunde"), reverse("reviews:home"), BOTH),
    }
    return acts.get(reason)


RULES = (EvidenceRule("evidence_3_1", "1", "evidence_3_1", _says, _next_act),)
