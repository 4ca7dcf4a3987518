"""A unit's channel in the morning: how much is new for the unit since the last working day.

Figures only, of kinds that are about the unit as a whole (`NoticeKind.for_unit`): nobody's name, and nothing
of incidents, which few are told of.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tryggmote.access.context import acting_as_job
from tryggmote.assistance.channel_posts import trouble_of
from tryggmote.assistance.models import UnitChannel
from tryggmote.assistance.vocabulary import ChannelTrouble
from tryggmote.notices import digests
from tryggmote.notices.carriers import Outcome
from tryggmote.notices.models import Delivery
from tryggmote.notices.registry import group_of
from tryggmote.notices.vocabulary import Group, Trouble


class UnitChannelCarrier:
    """One channel at a time: each has an address of its own."""

    def is_set_up(self) -> bool:
        """Each unit sets up its own."""
        return True

    def reaches(self, ids: Collection[int]) -> set[int]:
        """Those of the units that have a channel and want to be told there."""
        found = UnitChannel.objects.filter(unit_id__in=ids, tells_news=True)
        return set(found.values_list("unit_id", flat=True))

    def carry(self, batch: Sequence[Delivery]) -> Iterator[Outcome]:
        """Say how much is new in each; a channel that was removed meanwhile is told nothing."""
        found = [delivery.of_digest for delivery in batch]
        with acting_as_job():
            matters = digests.matters_of(found)
            known = {
                channel.unit_id: channel
                for channel in UnitChannel.objects.filter(
                    unit_id__in=[digest.unit_id for digest in found], tells_news=True
                ).select_related("unit", "made_by")
            }
        for delivery in batch:
            yield _tell(delivery, known.get(delivery.of_digest.unit_id or 0), matters)


def said(channel: UnitChannel, matters: Mapping[str, int]) -> str:
    """What the channel says, in the language in force. `matters`: how many of each kind of notice."""
    counts: dict[Group, int] = {}
    for kind, count in matters.items():
        counts[group_of(kind)] = counts.get(group_of(kind), 0) + count
    total = sum(counts.values())
    new = ngettext("Én ny sak for %(unit)s", "%(count)d nye saker for %(unit)s", total)
    parts = ", ".join(f"{group.label}: {counts[group]}" for group in Group if group in counts)
    address = settings.PUBLIC_ADDRESS.rstrip("/") + reverse("notices:list")
    return f"{new % {'count': total, 'unit': channel.unit.name}}. {parts}. {_('Åpne:')} {address}"


def _tell(
    delivery: Delivery, channel: UnitChannel | None, matters: Mapping[int, Mapping[str, int]]
) -> Outcome:
    if channel is None:
        return Outcome(delivery, Trouble.GONE, is_final=True)
    with translation.override(channel.made_by.language):
        text = said(channel, matters.get(channel.unit_id, {}))
        trouble = trouble_of(channel, _("Nytt i Tryggmøte"), text)
    if not trouble:
        return Outcome(delivery)
    return Outcome(delivery, Trouble(trouble), is_final=trouble != ChannelTrouble.NOT_TAKEN)
