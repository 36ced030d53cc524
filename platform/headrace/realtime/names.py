"""Names of groups and of the registry in which watched ones stand."""

from __future__ import annotations

from typing import Final
from uuid import UUID

WATCHED: Final = "watched"
"""Sorted set: group name, and until when somebody watches it (seconds since the epoch)."""

WATCHING: Final = "watching"
"""Channel on which a newly watched group is announced to the workers."""

WATCH_S: Final = 30
"""How long a watch lasts unless it is renewed."""


def execution_group(tenant: UUID, execution: UUID) -> str:
    """The group of one execution (T-015, T-016)."""
    return f"t.{tenant.hex}.execution.{execution.hex}"


def workflow_group(tenant: UUID, workflow: UUID) -> str:
    """The group of all executions of one workflow."""
    return f"t.{tenant.hex}.workflow.{workflow.hex}"


def runs_group(tenant: UUID) -> str:
    """The group of all lists of executions of a tenant."""
    return f"t.{tenant.hex}.runs"


def inbox_group(tenant: UUID) -> str:
    """The group of all open inboxes of a tenant; each socket reads what its person may see."""
    return f"t.{tenant.hex}.inbox"


def audit_group(tenant: UUID) -> str:
    """The group of all open pages of a tenant's audit record."""
    return f"t.{tenant.hex}.audit"
