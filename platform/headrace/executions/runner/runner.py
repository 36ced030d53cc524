"""Drives one execution under one lease, until it ends, waits, or belongs to somebody else.

The loop has one shape: ask the engine what is pending, begin what is not under way, wait for the
first thing to happen, note it. All decisions about the graph are the engine's.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

import orjson

from headrace import engine
from headrace.engine import Finish, RunStep, StopStep, UsePin, WaitUntil
from headrace.executions import log
from headrace.executions.errors import CancelRequested
from headrace.executions.lease.claim import Claim
from headrace.executions.queries import as_fact
from headrace.executions.runner import restore
from headrace.executions.runner.items import Ledger
from headrace.executions.runner.journal import Journal, Release
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.resources import Resources
from headrace.executions.runner.steps import Steps
from headrace.executions.types import Status
from headrace.tenants.context import TenantRef, tenant
from headrace.workflows.compiled import CompiledWorkflow, acompiled
from headrace_sdk.context import Wake
from headrace_sdk.items import JsonObject

logger = logging.getLogger(__name__)

SLEEP_IN_PLACE_S: Final = 5.0
"""Shorter waits keep the lease; longer ones give the worker back (engine-rules 33)."""

WRITE_GRACE_S: Final = 2.0
"""So long a write under way may still end after a cancel (engine-rules 16)."""

PUBLISH_EVERY_S: Final = 0.05


class Runner:
    """One execution in the hands of this worker."""

    def __init__(self, held: Claim, resources: Resources) -> None:
        self._held = held
        self._resources = resources
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._unpublished: list[log.Event] = []
        self._publishing: asyncio.Task[None] | None = None
        self._answer_to: str | None = None
        self._is_answered = False
        self._telling: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Drive it as far as it goes.

        Raises:
            LeaseLost: somebody else took it over; everything since the last flush is void.
        """
        with tenant(self._held.owner) as owner:
            try:
                await self._prepare(owner)
                await self._loop()
            finally:
                await self._stop_everything()

    async def _prepare(self, owner: TenantRef) -> None:
        held = self._held
        events: list[log.Event] = []
        if held.last_seq:
            async with self._resources.pool.connection() as connection:
                events = await restore.read_log(connection, held)
            version_id = UUID(str(events[0].data["version"]))
            trigger = str(events[0].data["trigger"])
            start = None
        else:
            start = restore.start_of(held)
            version_id, trigger = start.version_id, start.trigger_node
        self._workflow: CompiledWorkflow = await acompiled(version_id)
        self._journal = Journal(
            held,
            self._resources.pool,
            self._resources.clock.now_ms,
            self._before_flush,
            self._after_flush,
        )
        ledger = Ledger()
        self._recorder = Recorder(
            self._workflow.graph,
            self._journal,
            ledger,
            self._resources.clock,
            engine.initial_state(self._workflow.graph, trigger),
        )
        self._steps = Steps(self._workflow, self._recorder, held, self._resources, owner)
        if start is None:
            self._answer_to = events[0].data.get("answer_to")  # type: ignore[assignment]
            for event in events:
                self._recorder.replay(event)
            self._steps.note_interrupted(events)
        else:
            self._answer_to = start.answer_to
            self._steps.mode = start.mode
            pins = frozenset(self._workflow.pins) if start.is_test else frozenset[str]()
            restore.first_events(self._recorder, start, held.number, pins - {start.trigger_node})

    async def _loop(self) -> None:
        if self._held.crashes >= self._resources.settings.crashes_until_failed:
            await self._end_as_crashed()
            return
        while True:
            await self._take_news()
            commands = engine.pending(self._recorder.graph, self._recorder.state)
            finish = next((one for one in commands if isinstance(one, Finish)), None)
            if finish is not None and not self._tasks:
                await self._finish(finish)
                return
            if await self._begin(commands):
                continue
            if not self._tasks and await self._sleep_or_release(commands):
                return

    async def _begin(self, commands: Sequence[engine.Command]) -> bool:
        """Start what is not under way. True when something has already happened by that."""
        happened = False
        for command in commands:
            if isinstance(command, StopStep):
                happened |= await self._stop(command)
            elif isinstance(command, UsePin):
                self._steps.use_pin(command)
                happened = True
            elif isinstance(command, RunStep) and command.id not in self._tasks:
                if self._resources.is_draining.is_set():
                    continue
                if self._steps.is_inline(command) and await self._inline(command):
                    return True
                self._spawn(command)
        if happened or not self._tasks:
            return happened
        await self._wait(commands)
        return True

    async def _inline(self, command: RunStep) -> bool:
        """Run a quick pure step here, without a task of its own."""
        self._recorder.begin(command, is_inline=True)
        await self._steps.run(command)
        if self._journal.age_s > self._resources.settings.flush_every_s:
            await self._flush()
        return True

    def _spawn(self, command: RunStep) -> None:
        self._recorder.begin(command, is_inline=False)
        self._tasks[command.id] = asyncio.create_task(self._steps.run(command))

    async def _wait(self, commands: Sequence[engine.Command]) -> None:
        """Until a step ends, a timer is due, news comes, or it is time to flush."""
        news = asyncio.create_task(self._held.news.wait())
        timeout = self._timeout(commands)
        done, _ = await asyncio.wait(
            {*self._tasks.values(), news}, timeout=timeout, return_when=asyncio.FIRST_COMPLETED
        )
        news.cancel()
        for key, task in list(self._tasks.items()):
            if task in done:
                del self._tasks[key]
                if not task.cancelled():
                    task.result()
        if not done:
            await self._flush()
        await self._fire_timers(commands)

    def _timeout(self, commands: Sequence[engine.Command]) -> float | None:
        waits = [one.at for one in commands if isinstance(one, WaitUntil)]
        now = self._resources.clock.now()
        timeouts = [max(0.0, (at - now).total_seconds()) for at in waits]
        if self._journal.is_dirty or self._recorder.has_unlogged:
            timeouts.append(self._resources.settings.flush_every_s)
        return min(timeouts, default=None)

    async def _fire_timers(self, commands: Sequence[engine.Command]) -> bool:
        now = self._resources.clock.now()
        due = [one for one in commands if isinstance(one, WaitUntil) and one.at <= now]
        fired = False
        for timer in due:
            fired |= await self._fire(timer.then)
        return fired

    async def _fire(self, event: engine.Event) -> bool:
        if isinstance(event, engine.StepResumed):
            async with self._resources.pool.connection() as connection:
                is_open = await restore.expire_token(connection, self._held, event.node, event.run)
            if self._steps.waits_for_token(event) and not is_open:
                return False
            self._steps.wakes[event.node, event.run] = Wake("time")
            self._recorder.happened(event, {"wait": event.wait, "by": "time"})
        elif isinstance(event, engine.CancelRequested):
            self._recorder.happened(event, {"reason": event.reason})
        else:
            self._recorder.happened(event)
        return True

    async def _sleep_or_release(self, commands: Sequence[engine.Command]) -> bool:
        """Nothing runs: wait here for a short while, else give the lease back (true)."""
        if await self._fire_timers(commands):
            return False
        timers = [one.at for one in commands if isinstance(one, WaitUntil)]
        now = self._resources.clock.now()
        due_in_s = (min(timers) - now).total_seconds() if timers else None
        is_draining = self._resources.is_draining.is_set()
        if due_in_s is not None and due_in_s <= SLEEP_IN_PLACE_S and not is_draining:
            await self._flush()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._held.news.wait(), max(0.0, due_in_s))
            return False
        if is_draining and any(isinstance(one, RunStep) for one in commands):
            await self._journal.flush(Release("ready", 0.0))
            return True
        await self._give_lease_back(due_in_s)
        return True

    async def _give_lease_back(self, due_in_s: float | None) -> None:
        kind = self._steps.waiting_kind()
        self._journal.append("workflow.waiting", data={"for": kind})
        release = Release("waiting", due_in_s, status=Status.WAITING, waiting_for=kind)
        await self._journal.flush(release)
        await self._tell({"status": "waiting"})

    async def _take_news(self) -> None:
        """Read the inbox when the queue row says that somebody told us something."""
        held = self._held
        held.news.clear()
        if held.is_cancelled and self._recorder.state.stop is None:
            self._recorder.happened(engine.CancelRequested(), {"reason": "person"})
        wake = held.wake
        if wake == held.seen_wake:
            return
        async with self._resources.pool.connection() as connection:
            entries = await restore.read_inbox(connection, held)
        for entry in entries:
            if entry.kind == "resumed":
                self._steps.resumed(entry)
            self._journal.consume(entry.id)
        held.seen_wake = wake

    async def _stop(self, command: StopStep) -> bool:
        """End one step because the execution is to stop."""
        task = next(
            (
                task
                for key, task in self._tasks.items()
                if key.startswith(f"run:{command.node}:{command.run}:")
            ),
            None,
        )
        if task is not None:
            grace = WRITE_GRACE_S if self._steps.is_write((command.node, command.run)) else 0
            _, late = await asyncio.wait({task}, timeout=grace)
            if not late:
                return False
            task.cancel()
            await asyncio.wait({task}, timeout=WRITE_GRACE_S)
            self._tasks = {key: one for key, one in self._tasks.items() if one is not task}
        self._recorder.cancelled(command.node, command.run, command.attempt)
        return True

    async def _finish(self, finish: Finish) -> None:
        recorder = self._recorder
        error: dict[str, Any] | None = None
        sources: Sequence[engine.Source] = ()
        data: JsonObject
        if finish.status == "completed":
            sources = engine.result(recorder.graph, recorder.state)
            data = {"result": [[one.node, one.run, one.port] for one in sources]}
        elif finish.status == "failed" and finish.error is not None:
            error = _error_json(finish.error)
            data = {"error": error}
        else:
            data = {"reason": finish.reason}
        self._journal.append(f"workflow.{finish.status}", data=data)
        release = Release(
            "done", status=finish.status, error=orjson.dumps(error) if error else None
        )
        await self._journal.flush(release)
        if self._answer_to and not self._is_answered:
            items = await self._steps.items_of(sources)
            told = [item.to_json() for item in items]
            await self._tell({"status": finish.status, "items": told, "error": error})

    async def _end_as_crashed(self) -> None:
        message = "The worker died several times while this execution was running."
        error: JsonObject = {"code": "crashed", "message": message, "node": None}
        self._journal.append("workflow.failed", data={"error": error})
        await self._journal.flush(Release("done", status=Status.CRASHED, error=orjson.dumps(error)))
        await self._tell({"status": "crashed", "error": error})

    async def _tell(self, told: dict[str, Any]) -> None:
        if self._answer_to:
            execution = str(self._held.execution_id)
            await self._resources.answer(self._answer_to, {"execution": execution, **told})

    async def _flush(self) -> None:
        try:
            await self._journal.flush()
        except CancelRequested:
            self._held.hear(self._held.wake, is_cancelled=True)

    def _before_flush(self) -> None:
        self._recorder.log_open_steps()

    def _after_flush(self, events: Sequence[log.Event]) -> None:
        """What became durable may now be seen: answers at once, events in batches."""
        for event in events:
            if "reply" in event.data:
                self._is_answered = True
                told = {"status": "running", "reply": event.data["reply"]}
                self._telling.add(asyncio.create_task(self._tell(told)))
        held = self._held
        if self._resources.live.is_watched(
            held.tenant_id, held.execution_id, self._workflow.record.ref.workflow_id
        ):
            self._unpublished += events
            if self._publishing is None or self._publishing.done():
                self._publishing = asyncio.create_task(self._publish())

    async def _publish(self) -> None:
        held = self._held
        while self._unpublished:
            events, self._unpublished = self._unpublished, []
            await self._resources.live.publish(
                held.tenant_id,
                held.execution_id,
                self._workflow.record.ref.workflow_id,
                [as_fact(event) for event in events],
            )
            await asyncio.sleep(PUBLISH_EVERY_S)

    async def _stop_everything(self) -> None:
        for task in self._tasks.values():
            task.cancel()
        last = self._telling | ({self._publishing} if self._publishing else set())
        if last:
            await asyncio.wait(last, timeout=1)


def _error_json(failure: engine.Failure) -> dict[str, Any]:
    fields = {"item": failure.item, "path": failure.path}
    shown = {name: value for name, value in fields.items() if value is not None}
    return {"code": failure.code, "message": failure.message, "node": failure.node, **shown}
