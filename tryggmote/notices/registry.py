"""What can be told: each capability says its kinds when the program starts, in `AppConfig.ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise
Context = Mapping[str, str | int]


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice and its words, as translatable texts with `%(name)s` for what differs.

    The words go into e-mail too: they say that something happened and where, never what people wrote.
    """

    code: str
    title: Text
    body: Text
    email: bool = True

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
