"""`ctx.notifications` of one attempt."""

from __future__ import annotations

from collections.abc import Sequence

from headrace.executions.runner.shared import Doorway
from headrace.notifications.telling import tell
from headrace.state.types import Shared
from headrace_sdk.masking import Mask
from headrace_sdk.notifications import Note, Recipient


class RunNotifications:
    """See `headrace_sdk.notifications.Notifications`."""

    def __init__(self, doorway: Doorway, workflow_name: str, mask: Mask) -> None:
        self._doorway = doorway
        self._workflow_name = workflow_name
        self._mask = mask

    async def tell(self, to: Sequence[str], note: Note, *, item: int = 0) -> Sequence[Recipient]:
        """Keep a note for members, without the secrets that this run opened."""
        masked = Note(self._mask.text(note.title), self._mask.text(note.text), note.urgency)
        place = Shared(self._doorway.asker.tenant_id, f"item:{item}")
        told = await self._doorway.once(tell, place, to, masked, workflow_name=self._workflow_name)
        return [Recipient(email, name, tuple(ways), hook) for email, name, ways, hook in told]
