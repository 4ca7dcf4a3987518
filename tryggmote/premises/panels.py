"""What other capabilities show on the page of a building: they say so in `AppConfig.ready()`."""

from collections.abc import Callable
from typing import Any

from tryggmote.premises.models import Building

Context = Callable[[Building], dict[str, Any] | None]
"""What a panel's template shows of a building; None when there is nothing to show. At most two queries."""

_panels: dict[str, Context] = {}


def register(template: str, context: Context) -> None:
    """Put a card on the page of every building; registering the same template again replaces it."""
    _panels[template] = context


def panels_for(building: Building) -> list[dict[str, Any]]:
    """The cards to show: `template` and `shown`."""
    found = ((template, context(building)) for template, context in _panels.items())
    return [{"template": template, "shown": shown} for template, shown in found if shown is not None]
