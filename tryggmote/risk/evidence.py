"""The words of the evidence rules of 1.1, 2.1, 2.3 and AML § 3-2; what they count is in `evidence.sql`."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct
from tryggmote.controls.vocabulary import ProcedureKind
from tryggmote.organisation.meeting_forms import MeetingForm

VERSION = "1"
LEADER = gettext_lazy("Lederen av enheten")
INSTRUCTIONS = urlencode({"kind": ProcedureKind.WRITTEN_INSTRUCTION.value})


def _says(reason: str, figures: Figures) -> str:
    sentences = {
        "no_assessment": _("Ingen risikovurdering er godkjent ennå."),
        "expired": _("Risikovurderingen har gått ut."),
        "unheard": _("Verneombud eller ansatte har ikke uttalt seg om en vurdering som gjelder."),
        "done": _("Risikoen er vurdert, tiltakene følges opp, og de ansatte er informert."),
    }
    return sentences.get(reason) or _counted(reason, figures)


def _counted(reason: str, figures: Figures) -> str:
    if reason == "without_measure":
        n = figures["without_measure"]
        return ngettext(
            "%(n)s risiko over det dere godtar, har ikke noe tiltak som kan virke.",
            "%(n)s risikoer over det dere godtar, har ikke noe tiltak som kan virke.",
            n,
        ) % {"n": n}
    if reason == "overdue":
        n = figures["overdue"]
        return ngettext("%(n)s tiltak er over fristen.", "%(n)s tiltak er over fristen.", n) % {"n": n}
    if reason == "without_evaluation":
        n = figures["without_evaluation"]
        return ngettext(
            "Virkningen av %(n)s tiltak er ikke vurdert i tide.",
            "Virkningen av %(n)s tiltak er ikke vurdert i tide.",
            n,
        ) % {"n": n}
    return _("%(readers)s av %(audience)s har lest den siste informasjonen.") % {
        "readers": figures["readers"],
        "audience": figures["audience"],
    }


def _covered(reason: str, figures: Figures) -> str:
    missing = ", ".join(str(MeetingForm(form).label) for form in figures["missing"])
    if reason == "no_meetings":
        return _("Enheten har ikke oppgitt noen møteformer.")
    if reason == "covered":
        return _("Alle møteformene enheten bruker, er vurdert.")
    if reason == "expired":
        return _("Vurderingen har gått ut eller mangler for: %(forms)s.") % {"forms": missing}
    return _("Disse møteformene er ikke vurdert: %(forms)s.") % {"forms": missing}


def _instructed(reason: str, figures: Figures) -> str:
    if reason == "no_instruction":
        n = figures["uninstructed"]
        return ngettext(
            "%(n)s situasjon er særlig farlig og mangler skriftlig instruks.",
            "%(n)s situasjoner er særlig farlige og mangler skriftlig instruks.",
            n,
        ) % {"n": n}
    sentences = {
        "no_assessment": _("Ingen risikovurdering sier hva som er særlig farlig arbeid."),
        "expired": _("Risikovurderingen har gått ut."),
        "none_dangerous": _("Ingen situasjon er merket som særlig farlig i vurderingene som gjelder."),
        "review_passed": _("En instruks er ikke gjennomgått i tide."),
        "not_read": _("Ikke alle som skal ha lest instruksen, har gjort det (%(readers)s av %(audience)s)."),
        "in_force": _("Instruksen gjelder, er gjennomgått i tide og lest av alle som har hatt tid til det."),
    }
    return sentences[reason] % figures


def _next_act(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    acts = {
        "no_assessment": (_("Begynn en risikovurdering"), reverse("risk:home")),
        "expired": (_("Gå gjennom vurderingen på nytt"), reverse("risk:home")),
        "not_covered": (_("Vurder møteformene som mangler"), reverse("risk:home")),
        "no_meetings": (_("Velg møteformer"), reverse("organisation:unit", args=[unit_id])),
        "unheard": (_("Åpne vurderingen, og hør dem"), reverse("risk:home")),
        "without_measure": (_("Planlegg tiltak"), reverse("risk:home")),
        "overdue": (_("Se tiltakene over fristen"), f"{reverse('controls:measures')}?due=overdue"),
        "without_evaluation": (
            _("Vurder virkningen"),
            f"{reverse('controls:measures')}?due=unevaluated",
        ),
        "unread": (_("Minn dem på å lese"), reverse("information:feed")),
    }
    return NextAct(*acts[reason], who=LEADER) if reason in acts else None


def _next_about_instructions(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    instructions = f"{reverse('controls:procedures')}?{INSTRUCTIONS}"
    new_instruction = f"{reverse('controls:new_procedure')}?{INSTRUCTIONS}"
    acts = {
        "no_instruction": NextAct(_("Skriv en instruks"), new_instruction, LEADER),
        "review_passed": NextAct(_("Gå gjennom instruksen"), instructions, LEADER),
        "not_read": NextAct(_("Les instruksen"), instructions, _("De som ikke har lest")),
    }
    return acts.get(reason) or _next_act(reason, figures, unit_id)


RULES = (
    EvidenceRule("evidence_1_1", "2", "evidence_1_1", _says, _next_act),
    EvidenceRule("evidence_2_1", VERSION, "evidence_2_1", _covered, _next_act),
    EvidenceRule("evidence_2_3", "2", "evidence_2_3", _says, _next_act),
    EvidenceRule("evidence_aml_3_2", "2", "evidence_aml_3_2", _instructed, _next_about_instructions),
)
