"""What can be told: each capability says its kinds when the program starts, in `AppConfig.ready()`."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from tryggmote.notices.vocabulary import Group, Strength

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
    `why`: the reason why it cannot be put off, of one that is `LIFE` or `AT_ONCE`. `acts`: the two buttons
    there is room for where it is pushed. `for_unit`: it is about the unit as a whole and may be counted in
    the unit's channel. Raises ValueError when `why` is lacking, or given for one that can be put off.
    """

    code: str
    title: Text
    body: Text
    strength: Strength = Strength.SOON
    why: Text = ""
    acts: tuple[PushAct, ...] = ()
    for_unit: bool = False

    def __post_init__(self) -> None:
        if bool(self.why) != (self.strength in (Strength.LIFE, Strength.AT_ONCE)):
            raise ValueError(f"{self.code!r}: what cannot be put off says why, and nothing else does.")

    def title_for(self, context: Context) -> str:
        """The title in the language in force. Raises KeyError when `context` lacks a name."""
        return str(self.title) % context

    def body_for(self, context: Context) -> str:
        """The sentence below the title in the language in force. Raises KeyError as `title_for`."""
        return str(self.body) % context


_kinds: dict[str, NoticeKind] = {}
_groups: dict[str, Group] = {}


def register(kind: NoticeKind, *, group: Group) -> None:
    """Make a kind known, and what it is about. Raises ValueError when its code is taken."""
    if kind.code in _kinds:
        raise ValueError(f"The notice kind {kind.code!r} is registered twice.")
    _kinds[kind.code] = kind
    _groups[kind.code] = group


def kind_of(code: str) -> NoticeKind:
    """The kind with this code. Raises KeyError when nobody has registered it."""
    return _kinds[code]


def codes() -> list[str]:
    """The codes of all kinds."""
    return list(_kinds)


def group_of(code: str) -> Group:
    """What a kind is about. Raises KeyError as `kind_of`."""
    return _groups[code]


def strength_of(code: str) -> Strength:
    """How strong a kind is; that of an ordinary one for a kind of another version."""
    return _kinds[code].strength if code in _kinds else Strength.SOON


def kinds_for_units() -> list[str]:
    """The codes of those that are about a unit as a whole."""
    return [code for code, kind in _kinds.items() if kind.for_unit]


def reasons(group: Group) -> list[Text]:
    """Why something in a group cannot be put off, each reason once."""
    found = [kind.why for code, kind in _kinds.items() if kind.why and _groups[code] is group]
    return list({str(why): why for why in found}.values())
