"""How 1.2 stands, in a sentence, and what would bring it forward (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct
from tryggmote.expertise.vocabulary import State

LEADER = gettext_lazy("Lederen for enheten")
LEADERS_OWN = gettext_lazy("Lederne selv")


def _says(reason: str, figures: Figures) -> str:
    return {
        "nobody": _("Ingen leder er registrert for enheten."),
        "lacking": _("%(lacking)s av %(people)s ledere mangler lederopplæringen."),
        "unanswered": _(
            "Lederne har opplæringen, men %(unanswered)s spørsmål til fagfolk er ikke besvart i tide."
        ),
        "competent": _("Alle lederne har opplæringen, og ingen spørsmål til fagfolk er forsinket."),
    }[reason] % figures


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason == "lacking":
        url = reverse("training:unit", args=[unit_id])
        return NextAct(gettext_lazy("Se hva som mangler"), url, LEADERS_OWN)
    if reason == "unanswered":
        url = f"{reverse('expertise:unit', args=[unit_id])}?state={State.LATE.value}"
        return NextAct(gettext_lazy("Purr, eller skriv svaret"), url, LEADER)
    return None


RULES = (EvidenceRule("evidence_1_2", "1", "evidence_1_2", _says, _next),)
