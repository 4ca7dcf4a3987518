"""The words of the evidence rule of AML § 4-1 third paragraph; what it counts is in `evidence.sql`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct
from tryggmote.organisation.meeting_forms import MeetingForm

LEADER = gettext_lazy("Lederen av enheten")


def _says(reason: str, figures: Figures) -> str:
    if reason == "not_out":
        return _("Enheten har ingen møteformer utenfor kontoret.")
    if reason == "not_assessed":
        forms = ", ".join(str(MeetingForm(form).label) for form in figures["missing"])
        return _("Å være alene er ikke vurdert for: %(forms)s.") % {"forms": forms}
    if reason == "unanswered":
        n = figures["unanswered"]
        return ngettext(
            "%(n)s gang de siste 90 dagene kom det aldri svar fra den som var ute.",
            "%(n)s ganger de siste 90 dagene kom det aldri svar fra den som var ute.",
            n,
        ) % {"n": n}
    if not figures["outings"]:
        return _(
            "Å være alene er vurdert for alle møteformene utenfor kontoret. Ingen har sjekket ut på 90 dager."
        )
    return _(
        "Å være alene er vurdert for alle møteformene utenfor kontoret. De siste 90 dagene: sjekket ut "
        "%(outings)s ganger, og %(missed)s manglende svar, alle fulgt opp."
    ) % {"outings": figures["outings"], "missed": figures["missed"]}


def _next_act(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    acts = {
        "not_assessed": (_("Vurder møteformene som mangler"), reverse("risk:home")),
        "unanswered": (_("Se hvem som er ute"), reverse("encounters:outings")),
    }
    return NextAct(*acts[reason], who=LEADER) if reason in acts else None


RULE = EvidenceRule("evidence_aml_4_1", "1", "evidence_aml_4_1", _says, _next_act)
