"""How requirement 3.5 stands in a unit, in a sentence (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
_NEXT = {
    "nothing_registered": (gettext_lazy("Legg inn utstyret"), "equipment:items", ""),
    "never_tested": (gettext_lazy("Test utstyret"), "equipment:round", ""),
    "unanswered": (gettext_lazy("Se hva som ikke virker"), "equipment:items", "?state=failing"),
    "failing": (gettext_lazy("Rett feilen, og test på nytt"), "equipment:items", "?state=failing"),
    "late": (gettext_lazy("Test det som er over fristen"), "equipment:round", ""),
    "no_interval": (gettext_lazy("Legg inn alarmene dere har"), "equipment:items", ""),
}


def _next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason not in _NEXT:
        return None
    label, page, query = _NEXT[reason]
    return NextAct(label, reverse(page) + query, LEADER)


def _says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten har ingen møter med brukere."),
        "nothing_registered": _("Verken utstyr eller tiltak med fast rytme for test er registrert."),
        "never_tested": _("Ingenting av det som skal testes (%(testable)s), har bestått en test ennå."),
        "unanswered": _(
            "%(unanswered)s av %(testable)s virket ikke sist, og ingen er i gang med å rette det."
        ),
        "failing": _("%(failing)s av %(testable)s virket ikke sist. Et tiltak er i gang for hver av dem."),
        "late": _("%(inside)s av %(testable)s har bestått en test i tide. %(late)s mangler det."),
        "no_interval": _(
            "Det som er registrert, er testet i tide. Men tiltakene for å tilkalle hjelp har ingen "
            "fast rytme, og ingen alarm er registrert."
        ),
        "tested": _("Alt som skal testes (%(testable)s), har bestått en test i tide."),
    }[reason] % figures


RULE = EvidenceRule("evidence_3_5", "4", "evidence_3_5", _says, _next)
