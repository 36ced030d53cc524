"""The last flush of a child tells the parent that waits for it (engine-rules 34)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from headrace.executions.doorbell import doorbell
from headrace.executions.runner.ended import Ended
from headrace.executions.runner.journal import Rider

TELL: Final = "select headrace_child_ended(%s, %s, %s::uuid, %s, %s)"


async def tell_parent(ended: Ended) -> Sequence[Rider]:
    """Wake the parent, if this is the last child that its step waits for."""
    held, origin = ended.given.held, ended.given.origin
    if not origin.get("waits"):
        return ()
    parent = origin["chain"][-1]
    parameters = (held.schema, held.execution_id, parent, origin["node"], origin["run"])
    return (Rider(TELL, parameters, partial(doorbell().ring, held.lane)),)
