"""Where measures come from: whoever owns a scenario, a hazard or an incident says here where its page is.

They register in `AppConfig.ready()`; a measure then leads back to what it comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Origin:
    """One kind of origin (`vocabulary.OriginKind`): what the link to it says, and its address by id."""

    kind: str
    label: Text
    url: Callable[[UUID], str]


_origins: dict[str, Origin] = {}


def register(origin: Origin) -> None:
    """Make the pages of a kind known; registering the kind again replaces it."""
    _origins[origin.kind] = origin


def origin_of(kind: str) -> Origin | None:
    """The registered origin of this kind, or None when its measures have no page to lead back to."""
    return _origins.get(kind)
