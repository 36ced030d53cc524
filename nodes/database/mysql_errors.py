"""What MySQL and MariaDB say when they refuse, as errors that say what to do.

The numbers are of https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and
client-error-reference.html; MariaDB's are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pymysql import err

from headrace_sdk import NodeError, SecretError, UpstreamError
from headrace_sdk.errors import Sent
from nodes.database import refusals

_SHOWN: Final = 600
_REFUSED_USERS: Final = frozenset((1044, 1045, 1049, 1130, 1698, 2059, 2061))
_LOST: Final = frozenset((0, 2006, 2013, 2055, 1053, 1927, 4031))


def is_lost(error: Exception) -> bool:
    """Is the connection of no more use?"""
    return _parts(error)[0] in _LOST or isinstance(error, OSError | err.InterfaceError)


def of_connecting(error: Exception, place: str) -> NodeError:
    """Why no connection came about; nothing was sent."""
    number, told = _parts(error)
    message = f"MySQL at {place} refused: {told}"
    if number in _REFUSED_USERS:
        return SecretError(f"{message} Check the credential.", code="credential_refused")
    return UpstreamError(message, sent="no", code="connect_failed")


def of_statement(error: Exception, *, is_unsure: bool = False) -> NodeError:
    """Why a statement failed. `is_unsure`: if the connection broke, it may have had its effect."""
    number, told = _parts(error)
    sent: Sent = "maybe" if is_unsure else "no"
    if "timed out" in told:
        message = "The statement took too long and was given up. Narrow it, or allow more time."
        return UpstreamError(message, sent=sent, retryable=False, code="statement_timeout")
    if is_lost(error):
        message = f"The connection to the database broke: {told}"
        return UpstreamError(message, sent=sent, code="connection_lost")
    if number in _KINDS:
        return _KINDS[number](told)
    for kind, make in _CLASSES:
        if isinstance(error, kind):
            return make(told)
    return UpstreamError(f"MySQL failed: {told} ({number})", sent="no", retryable=False)


def _timeout(told: str) -> NodeError:
    message = f"The server stopped the statement, which took too long: {told}"
    return UpstreamError(message, sent="no", retryable=False, code="statement_timeout")


_KINDS: Final[Mapping[int, Callable[[str], NodeError]]] = {
    1317: _timeout,
    1969: _timeout,
    3024: _timeout,
    1792: refusals.read_only,
    1205: refusals.conflict,
    1213: refusals.conflict,
    3572: refusals.conflict,
    1142: refusals.not_permitted,
    1143: refusals.not_permitted,
    1227: refusals.not_permitted,
    1370: refusals.not_permitted,
    1048: refusals.constraint,
    1364: refusals.constraint,
    3819: refusals.constraint,
    4025: refusals.constraint,
    1264: refusals.bad_value,
    1292: refusals.bad_value,
    1366: refusals.bad_value,
    1406: refusals.bad_value,
    3140: refusals.bad_value,
    1054: refusals.bad_statement,
    1064: refusals.bad_statement,
    1065: refusals.bad_statement,
    1146: refusals.bad_statement,
}
_CLASSES: Final[tuple[tuple[type[Exception], Callable[[str], NodeError]], ...]] = (
    (err.IntegrityError, refusals.constraint),
    (err.DataError, refusals.bad_value),
    (err.ProgrammingError, refusals.bad_statement),
    (err.NotSupportedError, refusals.bad_statement),
)


def _parts(error: Exception) -> tuple[int, str]:
    """Number and text, without what could be long."""
    given = error.args
    number = given[0] if given and isinstance(given[0], int) else 0
    told = str(given[1] if len(given) > 1 else error).strip() or "no reason given"
    told = told[:_SHOWN]
    return number, told if told.endswith((".", "?")) else f"{told}."
