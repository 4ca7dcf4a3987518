"""What a unit can be informed of: each capability says its kinds in `AppConfig.ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise

Text = str | Promise
Context = Mapping[str, str | int]


@dataclass(frozen=True)
class ItemKind:
    """One kind of news and its words, as translatable texts with `%(name)s` for what differs.

    `body`: what has happened, in a sentence. The words may hold the title of a document, never a client.
    """

    code: str
    title: Text
    body: Text
    icon: str

    def title_for(self, context: Context) -> str:
        """The title in the language in force. Raises KeyError when `context` lacks a name."""
        return str(self.title) % context

    def body_for(self, context: Context) -> str:
        """The sentence below the title in the language in force. Raises KeyError as `title_for`."""
        return str(self.body) % context

    @property
    def name(self) -> str:
        """What the kind is called without what differs: "Nytt tiltak: %(title)s" gives "Nytt tiltak"."""
        return (str(self.title) % _Nothing()).strip(" :–")


class _Nothing(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return ""


_kinds: dict[str, ItemKind] = {}


def register(kind: ItemKind) -> None:
    """Make a kind known. Raises ValueError when its code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"The kind of information {kind.code!r} is registered twice.")
    _kinds[kind.code] = kind


def kind_of(code: str) -> ItemKind:
    """The kind with this code. Raises KeyError when nobody has registered it."""
    return _kinds[code]


def kinds() -> list[ItemKind]:
    """All kinds, in the order they were registered."""
    return list(_kinds.values())
