"""Notes what happens to the steps of one execution: in the log, in the ledger, in the state."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from headrace import engine
from headrace.engine import DONE_PORT, LOOP_PORT, RunStep, State
from headrace.executions import log
from headrace.executions.blocks.ledger import COLLECTED, Ledger, RunId, record
from headrace.executions.lease.clock import DatabaseClock
from headrace.executions.runner import facts
from headrace.executions.runner.context import Notes
from headrace.executions.runner.journal import Blocks, Journal, encode_items
from headrace.executions.runner.outcome import Failure
from headrace_sdk.context import Reply, WakeKind
from headrace_sdk.items import FileRef, Item, JsonObject, PassedOn

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
    _recent: dict[RunId, list[log.Event]] = field(default_factory=dict)
    """The events of open runs that the shell's own folds may need again after a snapshot."""
    _indices: dict[RunId, int] = field(default_factory=dict)
    _per_node: dict[str, int] = field(default_factory=dict)

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
        """Display numbers and first starts, for a snapshot."""
        return {
            "per_node": self._per_node,
            "indices": [[*run, index] for run, index in self._indices.items()],
            "started": [[*run, at.isoformat()] for run, at in self.first_started.items()],
        }

    def load_numbers(self, found: Mapping[str, Any]) -> None:
        """Reads `numbers`'s form."""
        self._per_node = dict(found["per_node"])
        self._indices = {(node, run): index for node, run, index in found["indices"]}
        self.first_started = {
            (node, run): datetime.fromisoformat(at) for node, run, at in found["started"]
        }

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is not None and event.run is not None:
            run = (event.node, event.run)
            self.index_of(run)
            self._note_place(run)
            record(self.ledger, run, event)
            self.note_recent(event)
            if event.type == "workflow.step.started":
                started_at = datetime.fromisoformat(str(event.data["started_at"]))
                self.first_started.setdefault(run, started_at)
        happened = facts.to_engine(event)
        if happened is not None:
            self.state = engine.advance(self.graph, self.state, happened)
            self._note_turns(is_replay=True)
        elif event.type == COLLECTED and event.node is not None and event.run is not None:
            self.ledger.take_collected((event.node, event.run))
        self.ledger.shelf.tidy(self.journal.stored_seq)

    def begin(self, command: RunStep, *, is_inline: bool) -> None:
        """An attempt begins; its start is logged with the next flush unless it ends before.

        Inline steps end before anything else can happen, so the state need not know of them.
        """
        run = (command.node, command.run)
        now = self.clock.now()
        self.first_started.setdefault(run, now)
        self._note_place(run)
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
        passed = outputs.get(LOOP_PORT) if self.graph.nodes[run[0]].shape.loop else None
        batch_size = passed.batch_size if isinstance(passed, PassedOn) else 0
        made = {port: items for port, items in outputs.items() if items and items is not passed}
        if passed is not None and not batch_size:
            made[LOOP_PORT] = passed
        blocks = encode_items(made)
        data = self._ending(command, notes)
        made_facts = _facts_of(blocks)
        if notes.reply is not None:
            data["reply"] = reply_json(notes.reply)
        counted = {port: len(items) for port, items in made.items()}
        if batch_size:
            data["batch_size"] = batch_size
        if passed is not None:
            # A loop over nothing begins and ends, too.
            counted[LOOP_PORT] = len(passed)
            made_facts[LOOP_PORT] = {"items": len(passed), "bytes": 0}
        data["outputs"] = made_facts
        self.ledger.come_from(run, command.inputs)
        event = self._append("completed", run, command.attempt, data, blocks)
        self.ledger.put(run, event, made, batch_size=batch_size)
        self._close(run)
        self._advance(
            engine.StepCompleted(
                **self._named(command), outputs=counted, batch_size=max(1, batch_size)
            )
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
        blocks = encode_items(outputs or {})
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
        if outputs is not None:
            self.ledger.put(run, noted, outputs)
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
        return event

    def _close(self, run: RunId) -> None:
        self.open.pop(run, None)

    def _advance(self, event: engine.Event) -> None:
        self.state = engine.advance(self.graph, self.state, event)
        if self.state.ended:
            self._note_turns()
        self.ledger.shelf.tidy(self.journal.stored_seq)

    def _note_turns(self, *, is_replay: bool = False) -> None:
        """Keep what the engine forgets of turns that have ended: what came back in them."""
        for ended in self.state.ended:
            collects = self.graph.nodes[ended.loop.node].shape.loop == "items"
            for run in self.ledger.turn_ended(ended, collects=collects):
                self._indices.pop(run, None)
                self.first_started.pop(run, None)
            if collects and not is_replay:
                is_last = all(key.id != ended.loop for key in self.state.activations)
                self._store_collected(ended.loop, is_last=is_last)

    def _note_place(self, run: RunId) -> None:
        """Tell the ledger in which turn a run is, so that it can be forgotten with it."""
        found = self.state.runs.get(engine.RunId(*run))
        if found is None or not found.key.tag:
            return
        tag = found.key.tag
        frame = tag[-1]
        self.ledger.runs_in(engine.RunKey(frame.head, tag[:-1], frame.via).id, frame.iteration, run)
        if self.graph.nodes[frame.head].is_virtual and len(tag) > 1:
            # The head itself never runs, but its turns belong to the turn around it.
            outer, head = tag[-2], engine.RunKey(frame.head, tag[:-1], frame.via).id
            around = engine.RunKey(outer.head, tag[:-2], outer.via).id
            self.ledger.runs_in(around, outer.iteration, head)

    def _store_collected(self, loop: RunId, *, is_last: bool) -> None:
        collecting = self.ledger.collecting[loop]
        is_full = max(collecting.turns, len(collecting.refs)) >= log.PAGE_ITEMS
        if not is_full and not is_last:
            return
        taken = self.ledger.take_collected(loop)
        items = sum(ref.items for ref in taken.refs)
        if items:
            data: JsonObject = {"turns": taken.turns, "outputs": {DONE_PORT: {"items": items}}}
            blocks = {DONE_PORT: [(items, log.encode_manifest(taken.refs))]}
            self.ledger.collected(loop, self._append("collected", loop, 1, data, blocks))
        if is_last:
            self.ledger.loop_ended(loop)


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
