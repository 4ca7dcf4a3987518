"""How other capabilities take part in the leader's guided page of an incident: they register at start.

The page knows the steps (`consequence_rules`); whoever does what a step asks for says where it is done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from tryggmote.access.context import SignedInPerson
from tryggmote.incidents.models import Incident

Text = str | Promise


@dataclass(frozen=True)
class Part:
    """Where the step `code` is done: the verb on the button, and the address it leads to.

    `completes`: whether what is done there marks the step as done (`consequences.take_step`). If not, it only
    helps, and the leader says on the guided page when it is done.
    """

    code: str
    action: Text
    url: Callable[[Incident], str]
    completes: bool = True


@dataclass(frozen=True)
class Panel:
    """A card on the incident's page. `context` gives what `template` shows, or None when it shows nothing."""

    template: str
    context: Callable[[Incident, SignedInPerson], dict[str, Any] | None]


_parts: dict[str, Part] = {}
_panels: dict[str, Panel] = {}


def register(part: Part) -> None:
    """Say where a step is done; registering the same code again replaces it."""
    _parts[part.code] = part


def register_panel(
    template: str, context: Callable[[Incident, SignedInPerson], dict[str, Any] | None]
) -> None:
    """Put a card on every incident's page, with at most two queries."""
    _panels[template] = Panel(template, context)


def part_of(code: str) -> Part | None:
    """Where the step is done; None when it is done on the page itself."""
    return _parts.get(code)


def panels_for(incident: Incident, person: SignedInPerson) -> list[dict[str, Any]]:
    """The cards to show this person: `template` and `shown`."""
    found = ((panel.template, panel.context(incident, person)) for panel in _panels.values())
    return [{"template": template, "shown": shown} for template, shown in found if shown is not None]
