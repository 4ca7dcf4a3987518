"""Measures, procedures and action cards as what can fill an element in a meeting form (3.2, 3.3, 3.4)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.controls import action_card_texts
from tryggmote.controls.action_card_queries import addition_in_force
from tryggmote.controls.models import Measure, Procedure
from tryggmote.controls.procedure_queries import IN_FORCE, procedures
from tryggmote.controls.queries import measures
from tryggmote.controls.vocabulary import MeasureKind
from tryggmote.residual.elements import Element
from tryggmote.residual.models import Filling

MOST_TO_CHOOSE = 60
"""Of measures and of procedures each: a page to choose from, not a register."""


@dataclass(frozen=True)
class Thing:
    """Something that can fill an element. `key` tells it from all others: "measure:<id>", "card:threat".

    `forms`: the meeting forms it is for, none for all. `is_likely`: it is about such things as the element.
    """

    key: str
    title: str
    kind: Promise | str
    url: str
    forms: tuple[str, ...]
    is_likely: bool = False

    def holds_in(self, form: str) -> bool:
        """Whether it is for this meeting form."""
        return not self.forms or form in self.forms


def thing_of(filling: Filling) -> Thing:
    """What was chosen."""
    if filling.measure:
        return _of_measure(filling.measure)
    return _of_procedure(filling.procedure) if filling.procedure else _of_card(filling.card)


def in_force_for(element: Element, form: str, *, unit_id: int, above: Collection[int]) -> list[Thing]:
    """What is in force in a unit for an element in a meeting form, what is likely first.

    `above`: the unit and those above it. Five queries at most, whatever there is.
    """
    found = [
        *_cards(element, form, unit_id),
        *_measures(element, form, above),
        *_procedures(element, form, above),
    ]
    return sorted(found, key=lambda thing: not thing.is_likely)


def _cards(element: Element, form: str, unit_id: int) -> Iterator[Thing]:
    for code in element.cards_for(form):
        if addition_in_force(unit_id, code):
            yield _of_card(code)


def _measures(element: Element, form: str, above: Collection[int]) -> Iterator[Thing]:
    found = measures(form=form).filter(unit_id__in=above, established_at__isnull=False, cancelled_at=None)
    for measure in found.defer("what")[:MOST_TO_CHOOSE]:
        yield _of_measure(measure, is_likely=measure.kind == element.kind)


def _procedures(element: Element, form: str, above: Collection[int]) -> Iterator[Thing]:
    found = procedures(form=form, show=IN_FORCE).filter(
        unit_id__in=above, review_on__gte=timezone.localdate()
    )
    for procedure in found[:MOST_TO_CHOOSE]:
        yield _of_procedure(procedure, is_likely=element.kind == MeasureKind.PROCEDURE)


def _of_measure(measure: Measure, *, is_likely: bool = False) -> Thing:
    return Thing(
        key=f"measure:{measure.id}",
        title=measure.title,
        kind=_("Tiltak"),
        url=measure.get_absolute_url(),
        forms=tuple(measure.forms),
        is_likely=is_likely,
    )


def _of_procedure(procedure: Procedure, *, is_likely: bool = False) -> Thing:
    return Thing(
        key=f"procedure:{procedure.id}",
        title=procedure.title,
        kind=procedure.kind_word,
        url=procedure.get_absolute_url(),
        forms=tuple(procedure.forms),
        is_likely=is_likely,
    )


def _of_card(code: str) -> Thing:
    text = action_card_texts.find(code)
    return Thing(
        key=f"card:{code}",
        title=str(text.title) if text else code,
        kind=_("Tiltakskort"),
        url=reverse("controls:card", args=[code]),
        forms=text.forms if text else (),
        is_likely=True,
    )
