"""Physical alarm systems: setting one up, and hearing it when a button is pressed (requirements 3.2, 3.5).

Telling them of calls is `alarm_posts.py`. What installers need to know is `docs/drift/alarmsystemer.md`.
"""

import json
import secrets
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tryggmote.access.context import SignedInPerson, acting_as, acting_as_job
from tryggmote.access.errors import NotAllowed
from tryggmote.assistance import acts, rules, services
from tryggmote.assistance.asking import State, ask
from tryggmote.assistance.models import DEVICE_LIMIT, AlarmSystem, Call
from tryggmote.assistance.queries import units_led
from tryggmote.assistance.requests import CallRequest, NotACall, line
from tryggmote.assistance.signatures import is_signed

LARGEST_BODY = 4 * 1024
# A system that somebody has taken over, or that has gone wrong, could call for ever. After these all know.
CALLS_A_MINUTE = 20
_A_MINUTE = timedelta(minutes=1)
# Compared with when there is no such system, so that the answer takes as long.
_NOBODYS = secrets.token_urlsafe(32)


class NotOurs(Exception):
    """No alarm system in use has signed this; which of the two is wrong is not said."""


class TooMany(Exception):
    """It has raised so many calls in a minute that one more would tell nobody anything."""


class NoCaller(Exception):
    """The one responsible is not at work here any more, and no leader is registered."""


@dataclass(frozen=True)
class AlarmSystemDraft:
    """An alarm system as it is set up. `address`: where it is told of calls; empty when it only raises."""

    id: UUID
    unit_id: int
    name: str
    responsible_id: int
    address: str


@transaction.atomic
def set_up(*, by: SignedInPerson, draft: AlarmSystemDraft) -> str:
    """Set one up. Returns its secret, which nothing can show again; "" when the same form came before.

    Raises: NotAllowed for others than administrators and the leader of the unit.
    """
    refuse_others(by, draft.unit_id)
    if AlarmSystem.objects.filter(id=draft.id).exists():
        return ""
    secret = secrets.token_urlsafe(32)
    AlarmSystem.objects.create(**vars(draft), secret=secret, made_by_id=by.id)
    return secret


@transaction.atomic
def change(*, system: AlarmSystem, name: str, responsible_id: int, address: str) -> None:
    """Another name, person or address. The database lets only those who keep it do so."""
    AlarmSystem.objects.filter(id=system.id, ended_at=None).update(
        name=name, responsible_id=responsible_id, address=address
    )


@transaction.atomic
def end(*, system: AlarmSystem) -> None:
    """It is heard and told no more. The same again changes nothing."""
    AlarmSystem.objects.filter(id=system.id, ended_at=None).update(ended_at=timezone.now())


def refuse_others(by: SignedInPerson, unit_id: int | None = None) -> None:
    """Raises NotAllowed for those who keep no alarm systems; with `unit_id`, not those of that unit."""
    if not rules.may_connect(by, units_led(), unit_id):
        raise NotAllowed(
            _("Bare lederen av enheten og systemadministratorer setter opp alarmanlegg."),
            _("Snakk med lederen din."),
        )


def is_opened(address: str) -> bool:
    """Whether those who run the installation have opened for this address (ALARM_SYSTEM_ADDRESSES)."""
    origin = _origin(address)
    return origin is not None and origin in {_origin(opened) for opened in settings.ALARM_SYSTEM_ADDRESSES}


def _origin(address: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    except (ValueError, KeyError):
        return None
    # A name before the host makes one address look like another.
    return (parts.scheme, parts.hostname, port) if parts.hostname and "@" not in parts.netloc else None


def hear(*, system_id: UUID, signature: str, body: bytes) -> State:
    """A button was pressed: call for help in the name of the one responsible. The same id is the same call.

    Raises: NotOurs for what no system in use has signed within five minutes; NotACall for what is no call;
    TooMany; NoCaller; NotAllowed when the id is of somebody else's call.
    """
    with acting_as_job():
        system = _the_one_that_signed(system_id, signature, body)
        _note_heard(system)
        caller = ask(acts.CALLER_OF_ALARM_SYSTEM, system=system.id)
    request = _read(system, body)
    _refuse_a_flood(system, request)
    if caller is None:
        raise NoCaller
    with acting_as(caller):
        return services.raise_call(request)


def _the_one_that_signed(system_id: UUID, signature: str, body: bytes) -> AlarmSystem:
    system = AlarmSystem.objects.filter(id=system_id, ended_at=None).first()
    secret = system.secret if system else _NOBODYS
    if not is_signed(signature, body, secret=secret, now=time.time()) or system is None:
        raise NotOurs
    return system


def _note_heard(system: AlarmSystem) -> None:
    """At most once a minute: what is sent again and again must not make us write again and again."""
    now = timezone.now()
    AlarmSystem.objects.filter(
        Q(last_heard_at=None) | Q(last_heard_at__lt=now - _A_MINUTE), id=system.id
    ).update(last_heard_at=now)


def _read(system: AlarmSystem, body: bytes) -> CallRequest:
    try:
        sent: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotACall("not JSON") from error
    if not isinstance(sent, dict):
        raise NotACall("not a JSON object")
    said = {name: sent.get(name) for name in ("id", "purpose", "kind", "place")}
    return replace(
        CallRequest.read(said),
        unit=system.unit_id,
        device=line(sent.get("device"), DEVICE_LIMIT) or system.name,
        alarm_system=str(system.id),
    )


def _refuse_a_flood(system: AlarmSystem, request: CallRequest) -> None:
    with acting_as_job():
        latest = Call.objects.filter(
            unit_id=system.unit_id, alarm_system_id=system.id, raised_at__gt=timezone.now() - _A_MINUTE
        )
        is_known = Call.objects.filter(id=request.id).exists()
        if not is_known and latest.count() >= CALLS_A_MINUTE:
            raise TooMany
