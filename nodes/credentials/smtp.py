"""Access to a mail server for sending."""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl

from headrace_sdk import Credential, CredentialType, Params, Probe, SecretError, UpstreamError
from headrace_sdk.net import reaching
from nodes.credentials.form import TEST_LIMIT_S, Encryption, encryption, plain, port, secret


class Fields(Params):
    """What it consists of."""

    host: str = plain("Host", placeholder="smtp.example.com", half=True)
    port: int = port(587)
    encryption: Encryption = encryption("starttls")
    user: str = plain("User", "", half=True, help="Empty: without sign-in.")
    password: str = secret("Password", "", half=True)


class Smtp(CredentialType):
    """RFC 5321 with AUTH (RFC 4954)."""

    id = "smtp"
    title = "E-mail: SMTP"
    documentation = "The server that e-mails are sent through."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Sign in; nothing is sent."""
        host, number = credential.values["host"], int(credential.values["port"])
        address = await probe.net.pin(host, number)
        async with reaching(host, number, TEST_LIMIT_S):
            return await asyncio.to_thread(_sign_in, credential, address)


class _Pinned(smtplib.SMTP):
    """Connects to an address that was checked; TLS keeps the name."""

    def __init__(self, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(timeout=TEST_LIMIT_S)
        self._address = address
        self._context = context

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain_socket = socket.create_connection((self._address, port), timeout)
        if self._context is None:
            return plain_socket
        return self._context.wrap_socket(plain_socket, server_hostname=host)


def _sign_in(credential: Credential, address: str) -> str:
    values = credential.values
    host, number = values["host"], int(values["port"])
    context = ssl.create_default_context()
    server = _Pinned(address, context if values["encryption"] == "tls" else None)
    server._host = host  # type: ignore[attr-defined]
    try:
        server.connect(host, number)
        if values["encryption"] == "starttls":
            server.starttls(context=context)
        if values["user"]:
            server.login(values["user"], credential.secrets["password"].reveal())
        server.noop()
    except smtplib.SMTPAuthenticationError as error:
        message = f"{host} refused user and password ({error.smtp_code})."
        raise SecretError(message, code="credential_refused") from None
    except smtplib.SMTPException as error:
        message = f"{host}:{number} does not do what was asked: {type(error).__name__}."
        raise UpstreamError(message, code="unexpected_answer", retryable=False) from None
    finally:
        server.close()
    did = f"Signed in to {host} as {values['user']}" if values["user"] else f"{host} answered"
    return f"{did}. No e-mail was sent."
