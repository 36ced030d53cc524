"""How one attempt of one run can end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from headrace.expressions import ExpressionError
from headrace_sdk.attached import CallInterrupted
from headrace_sdk.errors import HeadraceError, NodeError, Sent, UpstreamError, UserError
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.waits import Suspension

MAX_MESSAGE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as it is stored and shown. `sent` and `retryable` decide about another attempt.

    `execution` is the called one whose error this is.
    """

    code: str
    message: str
    item: int | None = None
    path: str | None = None
    sent: Sent = "no"
    is_retryable: bool = False
    retry_after_s: float | None = None
    execution: str | None = None

    def to_json(self, node: str) -> JsonObject:
        """The `error` of events and of the API."""
        out: JsonObject = {"code": self.code, "message": self.message, "node": node}
        if self.item is not None:
            out["item"] = self.item
        if self.path:
            out["path"] = self.path
        if self.execution:
            out["execution"] = self.execution
        return out


@dataclass(frozen=True, slots=True)
class Done:
    """The node returned its items."""

    outputs: Mapping[str, Sequence[Item]]


@dataclass(frozen=True, slots=True)
class Failed:
    """The node raised."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Suspended:
    """The node waits."""

    suspension: Suspension


@dataclass(frozen=True, slots=True)
class Held:
    """A call that the node makes holds it up: it waits, or is for a person to decide."""

    by: CallInterrupted


Outcome: TypeAlias = Done | Failed | Suspended | Held


def failure_of(error: Exception, *, is_write: bool) -> Failure:
    """The stored form of whatever a node raised. What we did not expect keeps its type only.

    A message of an unknown exception may hold a secret, so it is not shown.
    """
    if isinstance(error, UpstreamError):
        return Failure(
            error.code,
            error.message[:MAX_MESSAGE],
            error.item,
            sent=error.sent,
            is_retryable=error.is_retryable,
            retry_after_s=error.retry_after_s,
            execution=str(error.facts.get("execution") or "") or None,
        )
    if isinstance(error, HeadraceError):
        return Failure(
            error.code,
            _message(error)[:MAX_MESSAGE],
            item=_item(error),
            path=_path(error),
        )
    if isinstance(error, TimeoutError):
        message = "The step did not end within its time limit."
        return Failure("timeout", message, sent="maybe", is_retryable=True)
    message = f"The node failed with an unexpected {type(error).__name__}. See the worker's log."
    # A fault of the node's own is not repaired by asking a person what the target saw.
    return Failure("node_crashed", message, sent="yes" if is_write else "no")


def _message(error: HeadraceError) -> str:
    """With its place in the parameter, for expressions."""
    position = error.position if isinstance(error, ExpressionError) else None
    if position is None:
        return error.message
    line = f"line {position.line}, " if position.line > 1 else ""
    return f"{error.message} ({line}column {position.column})"


def _item(error: HeadraceError) -> int | None:
    if isinstance(error, NodeError):
        return error.item
    index = error.facts.get("item_index") if isinstance(error, ExpressionError) else None
    return index if isinstance(index, int) else None


def _path(error: HeadraceError) -> str | None:
    """Where in the form the fault is."""
    if isinstance(error, UserError):
        return error.field
    return error.path if isinstance(error, ExpressionError) else None
