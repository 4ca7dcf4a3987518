"""Kinds of notices to tell in tests, and a mail server that really listens."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from tryggmote.access.tests.real_programs import free_port
from tryggmote.notices import registry
from tryggmote.notices.bounces import EMAIL_STOPPED
from tryggmote.notices.tests.gateways import Gateway, listening
from tryggmote.notices.tests.real_worker import GROUP, KIND, OTHERS

UNKNOWN_ADDRESS = "finnes-ikke@example.invalid"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """`tests.met` as most are, and one of each other strength."""
    monkeypatch.setattr(registry, "_kinds", {})
    monkeypatch.setattr(registry, "_groups", {})
    for kind in (KIND, *OTHERS, EMAIL_STOPPED):
        registry.register(kind, group=GROUP)


@dataclass
class PostOffice:
    """What a mail server has received. It knows every address but one.

    `hangs`: it takes what it is told and never says yes; `in_hand` is set when it has got something then.
    """

    port: int
    received: list[EmailMessage] = field(default_factory=list)
    hangs: bool = False
    in_hand: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(  # noqa: N802 - the mail server calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == UNKNOWN_ADDRESS:
            return f"550 No such user here: {address}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.hangs:
            self.in_hand.set()
            await asyncio.Event().wait()
        message = BytesParser(policy=default).parsebytes(envelope.original_content or b"")
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def post_office(settings: Settings) -> Iterator[PostOffice]:
    """A mail server on a free port of this machine, in use by the product."""
    office = PostOffice(free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = office.port
        yield office
    finally:
        controller.stop()


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """A gateway for text messages on a free port of this machine, in use by the product."""
    with listening() as found:
        settings.NOTICES_TEXT = found.address
        yield found
