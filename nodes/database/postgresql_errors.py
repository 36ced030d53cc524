"""What PostgreSQL says when it refuses, as errors that say what to do.

The codes are SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html). Whatever
was asked before the commit is undone with its transaction, so that it counts as not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import psycopg

from headrace_sdk import NodeError, SecretError, UpstreamError, UserError
from headrace_sdk.errors import Sent
from nodes.database import refusals

_SHOWN: Final = 600
_BUSY: Final = ("08", "53", "57P")


def of_connecting(error: psycopg.Error, place: str) -> NodeError:
    """Why no connection came about; nothing was sent."""
    told = str(error).strip().splitlines() or ["no reason was given"]
    reason = told[-1].rpartition("FATAL:")[2].strip()[:_SHOWN]
    state = error.sqlstate or ""
    message = f"PostgreSQL at {place} refused: {reason}"
    if state.startswith(("28", "3D")) or "password authentication" in reason:
        return SecretError(f"{message}. Check the credential.", code="credential_refused")
    return UpstreamError(message, sent="no", code="connect_failed")


def of_statement(error: psycopg.Error, *, is_committing: bool = False) -> NodeError:
    """Why a statement, or the commit of all of them, failed."""
    state, told = error.sqlstate or "", _told(error)
    for beginnings, make in _KINDS:
        if state.startswith(beginnings):
            return make(told)
    if isinstance(error, psycopg.DataError):
        return refusals.bad_value(told)
    if not state and isinstance(error, psycopg.ProgrammingError):
        return refusals.bad_statement(told)
    if not state or state.startswith(_BUSY):
        message = f"The connection to the database broke: {told}"
        sent: Sent = "maybe" if is_committing else "no"
        return UpstreamError(message, sent=sent, code="connection_lost")
    return UpstreamError(f"PostgreSQL failed: {told} ({state})", sent="no", retryable=False)


def _timeout(told: str) -> NodeError:
    del told
    message = "The statement took too long and was stopped. Narrow it, or allow more time."
    return UpstreamError(message, sent="no", retryable=False, code="statement_timeout")


def _wrong_count(told: str) -> NodeError:
    message = f"There are more or fewer values than placeholders: {told}"
    return UserError(message, field="values", code="value_refused")


_KINDS: Final[Sequence[tuple[tuple[str, ...], Callable[[str], NodeError]]]] = (
    (("57014",), _timeout),
    (("08P01",), _wrong_count),
    (("25006",), refusals.read_only),
    (("40001", "40P01", "55P03"), refusals.conflict),
    (("42501",), refusals.not_permitted),
    (("23",), refusals.constraint),
    (("22",), refusals.bad_value),
    (("42", "0A", "25", "26"), refusals.bad_statement),
)


def _told(error: psycopg.Error) -> str:
    said = error.diag
    primary = said.message_primary or (str(error).strip().splitlines() or ["no reason given"])[0]
    parts = [primary, said.message_detail, said.message_hint]
    text = " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts if part)
    place = f" (at character {said.statement_position})" if said.statement_position else ""
    return text[:_SHOWN] + place
