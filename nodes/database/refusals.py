"""What any SQL database may refuse, as errors that say what to do; `told` is what it said."""

from __future__ import annotations

from headrace_sdk import NodeError, SecretError, UpstreamError, UserError


def read_only(told: str) -> NodeError:
    """It changes something, in a transaction that only reads."""
    del told
    message = "This statement changes something. Choose the operation Change with SQL."
    return UserError(message, field="operation", code="read_only")


def conflict(told: str) -> NodeError:
    """Others hold or changed the same rows; again may help."""
    return UpstreamError(f"Others changed the same rows: {told}", sent="no", code="conflict")


def not_permitted(told: str) -> NodeError:
    """The user of the credential lacks a right."""
    return SecretError(f"The credential's user may not do that: {told}", code="not_permitted")


def constraint(told: str) -> NodeError:
    """The row breaks a rule of its table."""
    return NodeError(f"The database refused the row: {told}", code="constraint_violated")


def bad_value(told: str) -> NodeError:
    """A value is of the wrong kind or size."""
    return UserError(f"A value does not fit: {told}", field="values", code="value_refused")


def bad_statement(told: str) -> NodeError:
    """The statement itself is wrong."""
    return UserError(f"The statement is refused: {told}", field="sql", code="sql_refused")
