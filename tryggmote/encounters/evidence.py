"""The words of the evidence rules of 2.2 and AML § 4-1 (3); what they count is in `evidence.sql`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct
from tryggmote.organisation.meeting_forms import MeetingForm

LEADER = gettext_lazy("Lederen av enheten")
WHO_MEET_CLIENTS = gettext_lazy("De som møter brukere")


def _says_of_checks(reason: str, figures: Figures) -> str:
    if reason == "unanswered":
        n = figures["unanswered"]
        return ngettext(
            "%(n)s stans eller meldt risiko har ikke fått svar i tide.",
            "%(n)s stanser eller meldte risikoer har ikke fått svar i tide.",
            n,
        ) % {"n": n}
    if reason in ("checked", "few_checked") and figures["held"]:
        return (
            _("%(checked)s av %(held)s møter de siste %(days)s dagene var sjekket på forhånd.")
            + (" " + _("Alt som er meldt, har fått svar.") if reason == "checked" else "")
        ) % figures
    return {
        "no_meetings": _("Enheten møter ikke brukere."),
        "nothing_checked": _("Ingen har sjekket et møte de siste %(days)s dagene."),
        "few_checked": _("For få av møtene de siste %(days)s dagene var sjekket på forhånd."),
        "checked": _("Møtene blir sjekket på forhånd, og alt som er meldt, har fått svar."),
    }[reason] % figures


def _next_act_of_checks(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    acts = {
        "nothing_checked": (_("Sjekk neste møte"), reverse("encounters:today"), WHO_MEET_CLIENTS),
        "few_checked": (_("Sjekk neste møte"), reverse("encounters:today"), WHO_MEET_CLIENTS),
        "unanswered": (_("Svar dem som har meldt"), reverse("encounters:risks"), LEADER),
    }
    return NextAct(*acts[reason]) if reason in acts else None


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


CHECKS = EvidenceRule("evidence_2_2", "1", "evidence_2_2", _says_of_checks, _next_act_of_checks)
LONE_WORKING = EvidenceRule("evidence_aml_4_1", "1", "evidence_aml_4_1", _says, _next_act)
