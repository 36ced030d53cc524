"""Programs that are spoken to line by line: the operator's, by name, and servers of our own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from headrace_sdk.secret import Credential


class Program(Protocol):
    """One that runs. Its standard input and output carry lines."""

    async def send(self, line: bytes) -> None:
        """Write a line, without its end.

        Raises:
            UpstreamError: it has ended.
        """
        ...

    async def receive(self) -> bytes | None:
        """Its next line; `None` when it has ended.

        Raises:
            UpstreamError: the line is longer than was allowed.
        """
        ...


class Programs(Protocol):
    """Nothing but a name can be chosen: which command it stands for, only the operator says."""

    @property
    def names(self) -> Sequence[str]:
        """Those that are declared."""
        ...

    def started(self, name: str, *, max_bytes: int) -> AbstractAsyncContextManager[Program]:
        """A fresh process of it, that ends with the block. `max_bytes` bounds a line.

        Entering it raises:
            UserError: no such program is declared.
            UpstreamError: it cannot be started.
        """
        ...

    def built_in(
        self, name: str, *, credential: Credential | None, max_bytes: int
    ) -> AbstractAsyncContextManager[Program]:
        """An MCP server that comes with the installation, on behalf of who published the workflow.

        Entering it raises:
            UserError: there is none by that name, or it needs another credential.
        """
        ...
