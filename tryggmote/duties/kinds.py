"""The kinds of duty: who owes what by when is an SQL view; what it is called and where it is done, Python.

A capability has one view `duty_<code>` a kind in its `duties.sql`, with the columns of `COLUMNS` and one row
for each person and thing; it registers the kind in `AppConfig.ready()`. The views are made anew with the
policies, as their owner's: they say what everybody owes, so nobody reads them but `app.duties_of_me()` and
the ledger. Parts that views share are named `duty_part_...`. A view asks for the day with `app.today()` and
never for `now()`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from django.db.models import QuerySet

from tryggmote.access.context import SignedInPerson
from tryggmote.duties.owed import Owed
from tryggmote.duties.registry import Text
from tryggmote.organisation.models import Person

COLUMNS = {
    "person_id": "bigint",
    "subject": "text",
    "unit_id": "bigint",
    "due_at": "timestamptz",
    "urgency": "smallint",
    "words": "jsonb",
}
"""Of a kind's view. `subject`: which thing, the same as long as it is that thing; each person has it once.

`unit_id`: where it is owed, null for what has no place. `urgency`: one of `Urgency`. `words`: what is said.
"""


class Receiver(Enum):
    """Whom a duty can be handed to, because they may do what it asks."""

    NOBODY = "nobody"
    COLLEAGUE = "colleague"
    """Anybody who works in the unit."""
    LEADER = "leader"
    """Another who leads the unit. Not for what is about a person: they may be another employer's."""


@dataclass(frozen=True)
class Wording:
    """How a duty is told. `title`: what, as an act. `why`: one sentence. `action`: the verb on the link.

    `requirement`: another number in the standard than its kind's, when this one serves another.
    """

    title: str
    why: str
    url: str
    action: str
    requirement: str = ""


@dataclass(frozen=True)
class OneOfSeveral:
    """One of several things that are done at once. `id`: of the act, the same when the form is sent again.

    `to_person_id`: who was chosen for all of them, None where nobody is.
    """

    by: SignedInPerson
    subject: str
    id: UUID
    to_person_id: int | None


@dataclass(frozen=True)
class Together:
    """How several of a kind are done at once: only where nobody has to judge each by itself (ADR 0060).

    `title`: what is done, of several. `says`: what follows, in a sentence. `act` does one of them, with its
    own checks and trace; when it raises, none is done. `people`: who can be chosen for all; None: nobody is.
    """

    title: Text
    says: Text
    button: Text
    act: Callable[[OneOfSeveral], None]
    people: Callable[[Sequence[Owed]], QuerySet[Person]] | None = None


@dataclass(frozen=True)
class DutyKind:
    """Duties of one sort.

    `code`: the view is `duty_<code>`. `requirement`: the number in the standard it serves, "" for none.
    `called`: what it is about in a few words, for those who are told that it is late ("Test av utstyr").
    `says`: the words of one. `escalates`: False where its capability goes to the next leader itself, and
    where nobody else is to know. `goes_to`: whom it can be handed to. `together`: how several are done
    at once, where they can be.
    """

    code: str
    requirement: str
    called: Text
    says: Callable[[Owed], Wording]
    escalates: bool = True
    goes_to: Receiver = Receiver.NOBODY
    together: Together | None = None

    def __post_init__(self) -> None:
        """The code stands in SQL."""
        if not re.fullmatch(r"[a-z][a-z0-9_]+", self.code):
            raise ValueError(f"{self.code!r} is not a code like equipment_due.")

    @property
    def view(self) -> str:
        """The name of its view."""
        return f"duty_{self.code}"


_kinds: dict[str, DutyKind] = {}


def register(*some: DutyKind) -> None:
    """Make kinds known. Raises ValueError when a code is taken."""
    for kind in some:
        if kind.code in _kinds:
            raise ValueError(f"The duty {kind.code!r} is registered twice.")
        _kinds[kind.code] = kind


def kinds() -> dict[str, DutyKind]:
    """All registered kinds by code."""
    return dict(_kinds)
