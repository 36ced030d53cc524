"""Tells the open editors of a workflow that its draft was saved."""

from __future__ import annotations

from uuid import UUID

from headrace.realtime.names import workflow_group
from headrace.realtime.ringing import Ringing


class ChannelsDraftBell:
    """Implements `headrace.workflows.ports.DraftBell` on Channels."""

    def __init__(self) -> None:
        self._ringing = Ringing()

    def saved(self, tenant: UUID, workflow: UUID, revision: int, author: str) -> None:
        """Every page that has the workflow open learns of the revision."""
        message = {
            "type": "draft.saved",
            "workflow": str(workflow),
            "revision": revision,
            "author": author,
        }
        self._ringing.ring(workflow_group(tenant, workflow), message)
