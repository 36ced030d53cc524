"""The variables that an execution sees: read once when it begins, and told in its first event.

So a run that takes an hour sees one value throughout, and whoever takes it over sees the same.
"""

from __future__ import annotations

from typing import cast

from headrace.executions import log
from headrace.executions.recording import Recording
from headrace.tenants.threads import in_thread
from headrace.variables.queries import values
from headrace.workflows.compiled import CompiledWorkflow
from headrace_sdk.items import JsonObject


async def seen_by(
    workflow: CompiledWorkflow, first: log.Event | None, recording: Recording | None
) -> JsonObject:
    """`$vars` of an execution: from its log, its recording, or as they are now."""
    if first is not None:
        return cast("JsonObject", first.data.get("variables") or {})
    if recording is not None:
        return recording.variables
    # The thread and the query are only for workflows that name one.
    return await in_thread(values, workflow.variables) if workflow.variables else {}
