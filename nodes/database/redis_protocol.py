"""RESP, the protocol of Redis and Valkey, to a checked address.

The product's own client looks names up by itself, which would leave a gap between the check of an
address and the connection (S-030). https://redis.io/docs/latest/develop/reference/protocol-spec/
"""

from __future__ import annotations

import asyncio
import base64
import re
import ssl
from collections.abc import Sequence
from typing import Final

import hiredis

from headrace_sdk import Credential, JsonValue, Net, NodeError, SecretError, UpstreamError
from headrace_sdk.net import reaching

CONNECT_LIMIT_S: Final = 15.0
MAX_BYTES: Final = 16 * 1024 * 1024
_CHUNK: Final = 64 * 1024
_RUN_ID: Final = re.compile(r"^run_id:(\w+)", re.MULTILINE)
_SIGN_IN: Final = ("WRONGPASS", "NOAUTH", "NOPERM")
_BUSY: Final = ("LOADING", "BUSY", "TRYAGAIN", "CLUSTERDOWN", "MASTERDOWN", "READONLY", "OOM")


class Connection:
    """Signed in, one command after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._parser = hiredis.Reader()

    def close(self) -> None:
        """Leave."""
        self._writer.close()

    async def command(self, words: Sequence[str], limit_s: float) -> JsonValue:
        """The answer; texts that are no UTF-8 come as base64.

        Raises:
            NodeError: the server refuses it, is silent or gone, or answers too much.
        """
        try:
            async with asyncio.timeout(limit_s):
                self._writer.write(encoded(words))
                await self._writer.drain()
                answer = await self._answer()
        except TimeoutError:
            message = f"Redis did not answer within {limit_s:g} s."
            raise UpstreamError(message, sent="maybe", code="timeout") from None
        except (OSError, EOFError):
            message = "The connection to Redis broke."
            raise UpstreamError(message, sent="maybe", code="connection_lost") from None
        if isinstance(answer, hiredis.ReplyError):
            raise _refusal(str(answer), words[0])
        return plain(answer)

    async def _answer(self) -> object:
        received = 0
        while True:
            answer = self._parser.gets()
            if answer is not False:
                return answer
            chunk = await self._reader.read(_CHUNK)
            if not chunk:
                raise EOFError
            received += len(chunk)
            if received > MAX_BYTES:
                message = f"The answer is larger than {MAX_BYTES // 2**20} MiB. Ask for less."
                raise UpstreamError(message, retryable=False, code="answer_too_large")
            self._parser.feed(chunk)


async def connected(net: Net, credential: Credential) -> Connection:
    """A connection as the credential says, to be closed.

    Raises:
        NodeError: it may not or cannot be made, or the server refuses the user.
    """
    values = credential.values
    host, port = values["host"], int(values["port"])
    tls = values["tls"] == "True"
    address = await net.pin(host, port)
    async with reaching(host, port, CONNECT_LIMIT_S):
        streams = await asyncio.open_connection(
            address,
            port,
            ssl=ssl.create_default_context() if tls else None,
            server_hostname=host if tls else None,
        )
    connection = Connection(*streams)
    try:
        await _sign_in(connection, credential)
        await _introduce(net, connection)
    except BaseException:
        connection.close()
        raise
    return connection


async def _sign_in(connection: Connection, credential: Credential) -> None:
    password = credential.secrets["password"].reveal()
    user = credential.values["user"]
    try:
        if password:
            await connection.command(["AUTH", *([user] if user else []), password], CONNECT_LIMIT_S)
        await connection.command(["SELECT", credential.values["database"]], CONNECT_LIMIT_S)
    except UpstreamError as error:
        error.sent = "no"
        raise
    except NodeError as error:
        message = f"{error.message} Check the credential."
        raise SecretError(message, code="credential_refused") from None


async def _introduce(net: Net, connection: Connection) -> None:
    """Have the server name itself, where this user may ask it to."""
    try:
        told = await connection.command(["INFO", "server"], CONNECT_LIMIT_S)
    except UpstreamError as error:
        error.sent = "no"
        raise
    except NodeError:
        return
    found = _RUN_ID.search(str(told))
    if found:
        await net.meet("redis", found[1])


def _refusal(told: str, command: str) -> NodeError:
    message = f"Redis refused {command}: {told[:300]}."
    if told.startswith(_SIGN_IN):
        return SecretError(message, code="not_permitted")
    if told.startswith(_BUSY):
        return UpstreamError(message, sent="no", code="server_busy")
    return NodeError(message, code="command_refused")


def encoded(words: Sequence[str]) -> bytes:
    """A command as it goes over the wire: each word with its length, so that none can add one."""
    raw = [word.encode() for word in words]
    return b"*%d\r\n" % len(raw) + b"".join(b"$%d\r\n%s\r\n" % (len(one), one) for one in raw)


def plain(answer: object) -> JsonValue:
    """An answer as JSON."""
    if isinstance(answer, bytes):
        try:
            return answer.decode()
        except UnicodeDecodeError:
            return base64.b64encode(answer).decode()
    if isinstance(answer, list):
        return [plain(one) for one in answer]
    return answer if answer is None or isinstance(answer, int) else str(answer)
