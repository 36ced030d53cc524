"""What MySQL and MariaDB say when they refuse, as errors that say what to do.

The numbers are of https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and
client-error-reference.html; MariaDB's are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pymysql import err

from headrace_sdk import NodeError, SecretError, UpstreamError, UserError
from headrace_sdk.errors import Sent

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


def _read_only(told: str) -> NodeError:
    del told
    message = "This statement changes something. Choose the operation Change with SQL."
    return UserError(message, field="operation", code="read_only")


def _conflict(told: str) -> NodeError:
    return UpstreamError(f"Others changed the same rows: {told}", sent="no", code="conflict")


def _not_permitted(told: str) -> NodeError:
    return SecretError(f"The credential's user may not do that: {told}", code="not_permitted")


def _constraint(told: str) -> NodeError:
    return NodeError(f"The database refused the row: {told}", code="constraint_violated")


def _bad_value(told: str) -> NodeError:
    return UserError(f"A value does not fit: {told}", field="values", code="value_refused")


def _bad_statement(told: str) -> NodeError:
    return UserError(f"The statement is refused: {told}", field="sql", code="sql_refused")


_KINDS: Final[Mapping[int, Callable[[str], NodeError]]] = {
    1317: _timeout,
    1969: _timeout,
    3024: _timeout,
    1792: _read_only,
    1205: _conflict,
    1213: _conflict,
    3572: _conflict,
    1142: _not_permitted,
    1143: _not_permitted,
    1227: _not_permitted,
    1370: _not_permitted,
    1048: _constraint,
    1364: _constraint,
    3819: _constraint,
    4025: _constraint,
    1264: _bad_value,
    1292: _bad_value,
    1366: _bad_value,
    1406: _bad_value,
    3140: _bad_value,
    1054: _bad_statement,
    1064: _bad_statement,
    1065: _bad_statement,
    1146: _bad_statement,
}
_CLASSES: Final[tuple[tuple[type[Exception], Callable[[str], NodeError]], ...]] = (
    (err.IntegrityError, _constraint),
    (err.DataError, _bad_value),
    (err.ProgrammingError, _bad_statement),
    (err.NotSupportedError, _bad_statement),
)


def _parts(error: Exception) -> tuple[int, str]:
    """Number and text, without what could be long."""
    given = error.args
    number = given[0] if given and isinstance(given[0], int) else 0
    told = str(given[1] if len(given) > 1 else error).strip() or "no reason given"
    told = told[:_SHOWN]
    return number, told if told.endswith((".", "?")) else f"{told}."
