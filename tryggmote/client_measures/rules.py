"""What may be done in a case, by whom, and what is missing first. No database, no request.

Source: Sivilombudet, who asks for forewarning and hearing, milder means, at most twelve weeks, a decision by
the leader of the unit and a written answer to a complaint. The database refuses the same (`policies.sql`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tryggmote.client_measures.guidelines import Guidelines
from tryggmote.client_measures.vocabulary import BY_LEADER, Outcome, StepKind, Weighed

Words = str | Promise

# Eleven digits, however they are grouped, is a national identity number or a D-number.
_ELEVEN_DIGITS = re.compile(r"([0-9][^0-9A-Za-z]*){11}")
# In running text: six and five digits, as such numbers are written. Telephone numbers are grouped otherwise.
_WRITTEN_NUMBER = re.compile(r"(?<!\d)\d{6}[ .-]?\d{5}(?!\d)")


class Text(Protocol):
    """What is written in a case, and what follows from the steps taken."""

    code: str
    facts: str
    prevents: str
    place: str
    milder_means: Mapping[str, Mapping[str, str]]
    proportionality: str
    services: str
    from_on: date | None
    to_on: date | None
    review_on: date | None
    forewarned_at: datetime | None
    is_exempted: bool
    respond_by: date | None
    heard_at: datetime | None
    decided_at: datetime | None
    outcome: str
    told_on: date | None
    lifted_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """What the one who looks is to the case. `is_own_matter`: they are part of an incident it rests on."""

    decides: bool
    is_own_matter: bool
    is_creator: bool


@dataclass(frozen=True)
class Blank:
    """Something that must be there first: what, why, and where it is filled in (a page of the case)."""

    field: str
    what: Words
    why: Words
    page: str


def names_somebody(reference: str) -> bool:
    """Whether a reference holds eleven digits: it names a person, not a case."""
    return _ELEVEN_DIGITS.search(reference) is not None


def holds_identity_number(text: str) -> bool:
    """Whether somebody's national identity number stands in a text."""
    return _WRITTEN_NUMBER.search(text) is not None


def before_forewarning(case: Text, guidelines: Guidelines) -> list[Blank]:
    """What the client must be told of, or the warning says nothing."""
    blanks = []
    if guidelines.code(case.code) is None:
        blanks.append(_blank("code", _("Tiltaket"), _("Brukeren må få vite hva dere vurderer."), "grunnlag"))
    if not case.facts.strip():
        blanks.append(
            _blank("facts", _("Hva har skjedd"), _("Brukeren må få vite hva saken bygger på."), "grunnlag")
        )
    return blanks


def before_decision(case: Text, guidelines: Guidelines, today: date) -> list[Blank]:
    """Everything a decision to set a measure in force needs, in the order it is done."""
    return [
        *before_forewarning(case, guidelines),
        *blanks_of_basis(case),
        *blanks_of_weighing(case, guidelines),
        *blanks_of_period(case, guidelines, today),
        *_hearing(case, today),
    ]


def blanks_of_basis(case: Text) -> list[Blank]:
    """What is missing of purpose and scope."""
    blanks = []
    if not case.prevents.strip():
        why = _("Tiltaket skal forebygge. Det er ikke en straff.")
        blanks.append(_blank("prevents", _("Hva tiltaket skal forebygge"), why, "grunnlag"))
    if not case.place.strip():
        why = _("Brukeren må vite hvor det gjelder.")
        blanks.append(_blank("place", _("Hvor det gjelder"), why, "grunnlag"))
    return blanks


def blanks_of_weighing(case: Text, guidelines: Guidelines) -> list[Blank]:
    """What is missing of milder means, proportionality and services."""
    unweighed = [rung for rung in guidelines.milder_than(case.code) if not _is_weighed(case, rung.code)]
    blanks = [
        _blank(
            f"why_{rung.code}",
            format_lazy("{}: {}", _("Mildere tiltak"), str(rung.name)),
            _("Alt som er mildere, må være prøvd eller vurdert, med en grunn."),
            "vurdering",
        )
        for rung in unweighed
    ]
    if not case.proportionality.strip():
        why = _("Tiltaket må stå i forhold til det som har skjedd, og til hva det betyr for brukeren.")
        blanks.append(_blank("proportionality", _("Forholdsmessighet"), why, "vurdering"))
    if not case.services.strip():
        why = _("Brukeren har rett til hjelp mens tiltaket gjelder.")
        blanks.append(_blank("services", _("Hvordan brukeren får hjelp"), why, "vurdering"))
    return blanks


def _is_weighed(case: Text, rung: str) -> bool:
    weighed = case.milder_means.get(rung, {})
    return weighed.get("answer") in Weighed.values and bool(weighed.get("why", "").strip())


def blanks_of_period(case: Text, guidelines: Guidelines, today: date) -> list[Blank]:
    """What is wrong with the days: a decision begins today or later, and lasts twelve weeks at most."""
    if case.from_on is None or case.to_on is None:
        why = _("Et tiltak må ha en slutt.")
        return [_blank("to_on", _("Fra og til"), why, "vurdering")]
    blanks = []
    if case.from_on < today:
        why = _("Første dag har vært. Et vedtak gjelder ikke bakover i tid.")
        blanks.append(_blank("from_on", _("Fra"), why, "vurdering"))
    if case.from_on > today + timedelta(days=guidelines.begins_within_days):
        why = _("Velg en tidligere dag. Et tiltak begynner når det trengs.")
        blanks.append(_blank("from_on", _("Fra"), why, "vurdering"))
    if case.to_on > guidelines.last_day(case.from_on):
        why = format_lazy(_("Høyst {} uker i ett vedtak."), guidelines.longest_days // 7)
        blanks.append(_blank("to_on", _("Til"), why, "vurdering"))
    if case.review_on is None or not case.from_on <= case.review_on <= case.to_on:
        why = _("Lederen ser på det igjen mens det gjelder.")
        blanks.append(_blank("review_on", _("Ny vurdering"), why, "vurdering"))
    return blanks


def _hearing(case: Text, today: date) -> list[Blank]:
    if case.is_exempted or case.heard_at:
        return []
    if case.forewarned_at is None:
        why = _("Brukeren skal få vite om saken og si sitt syn før noe blir bestemt.")
        return [_blank("forewarned", _("Forhåndsvarsel"), why, "steg/varsel")]
    if case.respond_by and case.respond_by >= today:
        why = _("Brukeren har fortsatt tid til å svare. Kommer svaret før, skriver du det inn.")
    else:
        why = _("Fristen er ute. Skriv inn svaret, eller at det ikke kom noe.")
    return [_blank("heard", _("Brukerens syn"), why, "steg/svar")]


def _blank(field: str, what: Words, why: Words, page: str) -> Blank:
    return Blank(field, what, why, page)


def middle_of(first: date, last: date) -> date:
    """The day on which a measure is looked at again, unless somebody chooses another: halfway."""
    return first + timedelta(days=(last - first).days // 2)


def may_take(kind: StepKind, standing: Standing) -> bool:
    """Whether somebody who handles the case may take such a step at all; its time is another question.

    Only the leader of the unit decides (enhetsleder), and never in their own matter (forvaltningsloven § 6).
    """
    return kind not in BY_LEADER or (standing.decides and not standing.is_own_matter)


def possible_now(case: Text, today: date, *, has_open_complaint: bool) -> frozenset[StepKind]:
    """The steps whose time has come, whoever takes them. The same stands in the database."""
    steps: set[StepKind] = set()
    if case.decided_at is None:
        steps |= {StepKind.FOREWARNED, StepKind.EXEMPTED, StepKind.SUBMITTED, StepKind.DECIDED}
        if case.forewarned_at or case.is_exempted:
            steps.add(StepKind.ANSWERED)
        if case.respond_by and case.respond_by < today:
            steps.add(StepKind.SILENT)
        return frozenset(steps)
    steps |= {StepKind.COMPLAINED, StepKind.ARCHIVED}
    if case.told_on is None:
        steps.add(StepKind.TOLD)
    if has_open_complaint:
        steps.add(StepKind.COMPLAINT_ANSWERED)
    if case.outcome == Outcome.IMPOSED and not case.lifted_at and case.to_on and case.to_on >= today:
        steps |= {StepKind.REVIEWED, StepKind.LIFTED}
    return frozenset(steps)


def may_name(standing: Standing) -> bool:
    """Whether they may name others who handle the case: whoever made it, and the leader."""
    return standing.is_creator or standing.decides
