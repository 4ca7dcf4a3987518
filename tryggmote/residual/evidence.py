"""How 3.0, 3.2, 3.3 and 3.4 stand, in a sentence, and what would bring them forward (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct
from tryggmote.organisation.meeting_forms import MeetingForm
from tryggmote.residual import elements

LEADER = gettext_lazy("Lederen for enheten")
EVERYBODY_CONCERNED = gettext_lazy("De det gjelder")


def _required_says(reason: str, figures: Figures) -> str:
    return {
        "not_used": _("Enheten bruker ingen av disse møteformene."),
        "empty": _("%(done)s av %(cells)s er på plass. Mangler blant annet: %(first)s."),
        "secured_with_residual": _(
            "Alt er på plass, eller beskrevet som restrisiko (%(residual)s av %(cells)s)."
        ),
        "secured": _("Tiltak, rutiner eller tiltakskort som gjelder, ivaretar alle elementene."),
    }[reason] % {**figures, "first": _first_missing(figures)}


def _first_missing(figures: Figures) -> str:
    for cell in figures["missing"]:
        if found := elements.find(cell["element"], cell["form"]):
            return f"{found.title} ({MeetingForm(cell['form']).label})"
    return ""


def _required_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason != "empty":
        return None
    return NextAct(
        gettext_lazy("Bestem hva som skal ivareta det"), reverse("residual:matrix_of", args=[unit_id]), LEADER
    )


def _residual_says(reason: str, figures: Figures) -> str:
    return {
        "none": _("Ingenting er beskrevet som restrisiko."),
        "not_approved": _("Restrisiko er beskrevet, men ikke godkjent av lederen."),
        "expired": _("%(expired)s av %(records)s restrisikoer er ikke gjennomgått innen datoen."),
        "measure_gone": _("Et tiltak som skulle veie opp for en restrisiko, er avsluttet."),
        "not_known": _("%(confirmed)s av %(concerned)s bekreftelser er gitt fra ansatte og ledere."),
        "some_not_approved": _("En ny restrisiko er beskrevet, men ikke godkjent av lederen."),
        "known": _("All restrisiko er godkjent, innenfor datoen og bekreftet av alle den gjelder."),
    }[reason] % figures


def _residual_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    label, who = {
        "not_approved": (gettext_lazy("Hør verneombudet og godkjenn"), LEADER),
        "some_not_approved": (gettext_lazy("Hør verneombudet og godkjenn"), LEADER),
        "expired": (gettext_lazy("Gå gjennom restrisikoen"), LEADER),
        "measure_gone": (gettext_lazy("Gå gjennom restrisikoen"), LEADER),
        "not_known": (gettext_lazy("Les og bekreft"), EVERYBODY_CONCERNED),
    }.get(reason, ("", LEADER))
    return NextAct(label, reverse("residual:records_of", args=[unit_id]), who) if label else None


RULES = (
    EvidenceRule("evidence_3_0", "1", "evidence_3_0", _residual_says, _residual_next),
    EvidenceRule("evidence_3_2", "2", "evidence_3_2", _required_says, _required_next),
    EvidenceRule("evidence_3_3", "2", "evidence_3_3", _required_says, _required_next),
    EvidenceRule("evidence_3_4", "2", "evidence_3_4", _required_says, _required_next),
)
