"""Kinds of notices to tell in tests, and a mail server that really listens."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from tryggmote.notices import registry
from tryggmote.notices.registry import NoticeKind

UNKNOWN_ADDRESS = "finnes-ikke@example.invalid"


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """`tests.met`, told on the screen and by e-mail, and `tests.quiet`, only on the screen."""
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register(NoticeKind("tests.met", title="Nytt på %(place)s", body="Noe har skjedd på %(place)s."))
    registry.register(NoticeKind("tests.quiet", title="Stille", body="Bare på skjermen.", email=False))


@dataclass
class PostOffice:
    """What a mail server has received. It knows every address but one."""

    received: list[EmailMessage] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the mail server calls it so
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == UNKNOWN_ADDRESS:
            return "550 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        message = BytesParser(policy=default).parsebytes(envelope.original_content or b"")
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 OK"


@pytest.fixture
def free_port() -> Callable[[], int]:
    """Finds a port where nobody listens."""

    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find


@pytest.fixture
def post_office(settings: Settings, free_port: Callable[[], int]) -> Iterator[PostOffice]:
    """A mail server on a free port of this machine, in use by the product."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = controller.port
        yield office
    finally:
        controller.stop()
