"""How AML §§ 6-2 and 6-3 stand, in a sentence, and what would bring them forward (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")


def _says_demands(reason: str, figures: Figures) -> str:
    late, waiting = figures["late"], figures["waiting"]
    return {
        "none": _("Verneombudet har ikke krevd noe de siste tolv månedene."),
        "unanswered": ngettext(
            "%(late)s krav fra verneombudet er ikke besvart innen fristen.",
            "%(late)s krav fra verneombudet er ikke besvart innen fristen.",
            late,
        ),
        "waiting": ngettext(
            "%(waiting)s krav fra verneombudet venter på svar, innen fristen.",
            "%(waiting)s krav fra verneombudet venter på svar, innen fristen.",
            waiting,
        ),
        "answered": _("Alt verneombudet har krevd, er besvart."),
    }[reason] % figures


def _next_demand(reason: str, _figures: Figures, unit_id: int) -> NextAct | None:
    if reason not in ("unanswered", "waiting"):
        return None
    return NextAct(gettext_lazy("Svar verneombudet"), reverse("concerns:unit", args=[unit_id]), LEADER)


def _says_stops(reason: str, figures: Figures) -> str:
    return {
        "none": _("Ingen har stanset arbeid de siste tolv månedene."),
        "unanswered": _("Arbeid er stanset, og lederen svarte ikke samme dag."),
        "open": _("Arbeid er stanset, og er ikke i gang igjen ennå."),
        "late": _("Arbeidet er i gang igjen, men lederen svarte ikke samme dag."),
        "answered": _("Lederen svarte samme dag hver gang arbeid ble stanset."),
    }[reason] % figures


def _next_stop(reason: str, _figures: Figures, unit_id: int) -> NextAct | None:
    if reason not in ("unanswered", "open"):
        return None
    return NextAct(
        gettext_lazy("Gjør det trygt, og si hva som er gjort"),
        reverse("concerns:unit", args=[unit_id]),
        LEADER,
    )


RULES = (
    EvidenceRule("evidence_aml_6_2", "1", "evidence_aml_6_2", _says_demands, _next_demand),
    EvidenceRule("evidence_aml_6_3", "1", "evidence_aml_6_3", _says_stops, _next_stop),
)
