"""Waits behind a one-time address, `/resume/…`."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any, ClassVar, Final
from uuid import UUID

from django.conf import settings
from psycopg import sql

from headrace.executions.runner.journal import Journal, WaitTokenRow
from headrace.executions.runner.waiting.kind import Wait, WaitKind
from headrace.tenants.addresses import origin_of
from headrace_sdk.items import JsonObject
from headrace_sdk.waits import Suspension, WakeKind

CLOSE: Final = (
    "update {} set state = %(to)s where token_hash = %(token)s and state in ('open', %(to)s)"
)
FIRST: Final = "1"


class TokenWait(WaitKind):
    """Only the hash of the token is kept; its row decides who ends the wait (engine-rules 12)."""

    word: ClassVar[WakeKind] = "token"

    async def opens(self, wait: Wait, suspension: Suspension, journal: Journal) -> JsonObject:
        """Open the address."""
        token = _token_of(wait)
        row = WaitTokenRow(_hash(token), wait.node, wait.run, suspension.until)
        journal.open_token(row)
        return {"resume_url": f"{origin_of(wait.held.owner)}/resume/{token}"}

    async def expires(self, connection: Any, wait: Wait) -> bool:
        """Close the address, unless somebody has used it."""
        return await _close(connection, wait, "expired")

    async def withdrawn(self, connection: Any, wait: Wait) -> None:
        """Close the address."""
        await _close(connection, wait, "withdrawn")


async def _close(connection: Any, wait: Wait, state: str) -> bool:
    statement = sql.SQL(CLOSE).format(sql.Identifier(wait.held.schema, "executions_waittoken"))
    parameters = {"to": state, "token": _hash(_token_of(wait))}
    return bool((await connection.execute(statement, parameters)).rowcount)


def _token_of(wait: Wait) -> str:
    return resume_token(wait.held.execution_id, wait.node, wait.run, wait.wait)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def resume_token(execution_id: UUID, node: str, run: str, wait: str = FIRST) -> str:
    """The one-time token of a wait: 160 bits that only this installation can make (S-071).

    That of a run's first wait is known before it begins; each later wait has one of its own.
    """
    text = f"resume:{execution_id.hex}:{node}:{run}"
    if wait != FIRST:
        text += f":{wait}"
    digest = hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:21]).decode()
