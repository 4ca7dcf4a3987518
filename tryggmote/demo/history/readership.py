"""Who reads what a unit is told, and how soon."""

import math
import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tryggmote.demo.history.cast import HABITS
from tryggmote.demo.history.clock import later
from tryggmote.demo.plan import County
from tryggmote.organisation.roles import Role

REPRESENTING = (Role.SAFETY_REPRESENTATIVE, Role.CHIEF_SAFETY_REPRESENTATIVE, Role.UNION_REPRESENTATIVE)
_WORKDAYS = (0, 0, 1, 1, 1, 2, 2, 3, 4, 6)


@dataclass(frozen=True)
class Readership:
    """`shares`: how many of each person's office read, by person; `thorough`: those who read everything."""

    shares: Mapping[int, float]
    thorough: frozenset[int]

    def pick(
        self, audience: Sequence[int], chance: random.Random, *, also: Collection[int] = ()
    ) -> list[int]:
        """Those of the audience who read it: the thorough, `also`, and others up to their office's share."""
        readers = {person for person in audience if person in self.thorough or person in also}
        for share in sorted({self.shares[person] for person in audience}):
            people = [person for person in audience if self.shares[person] == share]
            rest = [person for person in people if person not in readers]
            wanted = math.ceil(share * len(people)) - (len(people) - len(rest))
            readers.update(chance.sample(rest, max(0, wanted)))
        return sorted(readers)


def gather_readership(county: County, ids: Mapping[str, int]) -> Readership:
    """The reading habits of everybody in the county. Those above the offices read everything."""
    return Readership(
        shares={ids[person.key]: _share(person.unit) for person in county.people},
        thorough=frozenset(
            ids[person.key]
            for person in county.people
            if any(held.role in REPRESENTING for held in person.roles)
        ),
    )


def read_at(published: datetime, chance: random.Random) -> datetime:
    """When somebody who reads it does: the same day, or within some working days."""
    return later(published, chance.choice(_WORKDAYS), chance)


def _share(unit: str) -> float:
    office = HABITS.get(unit.split("-", maxsplit=1)[0])
    return office.reads if office else 1.0
