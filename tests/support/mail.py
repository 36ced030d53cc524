"""A mail server on this machine that keeps what it takes and refuses what it is told to."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


@dataclass
class Mailbox:
    """What was taken. `answers` are replies by recipient, or by the command `data`."""

    port: int = 0
    user: bytes = b""
    password: bytes = b""
    taken: list[Envelope] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 - the library's names
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Count who greets."""
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient, unless told otherwise."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_MAIL(  # noqa: N802 - the library's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender who has signed in, where that is wanted."""
        if self.user and not session.authenticated:
            return "530 sign in first"
        envelope.mail_from = address
        return "250 ok"

    async def handle_DATA(  # noqa: N802 - the library's names
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, unless told otherwise."""
        if self.answers.get("data") == "hang up":
            self.taken.append(envelope)
            cast("Any", server.transport).abort()
            return ""
        if "data" in self.answers:
            return self.answers["data"]
        self.taken.append(envelope)
        return "250 taken"

    @property
    def letters(self) -> list[EmailMessage]:
        """The e-mails, parsed."""
        return [
            cast(
                "EmailMessage",
                message_from_bytes(
                    cast("bytes", one.content).replace(b"\r\n", b"\n"), policy=default
                ),
            )
            for one in self.taken
        ]


class OnFreePort(Controller):
    """Knocks at the port that it was given, not at 0, to see whether it has started."""

    def _trigger_server(self) -> None:
        self.port = cast("Any", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(
    *, user: str = "", password: str = "", tls: ssl.SSLContext | None = None
) -> Iterator[Mailbox]:
    """One at work; with a user it wants a sign-in, with `tls` it offers STARTTLS."""
    box = Mailbox(user=user.encode(), password=password.encode())

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any
    ) -> AuthResult:
        fits = (given.login, given.password) == (box.user, box.password)
        return AuthResult(success=fits, handled=False)

    controller = OnFreePort(
        box,
        hostname="127.0.0.1",
        port=0,
        ready_timeout=60,
        authenticator=check,
        auth_require_tls=False,
        tls_context=tls,
    )
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
