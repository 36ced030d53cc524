"""`ctx.programs` of tests: none is declared."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager

from headrace_sdk.errors import UserError
from headrace_sdk.programs import Program
from headrace_sdk.secret import Credential


class NoPrograms:
    """An installation without any."""

    @property
    def names(self) -> Sequence[str]:
        """None."""
        return ()

    def started(self, name: str, *, max_bytes: int) -> AbstractAsyncContextManager[Program]:
        """There is none to start.

        Raises:
            UserError: always.
        """
        del max_bytes
        message = f"The operator declared no server {name!r}."
        raise UserError(message, field="program", code="no_such_program")

    def built_in(
        self, name: str, *, credential: Credential | None, max_bytes: int
    ) -> AbstractAsyncContextManager[Program]:
        """There is none of those either.

        Raises:
            UserError: always.
        """
        del credential, max_bytes
        message = f"There is no built-in server {name!r}."
        raise UserError(message, field="built_in", code="no_such_server")
