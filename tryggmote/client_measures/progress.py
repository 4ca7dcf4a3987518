"""How far a case has come, part by part, for its page: what is done, what is next, what is missing first."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tryggmote.client_measures import rules
from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import ClientMeasure
from tryggmote.client_measures.rules import Blank, Standing
from tryggmote.client_measures.vocabulary import Outcome, StepKind
from tryggmote.ui.dates import day


@dataclass(frozen=True)
class Action:
    """Something to press. `is_main`: it is what the part is about."""

    label: str
    url: str
    is_main: bool = False


@dataclass
class Part:
    """One part of the case, in the order they come. `text` says what is done, or what it is for."""

    title: str
    text: str
    is_done: bool
    actions: list[Action] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    is_next: bool = False


class Pages:
    """The addresses of a case's pages."""

    def __init__(self, case: ClientMeasure) -> None:
        self.case = case

    def write(self, part: str) -> str:
        """Where a part of the text is written."""
        return reverse(f"client_measures:{part}", args=[self.case.id])

    def step(self, name: str) -> str:
        """Where a step is taken."""
        return reverse("client_measures:step", args=[self.case.id, name])

    def letter(self, name: str) -> str:
        """Where a letter is read."""
        return reverse("client_measures:letter", args=[self.case.id, name])


def parts_of(case: ClientMeasure, standing: Standing, today: date) -> list[Part]:
    """The parts of the case for whoever looks. The first that is not done is next."""
    pages = Pages(case)
    now = rules.possible_now(case, today, has_open_complaint=case.has_open_complaint)
    parts = [
        _basis(case, pages),
        _weighing(case, pages, today),
        _warning(case, pages, now),
        _hearing(case, pages, now, today),
        _decision(case, pages, standing, today),
    ]
    if case.decided_at:
        parts += [_telling(case, pages), _while_it_lasts(case, pages, standing, now, today)]
    upcoming = next((part for part in parts if not part.is_done), None)
    if upcoming:
        upcoming.is_next = True
    return parts


def _basis(case: ClientMeasure, pages: Pages) -> Part:
    blanks = [*rules.before_forewarning(case, guidelines()), *rules.blanks_of_basis(case)]
    part = Part(
        _("Hva saken bygger på"),
        _("Hva som har skjedd, hvilket tiltak dere vurderer, og hva det skal forebygge."),
        is_done=not blanks,
    )
    if case.decided_at is None:
        part.blanks = blanks if case.facts or case.code else []
        label = _("Skriv hva saken bygger på") if not part.is_done else _("Endre hva saken bygger på")
        part.actions.append(Action(label, pages.write("grunnlag"), is_main=True))
    return part


def _weighing(case: ClientMeasure, pages: Pages, today: date) -> Part:
    blanks = [
        *rules.blanks_of_weighing(case, guidelines()),
        *rules.blanks_of_period(case, guidelines(), today),
    ]
    part = Part(
        _("Mildere tiltak, forholdsmessighet og tid"),
        _(
            "Hva dere har prøvd og vurdert først, hva det betyr for brukeren, og "
            "hvordan brukeren får hjelp imens."
        ),
        is_done=bool(case.decided_at) or not blanks,
    )
    if case.from_on and case.to_on:
        part.text = _("Fra %(first)s til og med %(last)s.") % {
            "first": day(case.from_on),
            "last": day(case.to_on),
        }
    if case.decided_at is None and case.code:
        part.blanks = blanks if case.proportionality or case.from_on else []
        label = _("Skriv vurderingen") if not part.is_done else _("Endre vurderingen")
        part.actions.append(Action(label, pages.write("vurdering"), is_main=True))
    elif case.decided_at is None:
        part.text = _("Velg først hvilket tiltak dere vurderer, så ser du hva som er mildere.")
    return part


def _warning(case: ClientMeasure, pages: Pages, now: frozenset[StepKind]) -> Part:
    part = Part(
        _("Forhåndsvarsel"),
        _("Brukeren får vite hva dere vurderer og hvorfor, før noe er bestemt."),
        is_done=bool(case.forewarned_at or case.is_exempted or case.decided_at),
    )
    if case.forewarned_at and case.respond_by:
        part.text = _("Varslet %(day)s, med frist %(due)s.") % {
            "day": day(case.forewarned_at),
            "due": day(case.respond_by),
        }
    elif case.is_exempted:
        part.text = _("Unntak fra varsel, med grunn. Brukeren kan fortsatt si sitt syn.")
    if StepKind.FOREWARNED in now and not case.forewarned_at:
        part.blanks = rules.before_forewarning(case, guidelines())
        if not part.blanks:
            part.actions += [
                Action(_("Se og last ned brevet"), pages.letter("varsel"), is_main=True),
                Action(_("Skriv inn at brukeren er varslet"), pages.step("varsel")),
            ]
        if not case.is_exempted:
            part.actions.append(Action(_("Gjør unntak fra varsel"), pages.step("unntak")))
    return part


def _hearing(case: ClientMeasure, pages: Pages, now: frozenset[StepKind], today: date) -> Part:
    part = Part(
        _("Brukerens syn"),
        _("Brukeren får si hva som har skjedd, og hva tiltaket betyr."),
        is_done=bool(case.heard_at or case.is_exempted or case.decided_at),
    )
    if case.heard_at:
        part.text = _("Skrevet inn %(day)s.") % {"day": day(case.heard_at)}
    elif case.respond_by and case.forewarned_at:
        part.text = _("Fristen er %(day)s.") % {"day": day(case.respond_by)}
    if StepKind.ANSWERED in now:
        part.actions.append(Action(_("Skriv inn svaret"), pages.step("svar"), is_main=True))
    if StepKind.SILENT in now and not case.heard_at:
        part.actions.append(Action(_("Det kom ikke noe svar"), pages.step("ikke-svar")))
    return part


def _decision(case: ClientMeasure, pages: Pages, standing: Standing, today: date) -> Part:
    part = Part(_("Avgjørelse"), _("Lederen for enheten avgjør, ingen andre."), is_done=bool(case.decided_at))
    if case.decided_at:
        when = {"outcome": Outcome(case.outcome).label, "day": day(case.decided_at)}
        part.text = _("%(outcome)s. Avgjort %(day)s.") % when
        return part
    part.blanks = rules.before_decision(case, guidelines(), today)
    if standing.decides and not standing.is_own_matter:
        part.actions.append(
            Action(
                _("Les og avgjør") if not part.blanks else _("Les saken"), pages.step("avgjor"), is_main=True
            )
        )
    elif standing.is_own_matter and standing.decides:
        part.text = _(
            "Du er selv en del av en hendelse i saken, og kan ikke avgjøre den. "
            "En annen leder for enheten må gjøre det."
        )
    if not standing.decides or standing.is_own_matter:
        if case.submitted_at:
            part.text = _("Lederen er bedt om å avgjøre.")
        elif not part.blanks:
            part.actions.append(Action(_("Be lederen avgjøre"), pages.step("til-lederen"), is_main=True))
    return part


def _telling(case: ClientMeasure, pages: Pages) -> Part:
    name = "vedtak" if case.outcome == Outcome.IMPOSED else "ingen-tiltak"
    part = Part(
        _("Brevet til brukeren"),
        _("Tiltaket gjelder først når brukeren har fått vedtaket. Send det fra Navs eget system."),
        is_done=case.told_on is not None,
    )
    if case.told_on:
        part.text = _("Brukeren fikk det %(day)s.") % {"day": day(case.told_on)}
    else:
        part.actions.append(Action(_("Brukeren har fått brevet"), pages.step("sendt")))
    part.actions.insert(0, Action(_("Se og last ned brevet"), pages.letter(name), is_main=not part.is_done))
    return part


def _while_it_lasts(
    case: ClientMeasure, pages: Pages, standing: Standing, now: frozenset[StepKind], today: date
) -> Part:
    lasts = bool(now & {StepKind.REVIEWED})
    part = Part(
        _("Mens det gjelder"),
        _("Tiltaket er slutt. Det er ikke noe mer å gjøre enn å legge saken i arkivet."),
        is_done=not lasts and not case.has_open_complaint,
    )
    if case.outcome == Outcome.DECLINED:
        part.title, part.text = _("Etterpå"), _("Det ble ikke noe tiltak.")
    elif lasts and case.to_on and case.review_on:
        part.text = _(
            "Slutter av seg selv etter %(last)s. Lederen vurderer det på nytt senest %(review)s."
        ) % {
            "last": day(case.to_on),
            "review": day(case.review_on),
        }
    may = standing.decides and not standing.is_own_matter
    if case.has_open_complaint:
        part.text = _("Brukeren har klaget. Lederen svarer skriftlig.")
        if may:
            part.actions.append(Action(_("Svar på klagen"), pages.step("klagesvar"), is_main=True))
    if lasts and may:
        part.actions += [
            Action(_("Vurder på nytt"), pages.step("ny-vurdering"), is_main=not case.has_open_complaint),
            Action(_("Opphev tiltaket"), pages.step("opphev")),
        ]
    part.actions.append(Action(_("Skriv inn en klage"), pages.step("klage")))
    return part
