"""The words of the pages: what each step is called, what follows from it, and the text of a case as pairs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import ClientMeasure
from tryggmote.client_measures.vocabulary import StepKind, Weighed
from tryggmote.ui.dates import day

Words = str | Promise


@dataclass(frozen=True)
class StepTexts:
    """A step on its page: title, what follows (before the button), the verb on it, the answer after it."""

    title: Words
    follows: Words
    action: Words
    done: Words


STEP_TEXTS = {
    StepKind.FOREWARNED: StepTexts(
        _("Brukeren er varslet"),
        _(
            "Brevet blir lagret i saken slik det er nå. Lederen kan avgjøre når "
            "svaret er kommet, eller fristen er ute."
        ),
        _("Lagre varselet"),
        _("Varselet er skrevet inn."),
    ),
    StepKind.EXEMPTED: StepTexts(
        _("Unntak fra varsel"),
        _("Hovedregelen er at brukeren får vite om saken først. Unntaket og grunnen står i vedtaket."),
        _("Gjør unntak"),
        _("Unntaket er skrevet inn. Brukeren kan fortsatt si sitt syn."),
    ),
    StepKind.ANSWERED: StepTexts(
        _("Brukerens syn"),
        _(
            "Det blir stående slik du skriver det, også når det er uenig med dere. "
            "Flere svar kan skrives inn."
        ),
        _("Lagre svaret"),
        _("Brukerens syn er skrevet inn. Les grunnlaget på nytt med det i hånden."),
    ),
    StepKind.SILENT: StepTexts(
        _("Det kom ikke noe svar"),
        _("At brukeren ikke svarte, er ikke et argument for tiltaket."),
        _("Lagre"),
        _("Det er skrevet inn at det ikke kom noe svar."),
    ),
    StepKind.SUBMITTED: StepTexts(
        _("Be lederen avgjøre"),
        _("Lederen for enheten får beskjed. Endrer noen teksten etterpå, må du be på nytt."),
        _("Be lederen avgjøre"),
        _("Lederen har fått beskjed."),
    ),
    StepKind.DECIDED: StepTexts(
        _("Les og avgjør"),
        _(
            "Etterpå kan teksten ikke endres. Brevet blir laget, og tiltaket gjelder "
            "når brukeren har fått det."
        ),
        _("Avgjør saken"),
        _("Saken er avgjort. Nå skal brukeren få brevet."),
    ),
    StepKind.TOLD: StepTexts(
        _("Brukeren har fått brevet"),
        _(
            "Er det et tiltak som flere på kontoret må vite om, registrerer dere det "
            "i Navs eget system. Ikke her."
        ),
        _("Lagre"),
        _("Det er skrevet inn at brukeren har fått brevet."),
    ),
    StepKind.REVIEWED: StepTexts(
        _("Vurder på nytt"),
        _("Tiltaket slutter den samme dagen som før. Det kan ikke forlenges; da trengs en ny sak."),
        _("Behold tiltaket"),
        _("Vurderingen er lagret."),
    ),
    StepKind.LIFTED: StepTexts(
        _("Opphev tiltaket"),
        _("Det gjelder ikke lenger fra nå. Fjern det i Navs eget system også, og send brukeren brevet."),
        _("Opphev tiltaket"),
        _("Tiltaket er opphevet. Send brukeren brevet."),
    ),
    StepKind.COMPLAINED: StepTexts(
        _("Brukeren har klaget"),
        _("Lederen får beskjed, og svarer skriftlig. Tiltaket gjelder imens."),
        _("Lagre klagen"),
        _("Klagen er skrevet inn, og lederen har fått beskjed."),
    ),
    StepKind.COMPLAINT_ANSWERED: StepTexts(
        _("Svar på klagen"),
        _("Svaret blir et brev som dere sender brukeren."),
        _("Lagre svaret"),
        _("Svaret er lagret. Send brukeren brevet."),
    ),
}


def written_in(case: ClientMeasure) -> list[tuple[Words, str]]:
    """What is written in a case, as label and text; what is empty is left out."""
    ours = guidelines()
    code = ours.code(case.code)
    milder = [
        (rung.name, case.milder_means[rung.code])
        for rung in ours.milder_than(case.code)
        if case.milder_means.get(rung.code, {}).get("why")
    ]
    pairs: list[tuple[Words, str]] = [
        (_("Tiltaket"), f"{code.name} ({code.code})" if code else ""),
        (_("Hva har skjedd"), case.facts),
        (_("Skal forebygge"), case.prevents),
        (_("Gjelder hvor"), case.place),
        *((str(name), _weighed(weighed)) for name, weighed in milder),
        (_("Forholdsmessighet"), case.proportionality),
        (_("Hjelp imens"), case.services),
        (_("Fra og med"), day(case.from_on) if case.from_on else ""),
        (_("Til og med"), day(case.to_on) if case.to_on else ""),
        (_("Ny vurdering"), day(case.review_on) if case.review_on else ""),
    ]
    return [(label, text) for label, text in pairs if text]


def _weighed(weighed: dict[str, str]) -> str:
    answer = weighed.get("answer")
    word = f"{Weighed(answer).label}. " if answer in Weighed.values else ""
    return f"{word}{weighed.get('why', '')}"
