"""How the state of an item is said and shown: a tag in words (colour is never alone)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tryggmote.equipment.rules import State


@dataclass(frozen=True)
class Look:
    word: str | Promise
    variant: str


LOOKS = {
    State.FAILING: Look(_("Virker ikke"), "error"),
    State.NEVER: Look(_("Ikke testet ennå"), "warning"),
    State.LATE: Look(_("Over fristen"), "warning"),
    State.SOON: Look(_("Skal snart testes"), "info"),
    State.TESTED: Look(_("Virker"), "success"),
    State.OUT: Look(_("Tatt ut"), "neutral"),
}
