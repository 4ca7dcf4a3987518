"""How requirement 3.6 stands, in a sentence, and what would bring it forward (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
THE_REST = gettext_lazy("Alle som ikke har åpnet den")


def _says(reason: str, figures: Figures) -> str:
    sentence = {
        "nobody_here": _("Ingen har jobbet her lenge nok til at det måles."),
        "empty": _("Ingenting er innført ennå, så det er ikke noe å lese om i håndboken."),
        "nobody_opened": _(
            "Alt som er innført, står i håndboken, men ingen har åpnet den de siste %(months)s månedene."
        ),
        "not_opened": _(
            "Alt som er innført, står i håndboken, og alle kan åpne den. %(openers)s av %(audience)s har "
            "gjort det de siste %(months)s månedene. Det skal være minst %(share)s prosent."
        ),
        "opened": _(
            "Alt som er innført, står i håndboken, og %(openers)s av %(audience)s har åpnet den "
            "de siste %(months)s månedene."
        ),
    }[reason]
    return sentence % figures


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason == "empty":
        return NextAct(gettext_lazy("Innfør et tiltak eller en rutine"), reverse("controls:measures"), LEADER)
    if reason in ("nobody_opened", "not_opened"):
        return NextAct(gettext_lazy("Åpne håndboken"), reverse("handbook:book", args=[unit_id]), THE_REST)
    return None


RULES = (EvidenceRule("evidence_3_6", "2", "evidence_3_6", _says, _next),)
