"""How an execution ends: its last event, its row, and who hears of it in the same transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

import orjson

from headrace import engine
from headrace.engine import Finish
from headrace.executions.runner.announcing import announce
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.children import tell_parent
from headrace.executions.runner.ended import Ended
from headrace.executions.runner.journal import Release, Rider
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.steps import Steps
from headrace.executions.runner.telling import Audience
from headrace.executions.types import Status
from headrace_sdk.items import JsonObject

AT_END: Final[Sequence[Callable[[Ended], Awaitable[Sequence[Rider]]]]] = (tell_parent, announce)
"""What happens in the transaction that ends an execution: each function gives its statements.

A module of this package that has something to say there (a parent that waits, an error workflow)
is named here.
"""


class Ending:
    """Writes the end of one execution."""

    def __init__(
        self, given: Assignment, steps: Steps, recorder: Recorder, audience: Audience
    ) -> None:
        self._given = given
        self._steps = steps
        self._recorder = recorder
        self._audience = audience

    async def finish(self, finish: Finish) -> None:
        """Nothing is left to do."""
        recorder = self._recorder
        error: JsonObject | None = None
        sources: Sequence[engine.Source] = ()
        data: JsonObject
        if finish.status == "completed":
            given = self._steps.result
            state = recorder.state
            sources = given if given is not None else engine.result(recorder.graph, state)
            data = {"result": [[one.node, one.run, one.port] for one in sources]}
        elif finish.status == "failed" and finish.error is not None:
            error = _error_json(finish.error)
            data = {}
        else:
            data = {"reason": finish.reason}
        await self._write((finish.status, data), finish.status, sources, error)
        if self._audience.waits_for_result:
            items = await self._steps.intake.items_of(sources)
            told = [item.to_json() for item in items]
            await self._audience.tell({"status": finish.status, "items": told, "error": error})

    async def crash(self) -> None:
        """It took its worker with it too often."""
        await self._steps.waits.withdraw_all()
        message = "The worker died several times while this execution was running."
        error: JsonObject = {"code": "crashed", "message": message, "node": None}
        await self._write(("failed", {}), Status.CRASHED, (), error)
        await self._audience.tell({"status": "crashed", "error": error})

    async def _write(
        self,
        event: tuple[str, JsonObject],
        status: str,
        result: Sequence[engine.Source],
        error: JsonObject | None,
    ) -> None:
        journal = self._recorder.journal
        kept = error and {**error, **self._finality()}
        data = {**event[1], "error": kept} if kept else event[1]
        journal.append(f"workflow.{event[0]}", data=data)
        ended = Ended(self._given, self._steps, status, result, error)
        for riders_of in AT_END:
            for rider in await riders_of(ended):
                journal.attach(rider)
        stored = orjson.dumps(kept) if kept else None
        await journal.flush(Release("done", status=status, error=stored))

    def _finality(self) -> JsonObject:
        """Why it cannot be retried, if so: it was undone, or a bound of the rules was reached."""
        stop = self._recorder.state.stop
        if stop is None or not stop.is_final:
            return {}
        return {"final": "undone" if stop.is_undoing else "bound"}


def _error_json(failure: engine.Failure) -> dict[str, Any]:
    fields = {"item": failure.item, "path": failure.path}
    shown = {name: value for name, value in fields.items() if value is not None}
    return {"code": failure.code, "message": failure.message, "node": failure.node, **shown}
