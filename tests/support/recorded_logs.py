"""Logs of real runs as files: written once by the release that made them, read for ever."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, cast
from uuid import UUID

from headrace import engine
from headrace.catalog.queries import shapes_for
from headrace.engine import Source, compile_graph, initial_state
from headrace.executions import history, log
from headrace.executions.blocks.ledger import Ledger
from headrace.executions.blocks.reader import Reader
from headrace.executions.blocks.stores import run_now
from headrace.executions.runner.recorder import Recorder
from headrace.workflows.validation import reads
from headrace_bootstrap.project import ROOT

FOLDER: Final = ROOT / "fixtures" / "logs"


@dataclass(frozen=True)
class RecordedLog:
    """A log with the document that it ran and what it came to."""

    document: dict[str, Any]
    trigger: str
    segments: Sequence[tuple[int, bytes, int]]
    bodies: Mapping[UUID, bytes]
    expected: Mapping[str, Any] | None = None

    @classmethod
    def read(cls, path: Path) -> RecordedLog:
        """What a file holds."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            found["document"],
            found["trigger"],
            [(first, base64.b64decode(body), form) for first, body, form in found["segments"]],
            {UUID(one): base64.b64decode(body) for one, body in found["payloads"].items()},
            found["expected"],
        )

    def write(self, path: Path) -> None:
        """Store it with what it comes to now."""
        kept = {
            "document": self.document,
            "trigger": self.trigger,
            "segments": [
                [first, base64.b64encode(body).decode(), form]
                for first, body, form in self.segments
            ],
            "payloads": {
                str(one): base64.b64encode(body).decode() for one, body in self.bodies.items()
            },
            "expected": self.outcome(),
        }
        path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def outcome(self) -> dict[str, Any]:
        """Where the folds of this release take it: status, steps, and every step's items."""
        events = [
            event
            for first, body, form in self.segments
            for event in log.decode_segment(body, first, form)
        ]
        graph = compile_graph(self.document, shapes_for(self.document), reads=reads(self.document))
        recorder = Recorder(
            graph,
            cast("Any", SimpleNamespace(stored_seq=events[-1].seq, seq=events[-1].seq)),
            Ledger(),
            cast("Any", None),
            initial_state(graph, self.trigger),
        )
        for event in events:
            recorder.replay(event)
        steps = history.steps(events)
        return {
            "status": recorder.state.status.value,
            "result": [list(source) for source in engine.result(graph, recorder.state)],
            "steps": [[s.node, s.run, s.run_index, s.status, s.items_out] for s in steps],
            "items": {
                f"{s.node} {s.run} {port}": self._items(s, port, count)
                for s in steps
                for port, count in s.items_out.items()
            },
        }

    def _items(self, step: history.Step, port: str, count: int) -> list[Any]:
        reader = Reader(Ledger(), self)
        run_now(reader.remember((step.node, step.run)))
        found = run_now(reader.load(Source(step.node, step.run, port, count)))
        return [item.to_json() for item in found]

    async def segments_from(self, seq: int) -> Sequence[tuple[int, bytes, int]]:
        """See `Store`."""
        first = max(one[0] for one in self.segments if one[0] <= seq)
        return [one for one in self.segments if one[0] >= first]

    async def segments_before(self, seq: int) -> Sequence[tuple[int, bytes, int]]:
        """See `Store`."""
        return [one for one in reversed(self.segments) if one[0] < seq]

    async def payloads(self, ids: Sequence[UUID]) -> Mapping[UUID, bytes]:
        """See `Store`."""
        return {one: self.bodies[one] for one in ids}
