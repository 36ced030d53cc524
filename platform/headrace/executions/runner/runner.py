"""Drives one execution under one lease, until it ends, waits, or belongs to somebody else.

The loop has one shape: ask the engine what is pending, begin what is not under way, wait for the
first thing to happen, note it. All decisions about the graph are the engine's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, cast
from uuid import UUID

from headrace import engine
from headrace.engine import Finish, RunStep, StopStep, UsePin
from headrace.executions import crash_points
from headrace.executions.beginning import Origin
from headrace.executions.blocks.ledger import Ledger
from headrace.executions.errors import CancelRequested
from headrace.executions.extent import part_of
from headrace.executions.lease.claim import Claim
from headrace.executions.runner import news, restore
from headrace.executions.runner.assignment import Assignment
from headrace.executions.runner.declared import types_off
from headrace.executions.runner.ending import Ending
from headrace.executions.runner.journal import Journal, Release
from headrace.executions.runner.recorder import Recorder
from headrace.executions.runner.rehearsal import read_recording
from headrace.executions.runner.resources import Resources
from headrace.executions.runner.snapshots import Snapshots
from headrace.executions.runner.steps import Steps
from headrace.executions.runner.telling import Audience
from headrace.executions.runner.timers import Timers
from headrace.executions.runner.unfit import fitting
from headrace.executions.runner.variables import seen_by
from headrace.executions.types import Status
from headrace.tenants.context import TenantRef, tenant

SLEEP_IN_PLACE_S: Final = 5.0
"""Shorter waits keep the lease; longer ones give the worker back (engine-rules 33)."""

WRITE_GRACE_S: Final = 2.0
"""So long a write under way may still end after a cancel (engine-rules 16)."""


class Runner:
    """One execution in the hands of this worker."""

    def __init__(self, held: Claim, resources: Resources) -> None:
        self._held = held
        self._resources = resources
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._audience: Audience | None = None

    async def run(self) -> None:
        """Drive it as far as it goes.

        Raises:
            LeaseLost: somebody else took it over; everything since the last flush is void.
            LeftToOthers: this worker does not have its nodes.
        """
        with tenant(self._held.owner) as owner:
            try:
                await self._prepare(owner)
                crash_points.reach("after_fold")
                await self._loop()
            finally:
                for task in self._tasks.values():
                    task.cancel()
                if self._audience is not None:
                    await self._steps.live.close()
                    await self._audience.close()

    def cut_reads(self) -> None:
        """Cut off every step that does not write, to be made again by another worker."""
        for key, task in self._tasks.items():
            if not self._steps.is_writing(key):
                task.cancel()

    async def _prepare(self, owner: TenantRef) -> None:
        held, resources = self._held, self._resources
        history = start = None
        if held.last_seq:
            async with resources.pool.connection() as connection:
                history = await restore.read_history(connection, held)
            first = history.first.data
            version_id, trigger = UUID(str(first["version"])), str(first["trigger"])
            mode, answer_to = str(first.get("mode") or "manual"), first.get("answer_to")
            origin = cast("Origin", first.get("origin") or {})
        else:
            start = restore.start_of(held)
            version_id, trigger = start.version_id, start.trigger_node
            mode, answer_to, origin = start.mode, start.answer_to, start.origin
        workflow = await fitting(
            held, await part_of(version_id, history.first.data if history else {}), resources
        )
        answer_to = str(answer_to) if answer_to else None
        recording = await read_recording(resources.pool, held, mode)
        given = Assignment(
            *(held, workflow, owner, resources, mode, answer_to, origin, recording),
            off=await types_off(workflow),
            variables=await seen_by(workflow, history.first if history else None, recording),
        )
        self._assemble(given, trigger)
        taken = history.snapshot if history else None
        self._journal.snapshots = Snapshots(self._recorder, held, taken.seq if taken else 0).riders
        if taken is not None:
            taken.load(self._recorder)
            for event in taken.recent:
                self._steps.replay(event)
        for event in history.tail if history else ():
            self._recorder.replay(event)
            self._steps.replay(event)
        if self._recorder.state.is_paused:
            self._journal.status = Status.PAUSED
        if start is not None:
            pins = frozenset(workflow.pins if start.is_test else ()) - {start.trigger_node}
            restore.first_events(self._recorder, start, held.number, pins, given.variables)

    def _assemble(self, given: Assignment, trigger: str) -> None:
        resources, graph = self._resources, given.workflow.graph
        audience = Audience(given)
        self._journal = Journal(
            self._held,
            resources.pool,
            resources.clock.now_ms,
            self._before_flush,
            audience.committed,
        )
        self._recorder = Recorder(
            graph,
            self._journal,
            Ledger(),
            resources.clock,
            engine.initial_state(graph, trigger),
        )
        self._steps = Steps(given, self._recorder)
        self._timers = Timers(self._recorder, self._steps.waits, resources.clock)
        self._ending = Ending(given, self._steps, self._recorder, audience)
        self._audience = audience

    async def _loop(self) -> None:
        if self._is_hopeless():
            await self._ending.crash()
            return
        while True:
            await self._take_news()
            commands = engine.pending(self._recorder.graph, self._recorder.state)
            finish = next((one for one in commands if isinstance(one, Finish)), None)
            if finish is not None and not self._tasks:
                await self._ending.finish(finish)
                return
            if await self._begin(commands):
                continue
            if not self._tasks and await self._sleep_or_release(commands):
                return

    async def _begin(self, commands: Sequence[engine.Command]) -> bool:
        """Start what is not under way. True when something has already happened by that."""
        happened = False
        stops = [one for one in commands if isinstance(one, StopStep)]
        if stops:
            happened = await self._stop(stops)
        for command in commands:
            if isinstance(command, UsePin):
                self._steps.use_pin(command)
                happened = True
            elif isinstance(command, RunStep) and self._may_begin(command):
                if self._held.is_careful:
                    happened |= await self._carefully(command)
                elif self._steps.is_inline(command) and await self._inline(command):
                    return True
                else:
                    self._spawn(command)
        if happened or not self._tasks:
            return happened
        await self._wait(commands)
        return True

    def _may_begin(self, command: RunStep) -> bool:
        return command.id not in self._tasks and not self._resources.is_draining.is_set()

    async def _inline(self, command: RunStep) -> bool:
        """Run a quick pure step here, without a task of its own."""
        self._recorder.begin(command, is_inline=True)
        await self._steps.run(command)
        if self._journal.age_s > self._resources.settings.flush_every_s:
            await self._flush()
        return True

    async def _carefully(self, command: RunStep) -> bool:
        """Run one step alone, its start durable before: if it kills us, the log names it."""
        if self._tasks:
            return False
        self._recorder.begin(command, is_inline=False)
        await self._flush()
        if self._held.is_cancelled:
            self._recorder.cancelled(command.node, command.run, command.attempt)
            return True
        self._tasks[command.id] = asyncio.create_task(self._steps.run(command))
        return False

    def _is_hopeless(self) -> bool:
        """It took many workers with it, and no step is to blame: those may have been bystanders."""
        limit = 2 * self._resources.settings.crashes_until_failed
        return self._held.crashes >= limit and not self._steps.culprit.is_known

    def _spawn(self, command: RunStep) -> None:
        self._recorder.begin(command, is_inline=False)
        self._tasks[command.id] = asyncio.create_task(self._steps.run(command))

    async def _wait(self, commands: Sequence[engine.Command]) -> None:
        """Until a step ends, a timer is due, news comes, or it is time to flush."""
        told = asyncio.create_task(self._held.news.wait())
        timeouts = [self._timers.due_in_s(commands)]
        if self._journal.is_dirty or self._recorder.has_unlogged:
            timeouts.append(self._resources.settings.flush_every_s)
        done, _ = await asyncio.wait(
            {*self._tasks.values(), told},
            timeout=min((one for one in timeouts if one is not None), default=None),
            return_when=asyncio.FIRST_COMPLETED,
        )
        told.cancel()
        for key, task in list(self._tasks.items()):
            if task in done:
                del self._tasks[key]
                if not task.cancelled():
                    task.result()
        if not done:
            await self._flush()
        await self._timers.fire(commands)

    async def _sleep_or_release(self, commands: Sequence[engine.Command]) -> bool:
        """Nothing runs: wait here for a short while, else give the lease back (true)."""
        if await self._timers.fire(commands):
            return False
        due_in_s = self._timers.due_in_s(commands)
        is_draining = self._resources.is_draining.is_set()
        if due_in_s is not None and due_in_s <= SLEEP_IN_PLACE_S and not is_draining:
            await self._flush()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._held.news.wait(), due_in_s)
            return False
        if is_draining and any(isinstance(one, RunStep) for one in commands):
            await self._journal.flush(Release("ready", 0.0))
            return True
        await self._give_lease_back(due_in_s)
        return True

    async def _give_lease_back(self, due_in_s: float | None) -> None:
        if self._recorder.state.is_paused:
            await self._journal.flush(Release("waiting", due_in_s, status=Status.PAUSED))
            return
        kind = self._steps.waits.kind
        self._journal.append("workflow.waiting", data={"for": kind})
        release = Release("waiting", due_in_s, status=Status.WAITING, waiting_for=kind)
        await self._journal.flush(release)
        if self._audience is not None:
            await self._audience.tell({"status": "waiting"})

    async def _take_news(self) -> None:
        held = self._held
        held.news.clear()
        if held.is_cancelled and self._recorder.state.stop is None:
            self._recorder.happened(engine.CancelRequested(), {"reason": "person"})
        await news.take(held, self._resources, self._steps, self._recorder)

    async def _stop(self, commands: Sequence[StopStep]) -> bool:
        """End steps that must not go on. True when something has happened by that.

        A write may end: for a moment after a cancel, else within its limit (engine-rules 8, 16).
        """
        running = {command: self._task_of(command) for command in commands}
        writing = [one for one in commands if running[one] and self._steps.is_write(one)]
        for command, task in running.items():
            if command not in writing and task is not None:
                task.cancel()
        for command, task in running.items():
            if command not in writing:
                await self._end(command, task)
        stop = self._recorder.state.stop
        is_wish = self._held.is_cancelled or (stop is not None and stop.error is None)
        if writing and is_wish:
            tasks = {task for command in writing if (task := running[command]) is not None}
            await asyncio.wait(tasks, timeout=WRITE_GRACE_S)
            for command in writing:
                await self._end(command, running[command])
        return is_wish or len(writing) < len(commands)

    def _task_of(self, command: StopStep) -> asyncio.Task[None] | None:
        prefix = f"run:{command.node}:{command.run}:"
        return next((task for key, task in self._tasks.items() if key.startswith(prefix)), None)

    async def _end(self, command: StopStep, task: asyncio.Task[None] | None) -> None:
        is_cut = task is not None and not task.done()
        if task is not None:
            task.cancel()
            await asyncio.wait({task}, timeout=WRITE_GRACE_S)
            self._tasks = {key: one for key, one in self._tasks.items() if one is not task}
        await self._steps.stopped(command, is_cut=is_cut)

    async def _flush(self) -> None:
        try:
            await self._journal.flush()
        except CancelRequested:
            self._held.hear(self._held.wake, is_cancelled=True)

    def _before_flush(self) -> None:
        self._recorder.log_open_steps()
        stop = self._recorder.state.stop
        self._journal.is_undoing = stop is not None and stop.is_undoing
        self._steps.outcomes.log_writes()
