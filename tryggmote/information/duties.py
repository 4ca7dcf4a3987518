"""What is to be read, on "Now", in words: each important thing by itself, the rest together (1.1, 2.3).

`duties.sql` says of whom and by when.
"""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.duties.kinds import DutyKind, Owed, Wording
from tryggmote.information.registry import kind_of

READING = "2.3"
STANDING = "3.0"
"""Only what takes the place of something that is missing stands."""


def _important(owed: Owed) -> Wording:
    return _of_item(owed, _("Les: %(title)s"), _("Les"))


def _standing(owed: Owed) -> Wording:
    return _of_item(owed, _("Les og bekreft: %(title)s"), _("Les og bekreft"))


def _of_item(owed: Owed, title: str, action: str) -> Wording:
    kind, context = kind_of(owed.words["kind"]), owed.words["context"]
    return Wording(
        title=title % {"title": kind.title_for(context)},
        why=f"{owed.words['unit']}: {kind.body_for(context)}",
        url=reverse("information:read", args=[owed.subject]),
        action=action,
    )


def _the_rest(owed: Owed) -> Wording:
    return Wording(
        title=_("Les nytt fra enheten (%(number)s)") % owed.words,
        why=_("Vurderinger, tiltak og rutiner som er nye eller endret."),
        url=f"{reverse('information:feed')}?show=unread",
        action=_("Les nytt"),
    )


# Who has not read is seen as a share (1.1, 2.3); a name on a list of what is late would be about the person.
KINDS = (
    DutyKind(
        "information_important",
        READING,
        gettext_lazy("Lesing av noe viktig fra enheten"),
        _important,
        escalates=False,
    ),
    DutyKind(
        "information_standing",
        STANDING,
        gettext_lazy("Lesing av det som gjelder i stedet"),
        _standing,
        escalates=False,
    ),
    DutyKind(
        "information_unread", READING, gettext_lazy("Lesing av nytt fra enheten"), _the_rest, escalates=False
    ),
)
