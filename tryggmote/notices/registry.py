"""What can be told: each capability says its kinds when the program starts, in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.functional import Promise

Text = str | Promise
Context = Mapping[str, str | int]


@dataclass(frozen=True)
class PushAct:
    """A button on a pushed notice: what is answered there without opening a page (`ui/sw.js`).

    `to`: the address it is posted to, seen from that of the notice. `fields`: what is posted, beside an id
    and when it was pressed. `done`: said once it has been taken.
    """

    code: str
    label: Text
    to: Text
    fields: Mapping[str, str] = field(default_factory=dict)
    done: Text = field(kw_only=True)


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice and its words, as translatable texts with `%(name)s` for what differs.

    The words go into e-mail too: they say that something happened and where, never what people wrote.
    `push`: it wakes phones and closed browsers; `acts`: the two buttons there is room for on it.
    """

    code: str
    title: Text
    body: Text
    email: bool = True
    push: bool = False
    acts: tuple[PushAct, ...] = ()

    def title_for(self, context: Context) -> str:
        """The title in the language in force. Raises KeyError when `context` lacks a name."""
        return str(self.title) % context

    def body_for(self, context: Context) -> str:
        """The sentence below the title in the language in force. Raises KeyError as `title_for`."""
        return str(self.body) % context


_kinds: dict[str, NoticeKind] = {}


def register(kind: NoticeKind) -> None:
    """Make a kind known. Raises ValueError when its code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"The notice kind {kind.code!r} is registered twice.")
    _kinds[kind.code] = kind


def kind_of(code: str) -> NoticeKind:
    """The kind with this code. Raises KeyError when nobody has registered it."""
    return _kinds[code]


Pusher = Callable[[Sequence[UUID]], None]
_pushers: list[Pusher] = []


def register_pusher(defer: Pusher) -> None:
    """Who wakes phones: `defer` is called in the transaction of the act, with the notices that are pushed."""
    _pushers.append(defer)


def push(notice_ids: Sequence[UUID]) -> None:
    """Have these notices pushed, by whoever can."""
    for defer in _pushers:
        defer(notice_ids)
