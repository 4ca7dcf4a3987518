"""How 4.1, 4.2 and 4.3 stand, in a sentence, and what would bring them forward (`evidence.sql`)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.compliance.registry import EvidenceRule, Figures, NextAct

LEADER = gettext_lazy("Lederen for enheten")
REPRESENTATIVES = gettext_lazy("Verneombud og utvalgsmedlemmer")


def _trained_says(reason: str, figures: Figures) -> str:
    return {
        "no_meetings": _("Ingen i enheten møter brukere."),
        "no_plan": _("Enheten har ingen godkjent opplæringsplan for %(year)s."),
        "nobody_trained": _("Ingen av de %(people)s som møter brukere, har all opplæring som kreves."),
        "some_lack": _("%(lacking)s av %(people)s som møter brukere, mangler opplæring."),
        "met_untrained": _(
            "Alle er opplært nå, men %(met_untrained)s møter eller unntak uten de siste %(days)s dagene."
        ),
        "trained": _("Alle %(people)s som møter brukere, har opplæringen som kreves."),
    }[reason] % figures


def _trained_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason == "no_plan":
        return NextAct(gettext_lazy("Lag planen for året"), reverse("training:plan", args=[unit_id]), LEADER)
    if reason not in {"nobody_trained", "some_lack"}:
        return None
    url = reverse("training:unit", args=[unit_id])
    return NextAct(gettext_lazy("Se hvem som mangler hva"), f"{url}?stand=missing", LEADER)


def _risk_says(reason: str, figures: Figures) -> str:
    return {
        "no_meetings": _("Enheten bruker ingen møteformer."),
        "no_assessment": _("Det finnes ingen risikovurdering som gjelder, å bygge opplæringen på."),
        "uncovered": _("%(uncovered)s av %(risks)s risikoer over det dere godtar, har ingen opplæring."),
        "unlinked": _("%(unlinked)s av %(elements)s deler av opplæringen er ikke knyttet til en risiko."),
        "based_on_risk": _(
            "All opplæring er knyttet til en risiko, og alle risikoer over det dere godtar, er dekket."
        ),
    }[reason] % figures


def _risk_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason == "no_assessment":
        return NextAct(gettext_lazy("Gjør en risikovurdering"), reverse("risk:home"), LEADER)
    if reason not in {"uncovered", "unlinked"}:
        return None
    return NextAct(
        gettext_lazy("Knytt opplæringen til risiko"), reverse("training:requirements", args=[unit_id]), LEADER
    )


def _representatives_says(reason: str, figures: Figures) -> str:
    return {
        "nobody": _("Ingen verneombud eller utvalgsmedlemmer er registrert for enheten."),
        "lacking": _("%(lacking)s av %(people)s verneombud og utvalgsmedlemmer mangler opplæring."),
        "trained": _(
            "Alle %(people)s verneombud og utvalgsmedlemmer har grunnopplæring og særskilt opplæring."
        ),
    }[reason] % figures


def _representatives_next(reason: str, figures: Figures, unit_id: int) -> NextAct | None:
    if reason != "lacking":
        return None
    url = reverse("training:unit", args=[unit_id])
    return NextAct(gettext_lazy("Se hva som mangler"), url, REPRESENTATIVES)


RULES = (
    EvidenceRule("evidence_4_1", "2", "evidence_4_1", _trained_says, _trained_next),
    EvidenceRule("evidence_4_2", "2", "evidence_4_2", _risk_says, _risk_next),
    EvidenceRule("evidence_4_3", "1", "evidence_4_3", _representatives_says, _representatives_next),
)
