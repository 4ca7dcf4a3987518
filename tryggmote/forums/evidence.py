"""The words of the evidence rules of 1.3 and AML § 7-2; what they count is in `evidence.sql`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen av kontoret")
OWNERS = gettext_lazy("Eierne av kontoret")
COMMITTEE = gettext_lazy("Utvalget")


def _partnership_says(reason: str, figures: Figures) -> str:
    if reason == "unanswered":
        n = figures["unanswered"]
        return ngettext(
            "Eierne har ikke svart på om %(n)s alvorlig hendelse skal behandles.",
            "Eierne har ikke svart på om %(n)s alvorlige hendelser skal behandles.",
            n,
        ) % {"n": n}
    if reason == "untreated":
        n = figures["untreated"]
        return ngettext(
            "%(n)s alvorlig hendelse skal behandles i partnerskapet, men er det ikke ennå.",
            "%(n)s alvorlige hendelser skal behandles i partnerskapet, men er det ikke ennå.",
            n,
        ) % {"n": n}
    return {
        "no_office": _("Bare Nav-kontorer har et partnerskap."),
        "never": _("Vold og trusler er ikke behandlet i et partnerskapsmøte der begge eierne var til stede."),
        "not_approved": _("Møtet er holdt, men begge eierne har ikke godkjent referatet."),
        "expired": _("Det er over et år siden vold og trusler ble behandlet i et partnerskapsmøte."),
        "treated": _("Behandlet i et partnerskapsmøte det siste året, med begge eierne til stede."),
    }[reason]


def _partnership_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    plan = NextAct(
        _("Planlegg partnerskapsmøtet"), f"{reverse('forums:plan')}?slag=partnership&enhet={unit_id}", LEADER
    )
    return {
        "never": plan,
        "expired": plan,
        "untreated": plan,
        "not_approved": NextAct(_("Godkjenn referatet"), reverse("forums:home"), OWNERS),
        "unanswered": NextAct(_("Svar om hendelsene"), reverse("forums:cases"), OWNERS),
    }.get(reason)


def _committee_says(reason: str, figures: Figures) -> str:
    return {
        "nobody": _("Ingen arbeider her."),
        "never": _(
            "%(never)s av %(employers)s arbeidsgivere har et utvalg som ikke har gått gjennom noe ennå."
        ),
        "waiting": _("Utvalget har ikke gått gjennom alle hendelsene til og med forrige kvartal."),
        "no_report": _("Utvalget har ikke gitt årsrapport de siste tolv månedene."),
        "reviewed": _("Utvalget har gått gjennom alt til og med forrige kvartal, og årsrapporten er gitt."),
    }[reason] % figures


def _committee_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    labels = {
        "never": _("Planlegg et møte i utvalget"),
        "waiting": _("Planlegg et møte i utvalget"),
        "no_report": _("Ta årsrapporten opp i et møte"),
    }
    label = labels.get(reason)
    return NextAct(label, reverse("forums:home"), COMMITTEE) if label else None


RULES = (
    EvidenceRule("evidence_1_3", "1", "evidence_1_3", _partnership_says, _partnership_next),
    EvidenceRule("evidence_aml_7_2", "1", "evidence_aml_7_2", _committee_says, _committee_next),
)
