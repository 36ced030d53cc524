"""What can go wrong with a trigger."""

from __future__ import annotations

from headrace.triggers.paths import live_address
from headrace_sdk.errors import HeadraceError


class WebhookPathTaken(HeadraceError):
    """Another workflow of this tenant answers at that path."""

    code = "webhook_path_taken"
    status = 409

    def __init__(self, path: str, method: str) -> None:
        address = live_address(method, path)
        asked = address if address.startswith(f"/{method}/") else f"{method} {address}"
        super().__init__(
            f"Another active workflow already answers {asked}. "
            "Choose another path, or deactivate that workflow.",
            facts={"path": path, "method": method},
        )


class InvalidSchedule(HeadraceError):
    """The schedule never fires or is not a cron expression."""

    code = "invalid_schedule"
    status = 422
