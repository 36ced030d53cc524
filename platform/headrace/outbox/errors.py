"""What can go wrong on the way out."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError


class NoReceiver(HeadraceError):
    """Nobody has subscribed to the topic."""

    code = "no_receiver"

    def __init__(self, topic: str) -> None:
        super().__init__(f"Nobody receives {topic!r}. Subscribe to it in headrace.conf.wiring.")


class TaskWithoutTenant(HeadraceError):
    """A Celery message names no tenant."""

    code = "task_without_tenant"

    def __init__(self, task: str) -> None:
        super().__init__(
            f"Task {task} came without a tenant. Send it inside `with tenant(...)`, or declare it "
            'with tenant="public".'
        )
