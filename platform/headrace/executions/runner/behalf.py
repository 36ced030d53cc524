"""On whose behalf a run uses the tools of the platform: that of who made its version."""

from __future__ import annotations

from uuid import UUID

from headrace.accounts import queries as accounts
from headrace.accounts.types import Actor
from headrace.egress.ports import Caller
from headrace_sdk.errors import UserError


def caller_of(author: UUID | None, execution_id: UUID) -> Caller:
    """Who published the version, or began to try it, as it stands whenever a tool is called."""

    def find() -> Actor:
        actor = accounts.actor_by_id(author) if author is not None else None
        if actor is None:
            message = (
                "Whoever published this workflow is no member any more. Let somebody who may "
                "use these tools publish it again."
            )
            raise UserError(message, code="publisher_gone")
        return actor

    return Caller(find, f"execution:{execution_id}", execution_id)
