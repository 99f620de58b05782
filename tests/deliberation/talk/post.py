"""A small mail server that speaks the real protocol on this machine, and does what a test tells it to."""

import asyncio
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """Keeps what it took. `answer(envelope)` may refuse with a line of SMTP; `hangs` waits before it says that it took a mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.receivers: list[str] = []
        self.answer: Callable[[Envelope], str | None] = lambda _envelope: None
        self.hangs = 0.0
        self.breaks = False
        self.port = 0

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Take one mail."""
        if (refusal := self.answer(envelope)) is not None:
            return refusal
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.receivers += envelope.rcpt_tos
        await asyncio.sleep(self.hangs)
        if self.breaks:
            server.transport.abort()
        return "250 taken"

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[Any]) -> str:
        """Every receiver but those that are none."""
        if address.startswith("tiada"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def opened(settings: Any) -> Iterator[PostOffice]:
    """The server, with the settings that lead to it."""
    office = PostOffice()
    office.port = free_port()
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", office.port, 5
    try:
        yield office
    finally:
        controller.stop()


def until(true: Callable[[], bool], seconds: float = 15) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)
