"""What action cards ask of leaders on "Now", in words: to read and approve what is said of their unit (3.2).

`duties.sql` says of whom and by when.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tryggmote.controls.action_card_queries import address_of_addition
from tryggmote.controls.action_card_texts import find
from tryggmote.duties.kinds import DutyKind, Owed, Receiver, Wording


def _approving(owed: Owed) -> Wording:
    card, unit_id = find(owed.words["card"]), owed.unit_id
    assert card, "a card in use (`app.action_cards`)"
    assert unit_id, "each addition is a unit's"
    return Wording(
        title=_("Godkjenn det som gjelder hos dere på kortet «%(title)s»") % {"title": card.title},
        why=_("%(unit)s: Utkastet er klart. Det vises på kortet først når du har godkjent det.") % owed.words,
        url=address_of_addition(card.code, unit_id),
        action=_("Les utkastet"),
    )


KINDS = (
    DutyKind(
        "card_addition_waiting", "3.2", gettext_lazy("Godkjenning av tillegg til et tiltakskort"), _approving,
        goes_to=Receiver.LEADER,
    ),
)  # fmt: skip
