"""Notes what happens to the steps of one execution: in the log, in the ledger, in the state."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from headrace import engine
from headrace.engine import ERROR_PORT, LOOP_PORT, RunStep, State
from headrace.engine.state import EndedTurn
from headrace.executions import log
from headrace.executions.blocks.ledger import COLLECTED, Ledger, RunId, record
from headrace.executions.history import LATE
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.runner import facts
from headrace.executions.runner.context import Notes
from headrace.executions.runner.journal import Blocks, Journal, encode_items
from headrace.executions.runner.outcome import Failure
from headrace.executions.runner.turns import Turns
from headrace_sdk.context import Reply
from headrace_sdk.items import FileRef, Item, JsonObject, PassedOn
from headrace_sdk.waits import WakeKind

_OVER: Final = frozenset(
    f"workflow.step.{kind}" for kind in ("completed", "cancelled", "reused", "skipped")
)


@dataclass(slots=True)
class OpenStep:
    """An attempt that is under way. `is_logged` once its start stands in the log."""

    command: RunStep
    started_at: datetime
    is_inline: bool = False
    is_logged: bool = False


@dataclass(slots=True)
class Recorder:
    """The only place where the runner changes log, ledger and state, so that they agree."""

    graph: engine.Graph
    journal: Journal
    ledger: Ledger
    clock: DatabaseClock
    state: State
    open: dict[RunId, OpenStep] = field(default_factory=dict)
    first_started: dict[RunId, datetime] = field(default_factory=dict)
    turns: Turns = field(init=False)
    heard: Callable[[log.Event], None] | None = None
    """Is told of every event of a step."""
    _recent: dict[RunId, list[log.Event]] = field(default_factory=dict)
    """The events of open runs that the shell's own folds may need again after a snapshot."""
    _indices: dict[RunId, int] = field(default_factory=dict)
    _per_node: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turns = Turns(self.graph, self.ledger)

    @property
    def has_unlogged(self) -> bool:
        """Is a step under way whose start nobody can see yet?"""
        return any(not step.is_logged for step in self.open.values())

    def index_of(self, run: RunId) -> int:
        """The display number of a run: per node, in order of first appearance in the log."""
        if run not in self._indices:
            index = self._per_node.get(run[0], 0)
            self._per_node[run[0]] = index + 1
            self._indices[run] = index
        return self._indices[run]

    def recent(self) -> list[log.Event]:
        """The events of all open runs, in order."""
        found = [event for events in self._recent.values() for event in events]
        return sorted(found, key=lambda event: event.seq)

    def note_recent(self, event: log.Event) -> None:
        """Remember an event as long as its run is open."""
        if event.node is None or event.run is None or event.type == COLLECTED:
            return
        run = (event.node, event.run)
        is_over = event.type in _OVER or (
            event.type == "workflow.step.failed" and not event.data.get("will_retry")
        )
        if is_over:
            self._recent.pop(run, None)
        else:
            self._recent.setdefault(run, []).append(event)

    def numbers(self) -> dict[str, Any]:
        """Turns, display numbers and first starts, for a snapshot."""
        return {
            "turns": self.turns.to_json(),
            "per_node": self._per_node,
            "indices": [[*run, index] for run, index in self._indices.items()],
            "started": [[*run, at.isoformat()] for run, at in self.first_started.items()],
        }

    def load_numbers(self, found: Mapping[str, Any]) -> None:
        """Reads `numbers`'s form; state and ledger come before."""
        self.turns.load(found["turns"], self.state)
        self._per_node = dict(found["per_node"])
        self._indices = {(node, run): index for node, run, index in found["indices"]}
        self.first_started = {
            (node, run): datetime.fromisoformat(at) for node, run, at in found["started"]
        }

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        run = (event.node, event.run) if event.node is not None and event.run is not None else None
        if event.type == COLLECTED and run is not None:
            self.turns.stored(run, event.outputs or ())
        else:
            self.turns.catch_up()
        happened = facts.to_engine(event)
        if run is not None:
            self.index_of(run)
            if isinstance(happened, engine.StepEvent):
                self._before_end(happened)
            record(self.ledger, run, event)
            self.note_recent(event)
            if event.type == "workflow.step.started":
                started_at = datetime.fromisoformat(str(event.data["started_at"]))
                self.first_started.setdefault(run, started_at)
        if happened is not None:
            self.state = engine.advance(self.graph, self.state, happened)
            self._forget(self.turns.ended(self.state, event.seq)[1])
        self.ledger.shelf.stored_up_to(self.journal.stored_seq)
        self.ledger.shelf.tidy()

    def begin(self, command: RunStep, *, is_inline: bool) -> None:
        """An attempt begins; its start is logged with the next flush unless it ends before.

        Inline steps end before anything else can happen, so the state need not know of them.
        """
        run = (command.node, command.run)
        now = self.clock.now()
        self.first_started.setdefault(run, now)
        self.open[run] = OpenStep(command, now, is_inline)
        if not is_inline:
            self._start(command)

    def _start(self, command: RunStep) -> None:
        self._advance(
            engine.StepStarted(**self._named(command), inputs=command.inputs, wake=command.wake)
        )

    def log_open_steps(self) -> None:
        """Put the start of every open step into the log; called before each flush."""
        for run, step in self.open.items():
            if not step.is_logged:
                step.is_logged = True
                data: JsonObject = {
                    "inputs": engine.inputs_to_json(step.command.inputs),  # type: ignore[dict-item]
                    "started_at": self.first_started[run].isoformat(),
                    "wake": step.command.wake,
                }
                self._append("started", run, step.command.attempt, data)
                if step.is_inline:
                    # Now the log says so, and the state is what the log folds to.
                    self._start(step.command)

    def completed(
        self, command: RunStep, outputs: Mapping[str, Sequence[Item]], notes: Notes
    ) -> None:
        """The step returned its items.

        Raises:
            UnstorableOutput: they are not JSON; nothing was noted.
        """
        run = (command.node, command.run)
        passed = {port: one for port, one in outputs.items() if isinstance(one, PassedOn)}
        made = {port: one for port, one in outputs.items() if one and port not in passed}
        blocks = encode_items(made)
        data = self._ending(command, notes)
        counts = _facts_of(blocks)
        counts |= {port: {"items": len(one), "bytes": 0} for port, one in passed.items() if one}
        data["outputs"] = counts
        passes_on = {port: one.batch_size for port, one in passed.items() if one}
        batch_size = passes_on.get(LOOP_PORT, 1)
        if passes_on:
            data |= {"passes_on": dict(passes_on), "batch_size": batch_size}
        if notes.reply is not None:
            data["reply"] = reply_json(notes.reply)
        self.ledger.come_from(run, command.inputs)
        event = self._append("completed", run, command.attempt, data, blocks)
        for rider in notes.riders:
            self.journal.attach(rider)
        self.ledger.put(run, event, made, passes_on=passes_on)
        self._close(run)
        counted = {port: one["items"] for port, one in counts.items()}
        self._advance(
            engine.StepCompleted(**self._named(command), outputs=counted, batch_size=batch_size)
        )

    def failed(
        self,
        command: RunStep,
        failure: Failure,
        notes: Notes,
        *,
        retry_in_s: float | None = None,
        outputs: Mapping[str, Sequence[Item]] | None = None,
    ) -> None:
        """The attempt failed: for good, or to be made again after `retry_in_s`."""
        run = (command.node, command.run)
        is_final = outputs is None and retry_in_s is None
        # A loop around it may want to hand the error on.
        kept = self._error_item(command, failure) if is_final else outputs
        blocks = encode_items(kept or {})
        counted = {port: len(items) for port, items in (outputs or {}).items() if items}
        data = self._ending(command, notes)
        data |= {"error": failure.to_json(command.node), "will_retry": retry_in_s is not None}
        if outputs is not None:
            data["outputs"] = _facts_of(blocks)
        next_at = None
        if retry_in_s is not None:
            next_at = self.clock.now() + timedelta(seconds=retry_in_s)
            data["next_at"] = next_at.isoformat()
        self.ledger.come_from(run, command.inputs)
        noted = self._append("failed", run, command.attempt, data, blocks)
        if kept:
            self.ledger.put(run, noted, kept)
        self._close(run)
        error = engine.Failure(
            failure.code, failure.message, command.node, failure.item, failure.path
        )
        self._advance(
            engine.StepFailed(
                **self._named(command),
                error=error,
                will_retry=retry_in_s is not None,
                next_at=next_at,
                outputs=counted if outputs is not None else None,
            )
        )

    def _error_item(self, command: RunStep, failure: Failure) -> Mapping[str, Sequence[Item]]:
        """The item that says what failed: the one at which it did, and the error."""
        node = self.graph.nodes[command.node]
        if not node.scope:
            return {}
        given = next((sources for _, sources in command.inputs), ())
        items = self.ledger.peek(given[0]) if given else None
        index = failure.item or 0
        item = items[index] if items and index < len(items) else Item({})
        error = Item({**item.json, "error": failure.to_json(node.name)}, item.binary)
        return {ERROR_PORT: [error.at(index)]}

    def waits(
        self,
        command: RunStep,
        wait: str,
        kind: WakeKind,
        until: datetime | None,
        facts: JsonObject,
    ) -> None:
        """The step waits, for time or for what `kind` says; `facts` go into its event."""
        data = self._ending(command, Notes()) | {"for": kind, "wait": wait, **facts}
        if until is not None:
            data["until"] = until.isoformat()
        run = (command.node, command.run)
        self._append("waiting", run, command.attempt, data)
        self._close(run)
        self._advance(
            engine.StepWaiting(**self._named(command), waits_for=kind, wait=wait, until=until)
        )

    def unknown(self, command: RunStep, failure: Failure, facts: JsonObject | None = None) -> None:
        """Nobody knows whether the attempt had its effect."""
        run = (command.node, command.run)
        data = self._ending(command, Notes()) | {"error": failure.to_json(command.node)}
        data |= facts or {}
        self._append("unknown", run, command.attempt, data)
        self._close(run)
        self._advance(engine.StepUnknown(**self._named(command)))

    def prepared(self, command: RunStep, kept: Blocks) -> log.Event:
        """What a write is to be made with, once its start stands in the log."""
        self.log_open_steps()
        return self._append("prepared", (command.node, command.run), command.attempt, {}, kept)

    def items(self, run: RunId, attempt: int, data: JsonObject, results: Blocks) -> log.Event:
        """What became of single items of a step that goes on."""
        return self._append("items", run, attempt, data, results)

    def call(
        self,
        what: str,
        run: RunId,
        attempt: int,
        data: JsonObject,
        result: Blocks | None = None,
    ) -> log.Event:
        """What became of a call that a step makes: started, completed, failed, suspended."""
        self.log_open_steps()
        return self._append(f"call.{what}", run, attempt, data, result)

    def cancelled(self, node: str, run: str, attempt: int) -> None:
        """The step was stopped."""
        self._append("cancelled", (node, run), attempt, {})
        self._close((node, run))
        self._advance(engine.StepCancelled(node=node, run=run, attempt=attempt))

    def happened(self, event: engine.Event, data: JsonObject | None = None) -> None:
        """Any other fact: a timer, a resumption, the wish to end."""
        if isinstance(event, engine.StepEvent):
            kind = event.type.removeprefix("workflow.step.")
            self._append(kind, (event.node, event.run), event.attempt, data or {})
        else:
            self.journal.append(event.type, data=data)
        self._advance(event)

    def _ending(self, command: RunStep, notes: Notes) -> JsonObject:
        run = (command.node, command.run)
        step = self.open.get(run)
        now = self.clock.now()
        started = step.started_at if step else now
        data: JsonObject = {
            "started_at": int(started.timestamp() * 1000),
            "duration_ms": round((now - started).total_seconds() * 1000, 3),
            "inputs": engine.inputs_to_json(command.inputs),  # type: ignore[dict-item]
        }
        if notes.lines:
            data["log"] = list(notes.lines)
        if notes.failed_items:
            data["failed_items"] = notes.failed_items
        return data

    def _named(self, command: RunStep) -> dict[str, Any]:
        return {
            "node": command.node,
            "run": command.run,
            "attempt": command.attempt,
            "at": self.clock.now(),
        }

    def _append(
        self,
        kind: str,
        run: RunId,
        attempt: int,
        data: JsonObject,
        outputs: Blocks | None = None,
    ) -> log.Event:
        event = self.journal.append(
            f"workflow.step.{kind}",
            node=run[0],
            run=run[1],
            run_index=self.index_of(run),
            attempt=attempt,
            data=data,
            outputs=outputs,
        )
        self.note_recent(event)
        if self.heard is not None:
            self.heard(event)
        return event

    def _close(self, run: RunId) -> None:
        self.open.pop(run, None)

    def _advance(self, event: engine.Event) -> None:
        if isinstance(event, engine.StepEvent):
            self._before_end(event)
        self.state = engine.advance(self.graph, self.state, event)
        silent, gone = self.turns.ended(self.state, self.journal.seq)
        for ended in silent:
            self._store_error(ended)
        for due in self.turns.due(self.state):
            items = sum(ref.items for ref in due.refs)
            self._store(due.loop, due.port, (items, log.encode_manifest(due.refs)))
        for skipped in self.state.skipped:
            self._append("skipped", skipped.run, skipped.attempt, _facts_of_late(skipped))
        self._forget(gone)
        self.ledger.shelf.stored_up_to(self.journal.stored_seq)
        self.ledger.shelf.tidy()

    def _before_end(self, event: engine.StepEvent) -> None:
        """What has to be noted of a run while the state still knows it."""
        run = self.state.runs.get(event.id)
        if run is None:
            return
        self.turns.began(run.key)
        ends = isinstance(event, engine.StepCompleted | engine.StepReused)
        if ends and self.graph.nodes[event.node].shape.loop == "items":
            self.turns.opens(run.key)

    def _store_error(self, ended: EndedTurn) -> None:
        """A loop failed and no run of it: make the item that says so."""
        if ended.failed is None or ended.error is None:
            return
        error: JsonObject = {
            "code": ended.error.code,
            "message": ended.error.message,
            "node": ended.error.node,
        }
        block = log.encode_block([Item({"error": error})])
        self._store(ended.failed[:2], ERROR_PORT, (1, block))

    def _store(self, run: RunId, port: str, page: tuple[int, bytes]) -> None:
        data: JsonObject = {"outputs": {port: {"items": page[0]}}}
        self.ledger.collected(run, self._append("collected", run, 1, data, {port: [page]}))

    def _forget(self, gone: Sequence[RunId]) -> None:
        for run in gone:
            self._indices.pop(run, None)
            self.first_started.pop(run, None)


def _facts_of_late(skipped: engine.Skipped) -> JsonObject:
    if not skipped.late:
        return {}
    return {LATE: True, "inputs": engine.inputs_to_json(skipped.late)}  # type: ignore[dict-item]


def _facts_of(blocks: Blocks) -> dict[str, Any]:
    return {
        port: {
            "items": sum(items for items, _ in pages),
            "bytes": sum(len(block) for _, block in pages),
        }
        for port, pages in blocks.items()
    }


def reply_json(reply: Reply) -> JsonObject:
    """A node's reply as the log keeps it and the gate reads it."""
    body, kind = reply.body, "json"
    if isinstance(body, FileRef):
        body, kind = body.to_json(), "file"
    elif isinstance(body, bytes):
        body, kind = base64.b64encode(body).decode(), "bytes"
    elif isinstance(body, str):
        kind = "text"
    headers: JsonObject = dict(reply.headers)
    return {"status": reply.status, "headers": headers, "kind": kind, "body": body}
