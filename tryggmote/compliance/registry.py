"""How the status of a requirement is computed: each capability says its rules in `AppConfig.ready()`.

A rule is an SQL view (`<capability>/evidence.sql`) and the words for what it finds. Nobody sets a status.

The views are made anew with the policies, as the owner's: they count what those who ask may not see one by
one, so each must restrict itself to `app.units_measured()`. A migration that changes a column a view reads
begins by dropping the view. Helper views that rules share are named `evidence_part_...`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
Figures = Mapping[str, Any]
"""What the view counted, from its column `figures`."""

COLUMNS = {"unit_id": "bigint", "state": "text", "reason": "text", "figures": "jsonb", "runs_out_on": "date"}
"""Of a rule's view. `state`: one of `states.State` but NOT_MEASURED; `reason`: a code of the rule."""


@dataclass(frozen=True)
class NextAct:
    """What would bring the requirement forward: what to do, where, and who owes it ("Lederen av enheten")."""

    label: Text
    url: str
    who: Text


@dataclass(frozen=True)
class EvidenceRule:
    """One requirement's rule.

    `name`: as in the catalogue's YAML, "evidence_2_1". `version`: raised when the view changes what it asks.
    `view`: the name of the SQL view, with the columns of `COLUMNS`, one row for each unit it measures.
    `says`: one plain sentence for a reason code and its figures. `next_act`: for a reason code, its figures
    and the unit's id; None when nothing is owed.
    """

    name: str
    version: str
    view: str
    says: Callable[[str, Figures], str]
    next_act: Callable[[str, Figures, int], NextAct | None]

    def __post_init__(self) -> None:
        """They stand in SQL; and only views with such names are made anew with the policies."""
        for name in (self.name, self.view):
            if not re.fullmatch(r"evidence_[a-z0-9_]+", name):
                raise ValueError(f"{name!r} is not a name like evidence_2_1.")
        if not re.fullmatch(r"[a-z0-9.-]{1,20}", self.version):
            raise ValueError(f"{self.version!r} is not a version like 1.")


_rules: dict[str, EvidenceRule] = {}


def register(rule: EvidenceRule) -> None:
    """Make a rule known. Raises ValueError when its name is taken."""
    if rule.name in _rules:
        raise ValueError(f"The evidence rule {rule.name!r} is registered twice.")
    _rules[rule.name] = rule


def rules() -> dict[str, EvidenceRule]:
    """All registered rules by name."""
    return dict(_rules)
