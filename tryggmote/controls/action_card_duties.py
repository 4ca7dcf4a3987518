"""What action cards ask of leaders on "Now": to read and approve what is said of their unit. One query."""

from collections.abc import Iterator

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson
from tryggmote.controls.action_card_queries import address_of_addition
from tryggmote.controls.action_card_texts import find
from tryggmote.controls.models import CardAddition
from tryggmote.duties.registry import Duty, Urgency
from tryggmote.organisation.roles import LEADS

AT_MOST = 20


def action_card_duties(person: SignedInPerson) -> Iterator[Duty]:
    """The drafts that wait in the units this person leads."""
    if not person.has_role(*LEADS):
        return
    led = RawSQL(
        "controls_cardaddition.unit_id = any ((select app.units_led())::integer[])",
        [],
        output_field=BooleanField(),
    )
    waiting = CardAddition.objects.filter(led, approved_at=None, ready_at__isnull=False)
    for draft in waiting.select_related("unit").order_by("ready_at")[:AT_MOST]:
        card = find(draft.card)
        if card is None:
            continue  # a card that a newer version no longer has
        yield Duty(
            title=_("Godkjenn det som gjelder hos dere på kortet «%(title)s»") % {"title": card.title},
            why=_("%(unit)s: Utkastet er klart. Det vises på kortet først når du har godkjent det.")
            % {"unit": draft.unit.name},
            url=address_of_addition(draft.card, draft.unit_id),
            action=_("Les utkastet"),
            due=None,
            urgency=Urgency.SOON,
            requirement="3.2",
            kind="card_addition_waiting",
        )
