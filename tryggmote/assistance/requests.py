"""What a page sends when somebody calls for help or answers: read the same way by both programs.

Reading never stops a call: what cannot be understood is left out, and help is called without it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from tryggmote.assistance.models import PLACE_LIMIT
from tryggmote.assistance.vocabulary import Answer, Kind, Purpose
from tryggmote.organisation.meeting_forms import MeetingForm


class NotACall(ValueError):
    """There is no id in it, so it cannot be sent twice without becoming two calls."""


@dataclass(frozen=True)
class CallRequest:
    """A call as the page sends it. `unit`: the one whose pages are shown; `contact`: who is told first.

    `device`, `alarm_system`: never from a page; what a physical alarm has signed (`alarm_systems.py`).
    """

    id: UUID
    purpose: str = Purpose.REAL.value
    kind: str = ""
    silent: bool = False
    form: str = ""
    place: str = ""
    unit: int | None = None
    contact: int | None = None
    device: str = ""
    alarm_system: str | None = None

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        """From a form or JSON. Raises NotACall without an id; a purpose nobody knows is the real one."""
        unit = str(sent.get("unit") or "")
        return cls(
            id=call_id(sent.get("id")),
            purpose=_one_of(Purpose.values, sent.get("purpose")) or Purpose.REAL.value,
            kind=_one_of(Kind.values, sent.get("kind")),
            silent=sent.get("silent") in (True, "true", "1", "on"),
            form=_one_of(MeetingForm.values, sent.get("form")),
            place=line(sent.get("place")),
            unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 10 else None,
        )

    def given(self) -> dict[str, Any]:
        """What the database is given beside the id (`app.raise_call`)."""
        return {name: value for name, value in asdict(self).items() if name != "id"}


def call_id(value: Any) -> UUID:
    """The id in `value`. Raises NotACall when there is none."""
    try:
        return UUID(str(value))
    except ValueError as error:
        raise NotACall(str(value)[:80]) from error


def answer(value: Any) -> str:
    """`coming` or `cannot`; "" for anything else."""
    return _one_of(Answer.values, value)


def kind(value: Any) -> str | None:
    """A kind of call; None when nothing was chosen."""
    return _one_of(Kind.values, value) or None


def line(value: Any, limit: int = PLACE_LIMIT) -> str:
    """One line of text that fits the place; PostgreSQL holds no zero bytes."""
    text = value if isinstance(value, str) else ""
    return " ".join(text.replace("\x00", "").split())[:limit]


def _one_of(known: list[Any], value: Any) -> str:
    return value if isinstance(value, str) and value in known else ""
