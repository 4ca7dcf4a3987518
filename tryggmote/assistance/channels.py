"""A unit's channel outside Tryggmøte: which addresses may be one, and sending to it (requirements 3.2-3.4).

An address is written by a leader and may lead anywhere, and some of Apprise's read files: so only services
and hosts that those who run it have opened (`ASSISTANCE_CHANNELS`), with nothing added (ADR 0022).
"""

from base64 import urlsafe_b64encode
from hashlib import sha256
from urllib.parse import unquote, urlsplit

import apprise
from apprise.plugins.workflows import NotifyWorkflows
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction

from tryggmote.access.context import SignedInPerson
from tryggmote.assistance.models import UnitChannel

# What a webhook of Microsoft's has in its own address; a name that begins with + is a header.
_ALLOWED = {"api-version", "sp", "sv", "sig", "ver"}
_TEAMS = "workflows"
# Never led elsewhere by what is at the address.
_ASSET = apprise.AppriseAsset(app_id="Tryggmøte", app_url="", http_redirects=False)


class NotOpened(ValueError):
    """The address leads to a service or a host that is not opened, or is no address."""


class Unreadable(ValueError):
    """The address was sealed with another SECRET_KEY."""


def open_channel(address: str) -> apprise.NotifyBase:
    """The channel at an address, as Apprise knows it or as Teams shows it. Raises NotOpened."""
    channel = apprise.Apprise.instantiate(address.strip(), asset=_ASSET)
    if channel is None or not _has_nothing_added(address) or not _is_opened(channel, address):
        raise NotOpened
    return channel


@transaction.atomic
def set_up(*, by: SignedInPerson, unit_id: int, name: str, address: str) -> None:
    """Give a unit a channel, instead of the one it had. The database lets only those do so who may.

    Raises: NotOpened.
    """
    service = service_of(open_channel(address))
    UnitChannel.objects.filter(unit_id=unit_id).delete()
    UnitChannel.objects.create(
        unit_id=unit_id, name=name, service=service, address=seal(address), made_by_id=by.id
    )


@transaction.atomic
def tell_news(*, unit_id: int, wanted: bool) -> None:
    """Whether the channel also says each morning how much is new. The database lets only those who may."""
    UnitChannel.objects.filter(unit_id=unit_id).update(tells_news=wanted)


@transaction.atomic
def remove(*, unit_id: int) -> None:
    """The unit has no channel any more. The same again changes nothing."""
    UnitChannel.objects.filter(unit_id=unit_id).delete()


def service_of(channel: apprise.NotifyBase) -> str:
    """What it leads to, for people; nothing of the address."""
    return "Microsoft Teams" if isinstance(channel, NotifyWorkflows) else str(channel.service_name)


def send(channel: apprise.NotifyBase, *, title: str, text: str) -> bool:
    """Whether it took the message. Takes a few seconds at most."""
    way = apprise.Apprise(asset=_ASSET)
    way.add(channel)
    return bool(way.notify(title=title, body=text))


def seal(address: str) -> str:
    """Made unreadable for whoever reads the database or a copy of it."""
    return _lock().encrypt(address.strip().encode()).decode()


def unseal(sealed: str) -> str:
    """The address. Raises Unreadable when SECRET_KEY has been changed since."""
    try:
        return _lock().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable from error


def _lock() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(f"tryggmote channels {settings.SECRET_KEY}".encode()).digest()))


def _scheme(channel: apprise.NotifyBase, address: str) -> str:
    """Apprise's name for the service. Only of Teams the address may be given as it is on the web."""
    is_teams = isinstance(channel, NotifyWorkflows)
    return _TEAMS if is_teams else address.strip().partition("://")[0].lower()


def _has_nothing_added(address: str) -> bool:
    """Parameters make Apprise read files, other addresses, other methods."""
    names = [unquote(part.partition("=")[0]) for part in urlsplit(address).query.split("&") if part]
    return all(name in _ALLOWED or name.startswith("+") for name in names)


def _is_opened(channel: apprise.NotifyBase, address: str) -> bool:
    """`scheme://` opens a service, `scheme://host[:port]` a host of it, `scheme://.domain` a whole domain."""
    for opened in settings.ASSISTANCE_CHANNELS:
        scheme, _, host = opened.partition("://")
        if scheme == _scheme(channel, address) and _is_at(channel, host.lower()):
            return True
    return False


def _is_at(channel: apprise.NotifyBase, host: str) -> bool:
    at = str(channel.host or "").lower()
    if host.startswith("."):
        return at.endswith(host) and channel.port in (None, 443)
    return host in ("", at, f"{at}:{channel.port}") and (host != at or channel.port is None)
