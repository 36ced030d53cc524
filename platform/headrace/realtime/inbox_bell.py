"""Tells the open inboxes of a tenant that an approval was opened or closed."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from headrace.realtime.names import inbox_group
from headrace.realtime.ringing import Ringing

MESSAGE: Final[dict[str, Any]] = {"type": "inbox.changed"}


class ChannelsInboxBell:
    """Implements `headrace.approvals.ports.InboxBell` on Channels."""

    def __init__(self) -> None:
        self._ringing = Ringing()

    def ring(self, tenant: UUID) -> None:
        """Every open inbox of the tenant looks again."""
        self._ringing.ring(inbox_group(tenant), MESSAGE)
