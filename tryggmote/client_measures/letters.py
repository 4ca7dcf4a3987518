"""The letters to the client, in bokmål or nynorsk by the client's own form (språklova § 15).

A letter is generated from the case and kept as it was with the step it belongs to. The client's name is not
here: the letter has a blank, filled in where it is sent from.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from tryggmote.client_measures.guidelines import guidelines
from tryggmote.client_measures.models import ClientMeasure, Step
from tryggmote.client_measures.vocabulary import Outcome, StepKind, Weighed


class Letter(TextChoices):
    """The letters there are."""

    FOREWARNING = "varsel", _("Forhåndsvarsel")
    DECISION = "vedtak", _("Vedtak")
    NO_MEASURE = "ingen-tiltak", _("Melding om at det ikke blir noe tiltak")
    LIFTING = "oppheving", _("Melding om at tiltaket er opphevet")
    COMPLAINT_ANSWER = "klagesvar", _("Svar på klage")


_OF_STEP = {
    StepKind.FOREWARNED: Letter.FOREWARNING,
    StepKind.DECIDED: Letter.DECISION,
    StepKind.LIFTED: Letter.LIFTING,
    StepKind.COMPLAINT_ANSWERED: Letter.COMPLAINT_ANSWER,
}


def letter_of(step: Step) -> Letter | None:
    """Which letter belongs to a step; None where there is none."""
    if step.kind == StepKind.DECIDED and step.outcome == Outcome.DECLINED:
        return Letter.NO_MEASURE
    return _OF_STEP.get(StepKind(step.kind))


def sections(text: str) -> list[tuple[str, str]]:
    """The letter for a page: heading and text. Two empty lines stand before a heading, and "" is none."""
    found = []
    for part in re.split(r"\n{3,}", text.strip()):
        heading, blank, body = part.partition("\n\n")
        found.append((heading, body) if blank and "\n" not in heading else ("", part))
    return found


@dataclass(frozen=True)
class MilderMeans:
    """A rung of the ladder as the letter tells of it."""

    name: str
    was_tried: bool
    why: str


def text_of(letter: Letter, case: ClientMeasure, step: Step, *, steps: list[Step], today: date) -> str:
    """The letter in the client's form of Norwegian, about `step`; `steps`: what was done before."""
    language = case.letter_language
    code = guidelines().code(case.code)
    with translation.override(language):
        context = {
            "case": case,
            "unit": case.unit.name,
            "step": step,
            "signed_by": step.by.name,
            "today": _day(today),
            "measure": getattr(code.name, language) if code else "",
            "what_it_means": getattr(code.in_letter, language) if code else "",
            "milder": _milder(case, language),
            "from_on": _day(case.from_on),
            "to_on": _day(case.to_on),
            "review_on": _day(case.review_on),
            "respond_by": _day(step.due_on),
            "views": [one.text for one in steps if one.kind == StepKind.ANSWERED],
            "was_forewarned": any(one.kind == StepKind.FOREWARNED for one in steps),
            "exception": _exception(steps, language),
        }
        template = f"client_measures/letters/{letter.value}.{language}.txt"
        return render_to_string(template, context).strip() + "\n"


def _milder(case: ClientMeasure, language: str) -> list[MilderMeans]:
    weighed = case.milder_means
    return [
        MilderMeans(
            getattr(rung.name, language),
            weighed[rung.code].get("answer") == Weighed.TRIED,
            weighed[rung.code].get("why", ""),
        )
        for rung in guidelines().milder_than(case.code)
        if rung.code in weighed
    ]


def _exception(steps: list[Step], language: str) -> str:
    made = next((one for one in steps if one.kind == StepKind.EXEMPTED), None)
    named = next((e for e in guidelines().exceptions if made and e.code == made.exception), None)
    return getattr(named.name, language) if named else ""


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else ""
