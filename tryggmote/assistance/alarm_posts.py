"""Telling physical alarm systems that a call was raised or is over (requirements 3.2, 3.5). Without names."""

import json
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import requests
from django.utils import timezone

from tryggmote.access.context import acting_as_job
from tryggmote.access.ids import new_id
from tryggmote.assistance.alarm_systems import is_opened
from tryggmote.assistance.models import AlarmSystem, CallEvent
from tryggmote.assistance.rules import OUTSIDE
from tryggmote.assistance.signatures import HEADER, sign
from tryggmote.assistance.vocabulary import AlarmTrouble, EventKind

ANSWERS_WITHIN_S = 5
# A siren must not begin for something that was over long ago, because the worker or the network was away.
TOLD_FOR = timedelta(minutes=10)


class NotTaken(Exception):
    """The system did not take the message; it is sent again."""


def tell(*, system_id: UUID, event_number: int) -> None:
    """Send one step of a call to one system. Raises NotTaken when it is to be sent again."""
    with acting_as_job():
        system = _in_use(system_id)
        event = CallEvent.objects.select_related("call").filter(number=event_number).first()
    if system is None or event is None or _is_over(event):
        return
    call = event.call
    _post(
        system,
        event=event.kind,
        id=str(call.id),
        at=event.at,
        purpose=call.purpose,
        # A client's home is told to colleagues, and leaves us for no equipment of others.
        place="" if call.form in OUTSIDE else call.place,
        kind=call.kind,
    )


def ping(*, system_id: UUID) -> None:
    """Send a message that means nothing but that messages arrive. Raises NotTaken."""
    with acting_as_job():
        system = _in_use(system_id)
    if system is not None:
        _post(system, event="ping", id=str(new_id()), at=timezone.now())


def _in_use(system_id: UUID) -> AlarmSystem | None:
    return AlarmSystem.objects.filter(id=system_id, ended_at=None).exclude(address="").first()


def _is_over(event: CallEvent) -> bool:
    """Whether it is old, or tells that something began which has ended since."""
    has_ended = event.kind == EventKind.RAISED and event.call.ended_at is not None
    return has_ended or event.at < timezone.now() - TOLD_FOR


def _post(system: AlarmSystem, *, at: datetime, **said: Any) -> None:
    body = json.dumps({**said, "at": at.isoformat()}, ensure_ascii=False).encode()
    trouble = _trouble_of(system, body)
    told = {} if trouble else {"last_told_at": timezone.now()}
    with acting_as_job():
        AlarmSystem.objects.filter(id=system.id).update(last_trouble=trouble, **told)
    if trouble:
        raise NotTaken(trouble)


def _trouble_of(system: AlarmSystem, body: bytes) -> str:
    """Why the system did not take it; "" when it did. Never follows it to another address."""
    if not is_opened(system.address):
        return AlarmTrouble.NOT_OPENED
    headers = {
        "Content-Type": "application/json",
        HEADER: sign(body, secret=system.secret, at=int(time.time())),
    }
    try:
        with requests.post(
            system.address,
            data=body,
            headers=headers,
            timeout=ANSWERS_WITHIN_S,
            allow_redirects=False,
            stream=True,  # what it says besides the status is not read
        ) as answer:
            status = answer.status_code
    except (requests.RequestException, ValueError):
        return AlarmTrouble.NO_ANSWER
    if 200 <= status < 300:
        return ""
    return AlarmTrouble.REFUSED if status in {401, 403, 404, 410} else AlarmTrouble.FAILED
