"""What can go wrong with agents."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class AgentNotFound(HeadraceError):
    """There is no such agent here."""

    code = "agent_not_found"
    status: ClassVar[int] = 404

    def __init__(self) -> None:
        super().__init__("There is no such agent. It may have been taken from the registry.")


class AlreadyAgent(HeadraceError):
    """The workflow has a profile."""

    code = "already_an_agent"
    status: ClassVar[int] = 409

    def __init__(self) -> None:
        super().__init__("This workflow is an agent already. Change its profile instead.")


class NotCallable(HeadraceError):
    """The workflow cannot be given work."""

    code = "no_workflow_input"
    status: ClassVar[int] = 422

    def __init__(self) -> None:
        message = "An agent begins at a Workflow Input. Add one to the workflow first."
        super().__init__(message)
        self.errors = [{"path": "/workflow", "message": message}]
