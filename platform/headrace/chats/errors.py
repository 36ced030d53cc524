"""What can go wrong with conversations."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class ConversationNotFound(HeadraceError):
    """Nobody has said anything there, or it was deleted with its executions."""

    code = "conversation_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such conversation.")
