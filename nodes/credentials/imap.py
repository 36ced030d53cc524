"""Access to a mailbox for reading."""

from __future__ import annotations

import asyncio
import imaplib
import socket
import ssl

from headrace_sdk import Credential, CredentialType, Params, Probe, SecretError
from headrace_sdk.net import reaching
from nodes.credentials.form import TEST_LIMIT_S, Encryption, encryption, plain, port, secret


class Fields(Params):
    """What it consists of."""

    host: str = plain("Host", placeholder="imap.example.com", half=True)
    port: int = port(993)
    encryption: Encryption = encryption("tls")
    user: str = plain("User", half=True)
    password: str = secret("Password", half=True)


class Imap(CredentialType):
    """RFC 3501."""

    id = "imap"
    title = "E-mail: IMAP"
    documentation = "The mailbox that e-mails are read from."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Sign in; nothing is read."""
        host, number = credential.values["host"], int(credential.values["port"])
        address = await probe.net.pin(host, number)
        async with reaching(host, number, TEST_LIMIT_S):
            return await asyncio.to_thread(_sign_in, credential, address)


class _Pinned(imaplib.IMAP4):
    """Connects to an address that was checked; TLS keeps the name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None) -> None:
        self._address = address
        self._context = context
        super().__init__(host, port, TEST_LIMIT_S)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain_socket = socket.create_connection((self._address, self.port), timeout)
        if self._context is None:
            return plain_socket
        return self._context.wrap_socket(plain_socket, server_hostname=self.host)


def _sign_in(credential: Credential, address: str) -> str:
    values = credential.values
    host, number = values["host"], int(values["port"])
    context = ssl.create_default_context()
    box = _Pinned(host, number, address, context if values["encryption"] == "tls" else None)
    try:
        if values["encryption"] == "starttls":
            box.starttls(context)
        box.login(values["user"], credential.secrets["password"].reveal())
    except imaplib.IMAP4.abort as error:
        raise EOFError from error
    except imaplib.IMAP4.error:
        message = f"{host} refused user and password."
        raise SecretError(message, code="credential_refused") from None
    finally:
        box.shutdown()
    return f"Signed in to {host} as {values['user']}."
