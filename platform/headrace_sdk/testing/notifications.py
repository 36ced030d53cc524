"""`ctx.notifications` in memory: every address is a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from headrace_sdk.errors import UserError
from headrace_sdk.notifications import Note, Recipient, Way


@dataclass(slots=True)
class MemoryNotifications:
    """`told` has whom what was told; `ways` says how everybody wants to hear of it."""

    ways: tuple[Way, ...] = ("in_app",)
    webhook: str = ""
    told: list[tuple[str, Note]] = field(default_factory=list)

    async def tell(self, to: Sequence[str], note: Note, *, item: int = 0) -> Sequence[Recipient]:
        """Note it down."""
        del item
        if not to:
            message = "Say who is told."
            raise UserError(message, field="to", code="unknown_recipient")
        self.told += [(one, note) for one in to]
        return [Recipient(one, one, self.ways, self.webhook) for one in to]
