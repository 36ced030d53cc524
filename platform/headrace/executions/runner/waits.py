"""The waits of one execution: which steps wait for what, and why each went on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from headrace import engine
from headrace.engine import RunStep
from headrace.engine.state import StepStatus
from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.errors import CancelRequested
from headrace.executions.lease.claim import Claim
from headrace.executions.runner.context import Notes
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.waiting.kind import Wait, WaitKind
from headrace.executions.runner.waiting.table import KINDS
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.waits import Suspension, Wake


class Waits:
    """A fold over the log's waiting and resumed steps, and the ways to change it."""

    def __init__(self, recorder: Recorder, held: Claim, pool: Any) -> None:
        self._recorder = recorder
        self._held = held
        self._pool = pool
        self._open: dict[RunId, tuple[WaitKind, Wait]] = {}
        self._wakes: dict[RunId, Wake] = {}
        self._early: dict[RunId, JsonObject] = {}
        self._steps: dict[RunId, RunId] = {}
        """The step that waits by the run of the call that it waits for."""

    @property
    def kind(self) -> str:
        """What the execution waits for, in a word for lists."""
        if any(run.status is StepStatus.UNKNOWN for run in self._recorder.state.runs.values()):
            return "decision"
        return next((kind.word for kind, _ in self._open.values()), "time")

    def wake_of(self, run: RunId) -> Wake | None:
        """Why a run goes on after its latest wait."""
        return self._wakes.get(run)

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is None or event.run is None:
            return
        run, data = (event.node, event.run), event.data
        if event.type == "workflow.step.waiting":
            until, note = data.get("until"), data.get("note")
            wait = Wait(
                self._held,
                *self._waiter(run, data.get("call")),
                event.attempt or 1,
                str(data["wait"]),
                datetime.fromisoformat(str(until)) if until else None,
                note if isinstance(note, dict) else {},
            )
            self._open[run] = (KINDS[str(data["for"])], wait)
        elif event.type.startswith("workflow.step.") and event.type not in log.BESIDE:
            self._open.pop(run, None)
            if event.type == "workflow.step.resumed":
                self._wakes[run] = Wake(data["by"], data.get("data"))  # type: ignore[arg-type]

    def _waiter(self, run: RunId, call: JsonValue) -> RunId:
        """Whom a wait is for: the step, or a call that it makes."""
        if not isinstance(call, dict):
            return run
        waiter = (str(call["node"]), str(call["run"]))
        self._steps[waiter] = run
        return waiter

    async def open(
        self,
        command: RunStep,
        suspension: Suspension,
        notes: Notes,
        *,
        call: JsonObject | None = None,
    ) -> None:
        """The step waits from now on, maybe for a `call` that it makes: `{path, node, run}`."""
        run = (command.node, command.run)
        kind = KINDS["token" if suspension.token else suspension.kind]
        name = f"{command.attempt}.{command.wake}" if command.wake else str(command.attempt)
        waiter = self._waiter(run, call)
        wait = Wait(self._held, *waiter, command.attempt, name, suspension.until, suspension.note)
        more = await kind.opens(wait, suspension, self._recorder.journal)
        self._open[run] = (kind, wait)
        facts: JsonObject = {"note": suspension.note, **more}
        if call is not None:
            facts["call"] = call
        if notes.lines:
            facts["log"] = list(notes.lines)
        self._recorder.waits(command, name, kind.word, suspension.until, facts)
        for rider in notes.riders:
            self._recorder.journal.attach(rider)
        early = self._early.pop(run, None)
        if early is not None:
            await self.told(early)

    async def told(self, data: JsonObject) -> None:
        """News for a waiting step; too late, it changes nothing, too early, it is kept."""
        told = (str(data["node"]), str(data["run"]))
        run = self._steps.get(told, told)
        if run not in self._open or (self._open[run][1].node, self._open[run][1].run) != told:
            if run in self._recorder.open:
                self._early[run] = data
            return
        kind, wait = self._open[run]
        async with self._pool.connection() as connection:
            wake = await kind.told(connection, wait, data)
        if wake is not None:
            self._end(run, wait, wake)

    async def expire(self, event: engine.StepResumed) -> bool:
        """The time of a wait has come; false when somebody ended it in this moment."""
        found = self._open.get((event.node, event.run))
        if found is None:
            # A join whose time is up has no wait of its own.
            self._recorder.happened(event, {"wait": event.wait, "by": "time"})
            return True
        kind, wait = found
        async with self._pool.connection() as connection:
            is_open = await kind.expires(connection, wait)
        if is_open:
            self._end((event.node, event.run), wait, Wake("time"))
        return is_open

    async def withdraw(self, run: RunId) -> None:
        """The execution stops: nobody may end this wait any more."""
        found = self._open.pop(run, None)
        if found is not None:
            kind, wait = found
            if kind.begins_others:
                await self._store()
            async with self._pool.connection() as connection:
                await kind.withdrawn(connection, wait)

    async def withdraw_all(self) -> None:
        """The execution ends without stopping its steps one by one."""
        for run in list(self._open):
            await self.withdraw(run)

    async def _store(self) -> None:
        """What the wait began exists from now on, so that it can be ended."""
        try:
            await self._recorder.journal.flush()
        except CancelRequested:
            await self._recorder.journal.flush()

    def _end(self, run: RunId, wait: Wait, wake: Wake) -> None:
        del self._open[run]
        # Those of runs that are over would add up, turn by turn.
        open_ = self._recorder.state.runs
        self._wakes = {one: known for one, known in self._wakes.items() if one in open_}
        self._wakes[run] = wake
        event = engine.StepResumed(*run, wait.attempt, wait=wait.wait, by=wake.kind)
        data: JsonObject = {"wait": wait.wait, "by": wake.kind}
        if wake.data is not None:
            data["data"] = wake.data
        self._recorder.happened(event, data)
