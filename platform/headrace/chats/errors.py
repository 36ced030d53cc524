"""What can go wrong with conversations."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class NotLive(HeadraceError):
    """No version of the workflow is live."""

    code = "not_published"
    status: ClassVar[int] = 409

    def __init__(self) -> None:
        super().__init__("This workflow is not published. Publish it, or speak with its draft.")


class NoChat(HeadraceError):
    """Nothing in the workflow listens to messages."""

    code = "no_chat_trigger"
    status: ClassVar[int] = 422

    def __init__(self) -> None:
        super().__init__("This workflow has no such Chat trigger. Add one to speak with it.")


class ConversationOfAnother(HeadraceError):
    """Somebody else speaks there."""

    code = "conversation_of_another"
    status: ClassVar[int] = 409

    def __init__(self) -> None:
        super().__init__("This conversation is somebody else's. Begin one of your own.")


class ConversationNotFound(HeadraceError):
    """Nobody has said anything there, or it was deleted with its executions."""

    code = "conversation_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such conversation.")
