"""Hands e-mails to the server of an SMTP credential, and says what became of them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from typing import Final, Self

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
)

from headrace_sdk import Credential, JsonObject, Net, SecretError, UpstreamError
from headrace_sdk.errors import Sent
from headrace_sdk.net import open_socket, reaching
from nodes.messages.mail import Letter

CONNECT_LIMIT_S: Final = 20.0
ANSWER_LIMIT_S: Final = 60.0
_NAME: Final = "[127.0.0.1]"
"""How we greet (RFC 5321, 4.1.3): the names of our machines are nobody's business."""


class MailServer:
    """Connects with the first letter; open it as an async context manager."""

    def __init__(self, net: Net, credential: Credential) -> None:
        self._net = net
        self._credential = credential
        self._client: SMTP | None = None
        self.host = credential.values["host"]
        self.port = int(credential.values["port"])

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *error: object) -> None:
        self._drop()

    async def send(self, letter: Letter) -> Sequence[JsonObject]:
        """Hand over one letter; the recipients that the server refused.

        Raises:
            SecretError: user and password were refused.
            UpstreamError: it was not taken; `sent` is `maybe` where nobody can tell.
        """
        sent: Sent = "no"
        try:
            client = await self._connected()
            refused = await self._address(client, letter)
            sent = "maybe"
            await client.data(letter.content)
        except SMTPResponseException as error:
            self._drop()
            raise self._refusal(error.code, error.message) from None
        except (SMTPException, OSError) as error:
            self._drop()
            message = f"The connection to {self.host} broke ({type(error).__name__})."
            raise UpstreamError(message, sent=sent, code="connection_lost") from None
        except asyncio.CancelledError:
            self._drop()
            raise
        return refused

    async def _connected(self) -> SMTP:
        if self._client is not None and self._client.is_connected:
            return self._client
        values = self._credential.values
        opened = await open_socket(self._net, self.host, self.port, CONNECT_LIMIT_S)
        client = SMTP(
            hostname=self.host,
            sock=opened,
            local_hostname=_NAME,
            timeout=CONNECT_LIMIT_S,
            use_tls=values["encryption"] == "tls",
            start_tls=values["encryption"] == "starttls",
            tls_context=None if values["encryption"] == "none" else ssl.create_default_context(),
        )
        try:
            await self._sign_in(client)
        except BaseException:
            client.close()
            opened.close()
            raise
        client.timeout = ANSWER_LIMIT_S
        self._client = client
        return client

    async def _sign_in(self, client: SMTP) -> None:
        values = self._credential.values
        try:
            async with reaching(self.host, self.port, CONNECT_LIMIT_S):
                try:
                    await client.connect()
                except SMTPConnectError as error:
                    # It hides what TLS found wrong, which is what people need to know.
                    raise (error.__cause__ or error) from None
                if values["user"]:
                    password = self._credential.secrets["password"].reveal()
                    await client.login(values["user"], password)
        except SMTPAuthenticationError as error:
            message = f"{self.host} refused user and password ({error.code})."
            raise SecretError(message, code="credential_refused") from None
        except SMTPResponseException as error:
            raise self._refusal(error.code, error.message) from None
        except (SMTPException, ValueError) as error:
            message = f"{self.host} does not do what the credential says: {error}"
            raise UpstreamError(
                message, sent="no", retryable=False, code="unexpected_answer"
            ) from None

    async def _address(self, client: SMTP, letter: Letter) -> Sequence[JsonObject]:
        """Write the envelope; who was refused, unless that is everybody."""
        await client.mail(letter.sender)
        refused: list[JsonObject] = []
        last: SMTPRecipientRefused | None = None
        for recipient in letter.recipients:
            try:
                await client.rcpt(recipient)
            except SMTPRecipientRefused as error:
                last = error
                refused.append({"address": recipient, "code": error.code, "reason": error.message})
        if last is not None and len(refused) == len(letter.recipients):
            raise last
        return refused

    def _refusal(self, code: int, reason: str) -> UpstreamError:
        """A code from 400 to 499 is a refusal for now (RFC 5321, 4.2.1)."""
        message = f"{self.host} did not take the e-mail: {code} {' '.join(reason.split())[:300]}"
        return UpstreamError(
            message,
            sent="no",
            retryable=code < 500,
            code="mail_refused",
            facts={"code": code, "reason": reason[:1_000]},
        )

    def _drop(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None
