"""What can go wrong with a trigger."""

from __future__ import annotations

from headrace.triggers.paths import TOOL, live_address
from headrace_sdk.errors import HeadraceError


class WebhookPathTaken(HeadraceError):
    """Another workflow of this tenant answers at that path."""

    code = "webhook_path_taken"
    status = 409

    def __init__(self, path: str, method: str) -> None:
        word = "name" if method == TOOL else "path"
        super().__init__(
            f"Another active workflow already answers {_asked(path, method)}. "
            f"Choose another {word}, or deactivate that workflow.",
            facts={"path": path, "method": method},
        )


def _asked(path: str, method: str) -> str:
    if method == TOOL:
        return f"as the MCP tool {path}"
    address = live_address(method, path)
    return address if address.startswith(f"/{method}/") else f"{method} {address}"


class InvalidSchedule(HeadraceError):
    """The schedule never fires or is not a cron expression."""

    code = "invalid_schedule"
    status = 422


class NoPoll(HeadraceError):
    """There is nothing that could be asked at once."""

    code = "no_poll"
    status = 409

    def __init__(self, node: str) -> None:
        super().__init__(
            f"The active version has no trigger {node[:100]!r} that asks. "
            "Publish the workflow first."
        )


class CannotPoll(HeadraceError):
    """A trigger was tried and failed; the message is its own."""

    code = "poll_failed"
    status = 422


class NoSchedule(HeadraceError):
    """It is not there, or of another tenant."""

    code = "schedule_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such schedule. List the schedules to see what there is.")
