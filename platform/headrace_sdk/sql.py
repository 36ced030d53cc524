"""What a server of SQL is asked, whoever asks: nodes, and the tools for models."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from headrace_sdk.credentials import Credential
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.net import Net


@dataclass(slots=True)
class Answer:
    """Of one statement. `rows` is `None` where it gives none; `affected` where that is unknown."""

    rows: list[JsonObject] | None = None
    affected: int | None = None
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One statement with its values; of a table's columns also the kind, where it is known."""

    text: str
    values: Sequence[JsonValue]
    writes: bool
    limit: int
    skip: int = 0
    kinds: Sequence[str] = field(default_factory=tuple)


class SqlSession(Protocol):
    """The connections of one run or conversation to one database."""

    def transaction(self, *, writes: bool, timeout_s: float) -> AbstractAsyncContextManager[None]:
        """Everything within is committed at its end, or nothing.

        Raises:
            NodeError: the database cannot be reached, refuses, or lost the connection.
        """
        ...

    async def ask(self, request: Request) -> Answer:
        """Within a transaction: one statement.

        Raises:
            NodeError: as above; the message says what the database says.
        """
        ...


class Connects(Protocol):
    """A node type that opens sessions of its kind of database, past the guard of the way out."""

    def session(self, net: Net, credential: Credential) -> AbstractAsyncContextManager[SqlSession]:
        """Closed by leaving it; it connects when it is first asked."""
        ...
