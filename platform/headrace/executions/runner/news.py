"""What others told an execution, by the words of the inbox: one function a word.

`executions.actions.tell` puts an entry there and wakes the holder; it alone turns it into events,
and marks it as read in the flush that holds them (engine-rules 12).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final, cast

from headrace import engine
from headrace.executions.lease.claim import Claim
from headrace.executions.runner import deciding, restore
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.resources import Resources
from headrace.executions.runner.steps import Steps
from headrace.executions.types import Status
from headrace_sdk.items import JsonObject

Hear = Callable[[Steps, Recorder, JsonObject], Awaitable[None]]


async def take(held: Claim, resources: Resources, steps: Steps, recorder: Recorder) -> None:
    """Read the inbox when the queue row says that somebody told us something."""
    wake = held.wake
    if wake == held.seen_wake:
        return
    async with resources.pool.connection() as connection:
        entries = await restore.read_inbox(connection, held)
    for entry in entries:
        hear = WORDS.get(entry.kind)
        if hear is not None:
            await hear(steps, recorder, entry.data)
        recorder.journal.consume(entry.id)
    held.seen_wake = wake


async def _decided(steps: Steps, recorder: Recorder, data: JsonObject) -> None:
    run = deciding.unknown_run(recorder, data)
    if run is None:
        await steps.waits.told(data)
    else:
        await deciding.carry_out(steps, recorder, run, data)


async def _paused(_steps: Steps, recorder: Recorder, data: JsonObject) -> None:
    if not recorder.state.is_paused:
        recorder.happened(engine.WorkflowPaused(), data)
        recorder.journal.status = Status.PAUSED


async def _unpaused(_steps: Steps, recorder: Recorder, data: JsonObject) -> None:
    if recorder.state.is_paused:
        recorder.happened(engine.WorkflowResumed(), data)
        recorder.journal.status = Status.RUNNING


async def _retried(_steps: Steps, recorder: Recorder, data: JsonObject) -> None:
    runs = cast("list[list[str]]", data["runs"])
    event = engine.WorkflowRetried(runs=tuple(engine.RunId(*run) for run in runs))
    recorder.happened(event, data)


async def _wait_ended(steps: Steps, _recorder: Recorder, data: JsonObject) -> None:
    await steps.waits.told(data)


WORDS: Final[Mapping[str, Hear]] = {
    "resumed": _wait_ended,
    "child_ended": _wait_ended,
    "event": _wait_ended,
    "decided": _decided,
    "paused": _paused,
    "unpaused": _unpaused,
    "retried": _retried,
}
