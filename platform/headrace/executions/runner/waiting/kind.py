"""One kind of waiting: how a wait opens, ends early, runs out, and is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from headrace.executions.lease.claim import Claim
from headrace.executions.runner.journal import Journal
from headrace_sdk.items import JsonObject
from headrace_sdk.waits import Suspension, Wake, WakeKind


@dataclass(frozen=True, slots=True)
class Wait:
    """An open wait. `wait` names it among all waits of its run; `note` is the suspension's."""

    held: Claim
    node: str
    run: str
    attempt: int
    wait: str
    until: datetime | None
    note: JsonObject


class WaitKind:
    """Waits for time alone; subclasses say what else may end the wait."""

    word: ClassVar[WakeKind] = "time"
    """The word in `Suspension.kind`, in the log's `for`, and in `Wake.kind`."""

    begins_others: ClassVar[bool] = False
    """Does it begin other executions, which must be durable before they can be withdrawn?"""

    async def opens(self, wait: Wait, suspension: Suspension, journal: Journal) -> JsonObject:
        """Whatever must become durable together with the wait; what to add to its event.

        Rows of other tables go along with `journal.attach`.
        """
        del wait, suspension, journal
        return {}

    async def told(self, connection: Any, wait: Wait, data: JsonObject) -> Wake | None:
        """Somebody told the execution something about this wait; `None` keeps it waiting."""
        del connection, wait
        return Wake(self.word, data.get("data"))

    async def expires(self, connection: Any, wait: Wait) -> bool:
        """Its time has come. False when somebody was faster, whose news is on its way.

        True again when it is asked again: a worker may die between this and its log.
        """
        del connection, wait
        return True

    async def withdrawn(self, connection: Any, wait: Wait) -> None:
        """The execution stops: nobody may answer any more. May be called twice."""
        del connection, wait
