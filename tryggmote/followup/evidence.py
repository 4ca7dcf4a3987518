"""The words of the evidence rule of § 23A-5; what it counts is in `evidence.sql`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen av enheten")
FOLLOWERS = gettext_lazy("Lederne som følger opp")


def _says(reason: str, figures: Figures) -> str:
    if reason == "nothing_happened":
        return _("Ingen er meldt utsatt de siste tolv månedene.")
    if reason == "not_offered":
        n = figures["not_offered"]
        return ngettext(
            "%(n)s utsatt eller vitne har ikke fått tilbud om oppfølging innen to arbeidsdager.",
            "%(n)s utsatte eller vitner har ikke fått tilbud om oppfølging innen to arbeidsdager.",
            n,
        ) % {"n": n}
    if reason == "overdue":
        n = figures["overdue"]
        return ngettext(
            "%(n)s oppfølgingsplan er over tiden.", "%(n)s oppfølgingsplaner er over tiden.", n
        ) % {"n": n}
    if reason == "offered_late":
        return _("%(late)s av %(named)s fikk tilbud om oppfølging senere enn to arbeidsdager.") % {
            "late": figures["late"], "named": figures["named"],
        }  # fmt: skip
    sentence = _("Oppfølging er tilbudt i tide, og ingen avtalte steg er over tiden.")
    return f"{sentence} {_same_day(figures)}" if figures["serious"] else sentence


def _same_day(figures: Figures) -> str:
    return _("Tilbudt samme dag ved alvorlige hendelser (nivå 3–5): %(same_day)s av %(serious)s.") % {
        "same_day": figures["same_day"], "serious": figures["serious"],
    }  # fmt: skip


def _next_act(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason == "not_offered":
        return NextAct(_("Tilby oppfølging"), reverse("incidents:list"), who=LEADER)
    if reason == "overdue":
        return NextAct(_("Se planene du følger opp"), reverse("followup:home"), who=FOLLOWERS)
    return None


RULE = EvidenceRule("evidence_23a_5", "1", "evidence_23a_5", _says, _next_act)
