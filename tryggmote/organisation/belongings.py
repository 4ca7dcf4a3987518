"""What capabilities keep for a unit that goes with it when units are merged or split (ADR 0032).

They register in `AppConfig.ready()`; that the rows go is said in their policies (`app.goes_with_unit`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.functional import Promise

NAME_SHOWN = 120
"""Characters of a name in a list to choose from."""


@dataclass(frozen=True)
class Belonging:
    """Rows of a model with a `unit`. `living`: those that can be chosen one by one; None when none can."""

    model: type[Model]
    label: str | Promise
    living: Q | None = None

    @property
    def kind(self) -> str:
        """What handovers call it: its table."""
        return self.model._meta.db_table

    def choices(self, unit_id: int) -> list[tuple[str, str]]:
        """The living rows of a unit that the one who asks sees, by name: ids with names; one query."""
        if self.living is None:
            return []
        found = self.model._default_manager.filter(self.living, unit_id=unit_id)
        return sorted(((str(row.pk), str(row)[:NAME_SHOWN]) for row in found), key=lambda choice: choice[1])


_belongings: dict[str, Belonging] = {}


def register(belongings: Iterable[Belonging]) -> None:
    """Tell what goes with a unit; registering the same model again replaces it."""
    for belonging in belongings:
        _belongings[belonging.kind] = belonging


def belongings() -> Iterator[Belonging]:
    """All that was registered, in that order."""
    return iter(_belongings.values())
