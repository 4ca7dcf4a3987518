"""Telling a unit's channel of a call that nobody has answered: place, unit and a link, and nobody's name."""

import logging
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tryggmote.access.context import acting_as_job
from tryggmote.assistance import channels
from tryggmote.assistance.alarm_posts import TOLD_FOR, NotTaken
from tryggmote.assistance.models import Call, UnitChannel
from tryggmote.assistance.requests import line
from tryggmote.assistance.rules import OUTSIDE
from tryggmote.assistance.vocabulary import ChannelTrouble

log = logging.getLogger(__name__)


def tell(*, unit_id: int, call_id: UUID) -> None:
    """Tell it, unless somebody comes, or it is over or old. Raises NotTaken when it is to be sent again."""
    with acting_as_job():
        channel = _channel_of(unit_id)
        call = (
            Call.objects.select_related("unit")
            .filter(
                id=call_id,
                ended_at=None,
                acknowledged_at=None,
                raised_at__gt=timezone.now() - TOLD_FOR,
            )
            .first()
        )
    if channel and call:
        _post(channel, lambda: (_("Noen trenger hjelp"), _said(call)))


def try_out(*, unit_id: int) -> None:
    """Tell it that it works, the way a call is told. Raises NotTaken."""
    with acting_as_job():
        channel = _channel_of(unit_id)
    if channel:
        _post(channel, lambda: (_("Prøve fra Tryggmøte"), _tried(channel)))


def _channel_of(unit_id: int) -> UnitChannel | None:
    return UnitChannel.objects.select_related("unit", "made_by").filter(unit_id=unit_id).first()


def _said(call: Call) -> str:
    # A client's home is told to colleagues on their screens, and is written nowhere else.
    place = "" if call.form in OUTSIDE else line(call.place)
    where = f"{call.unit.name}: {place}" if place else call.unit.name
    return f"{where}. {_('Åpne:')} {_address(call.get_absolute_url())}"


def _tried(channel: UnitChannel) -> str:
    said = _("Her får dere beskjed når noen i %(unit)s tilkaller hjelp og ingen har svart.")
    return f"{said % {'unit': channel.unit.name}} {_address(reverse('assistance:unit'))}"


def _address(path: str) -> str:
    return settings.PUBLIC_ADDRESS.rstrip("/") + path


def _post(channel: UnitChannel, words: Callable[[], tuple[str, str]]) -> None:
    with translation.override(channel.made_by.language):
        title, text = words()
    trouble = trouble_of(channel, title, text)
    told = {} if trouble else {"last_told_at": timezone.now()}
    with acting_as_job():
        UnitChannel.objects.filter(unit_id=channel.unit_id).update(last_trouble=trouble, **told)
    if trouble:
        log.warning("The channel of unit %d was not told: %s", channel.unit_id, trouble)
    if trouble == ChannelTrouble.NOT_TAKEN:
        raise NotTaken(trouble)


def trouble_of(channel: UnitChannel, title: str, text: str) -> str:
    """Why it was not told; "" when it was."""
    try:
        way = channels.open_channel(channels.unseal(channel.address))
    except channels.Unreadable:
        return ChannelTrouble.UNREADABLE
    except channels.NotOpened:
        return ChannelTrouble.NOT_OPENED
    return "" if channels.send(way, title=title, text=text) else ChannelTrouble.NOT_TAKEN
