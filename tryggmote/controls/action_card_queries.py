"""What is read of action cards: the national text with what holds where one works (3.2, 3.3, 3.4, 3.6)."""

from dataclasses import dataclass

from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import SignedInPerson
from tryggmote.controls import action_card_texts as texts
from tryggmote.controls.action_card_texts import CardText, Number
from tryggmote.controls.models import CardAddition
from tryggmote.organisation.models import Unit


@dataclass(frozen=True)
class LocalLine:
    """One thing that holds here: what it is about, and what it says."""

    label: str
    text: str
    icon: str


@dataclass(frozen=True)
class Card:
    """An action card as it is shown, in the language in force.

    `local`: what the unit, or the nearest one above it, has approved; empty when nobody has. `addition` is
    the version that says it.
    """

    code: str
    title: str
    when: str
    icon: str
    call: tuple[Number, ...]
    steps: tuple[str, ...]
    note: tuple[str, ...]
    never: tuple[str, ...]
    is_for_some_forms: bool
    local: tuple[LocalLine, ...]
    addition: CardAddition | None

    @property
    def url(self) -> str:
        """Where the current version is always found."""
        return reverse("controls:card", args=[self.code])

    @property
    def edition(self) -> str:
        """What tells this version from others, as printed on paper: the national one, then the local one."""
        local = f"{self.addition.unit_id}.{self.addition.number}" if self.addition else "0"
        return f"{texts.version()}-{local}"


def card_for(*, situation: str, form: str, unit_id: int | None) -> Card | None:
    """The card for a situation in a meeting of this form, with what holds in the unit; at most one query.

    `situation`: the code of a card ("threat", "violence", "phone", "suicide", "bomb", "visit", "car",
    "digital"); a threat is answered with the card of the form when there is one. None when there is no card.
    """
    text = texts.text_for(situation, form)
    return _card(text, addition_in_force(unit_id, text.code)) if text else None


def cards_in(unit_id: int | None) -> list[Card]:
    """All cards in order, with what holds in the unit; at most one query."""
    additions = _additions(unit_id)
    return [_card(text, additions.get(text.code)) for text in texts.cards()]


def addition_in_force(unit_id: int | None, card: str) -> CardAddition | None:
    """What holds in the unit on one card: its own, else that of the nearest unit above; at most one query."""
    return _additions(unit_id, card=card).get(card)


def _additions(unit_id: int | None, **narrowed: str) -> dict[str, CardAddition]:
    if unit_id is None:
        return {}
    # From the unit itself and upwards; of two units equally near, the one that approved last.
    nearest = RawSQL(
        """
        select distinct on (a.card) a.id
        from organisation_unitclosure c
        join controls_cardaddition a on a.unit_id = c.ancestor_id and a.approved_at is not null
        where c.descendant_id = %s
        order by a.card, c.depth, a.approved_at desc, a.number desc
        """,
        [unit_id],
    )
    found = CardAddition.objects.filter(id__in=nearest, **narrowed)
    return {addition.card: addition for addition in found.select_related("unit", "approval__by")}


def _card(text: CardText, addition: CardAddition | None) -> Card:
    return Card(
        code=text.code,
        title=str(text.title),
        when=str(text.when),
        icon=text.icon,
        call=text.call,
        steps=tuple(map(str, text.steps)),
        note=tuple(map(str, text.note)),
        never=tuple(map(str, text.never)),
        is_for_some_forms=bool(text.forms),
        local=lines_of(addition) if addition else (),
        addition=addition,
    )


def lines_of(addition: CardAddition) -> tuple[LocalLine, ...]:
    """What a version says, line by line, without those left empty."""
    minutes = addition.police_minutes
    police = (
        ngettext("Regn med %(n)s minutt", "Regn med %(n)s minutter", minutes) % {"n": minutes}
        if minutes
        else ""
    )
    lines = (
        LocalLine(_("Utganger"), addition.exits, "DoorOpenIcon"),
        LocalLine(_("Møteplass"), addition.assembly_point, "PersonGroupIcon"),
        LocalLine(_("Til politiet er her"), police, "HourglassIcon"),
        LocalLine(_("Møter politiet"), addition.meets_police, "HandshakeIcon"),
        LocalLine(_("Husk også"), addition.more, "PushPinIcon"),
    )
    return tuple(line for line in lines if line.text)


def versions_of_card(unit_id: int, card: str) -> list[CardAddition]:
    """The versions of a unit's addition that one may see, the latest first; one query."""
    return list(
        CardAddition.objects.filter(unit_id=unit_id, card=card)
        .select_related("by", "approval__by")
        .order_by("-number")
    )


def draft_of_card(unit_id: int, card: str) -> CardAddition | None:
    """The version that is written on, when there is one that one may see."""
    return (
        CardAddition.objects.filter(unit_id=unit_id, card=card, approved_at=None)
        .select_related("unit", "by")
        .first()
    )


def unit_in_sight(unit_id: int) -> Unit | None:
    """The unit, when there is one with this id."""
    return Unit.objects.filter(id=unit_id).first()


def address_of_addition(card: str, unit_id: int) -> str:
    """The page on which a unit's addition to a card is written and approved."""
    return reverse("controls:card_addition", args=[card, unit_id])


def addresses_of_cards(person: SignedInPerson) -> list[str]:
    """The address of every card, in order; the same for everybody."""
    return [reverse("controls:card", args=[text.code]) for text in texts.cards()]


def national_cards() -> dict[str, list[Card]]:
    """All cards without what holds anywhere in particular, for those who are not signed in; no query."""
    return {"cards": cards_in(None)}
