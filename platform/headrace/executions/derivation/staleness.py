"""Decides whether a recorded result still holds: same node, same settings, same input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from headrace.engine import RunId, Source, StepInputs
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import Past, Recorded
from headrace.executions.digests import combined, digest_of_items
from headrace.workflows.compiled import CompiledWorkflow
from headrace_sdk.items import Item

CHANGED: Final = "node_changed"
NEW: Final = "node_new"
MOVED: Final = "moved"
INPUT: Final = "input_changed"
FAILED: Final = "failed"

_SETTINGS: Final = ("execute_once", "always_output", "on_error")
"""The settings of a node that can change what it puts out."""


@dataclass(slots=True)
class Judge:
    """The verdict on the results of `past` in the version `new`. `old` is the one that it ran.

    `again` forces runs or whole nodes to run again and says why. A result that is an error is
    taken over unless `redo_failed`. With `is_lenient` nothing is stale.
    """

    past: Past
    old: CompiledWorkflow
    new: CompiledWorkflow
    recorded: RecordedItems
    items: list[Item] | None = None
    again: Mapping[RunId | str, str] = field(default_factory=dict)
    pins: Mapping[str, tuple[Item, ...]] = field(default_factory=dict)
    redo_failed: bool = False
    is_lenient: bool = False
    _pinned: dict[str, str] = field(default_factory=dict)

    def __call__(self, one: Recorded, inputs: StepInputs) -> str | None:
        """Why the run must be made again; `None` if its result holds."""
        forced = self.again.get(one.id) or self.again.get(one.id.node)
        if forced is not None:
            return forced
        if self.redo_failed and one.has_failed:
            return FAILED
        if self.is_lenient:
            return None
        reason = self.of_node(one.id.node)
        if reason is None and self._input_differs(one, inputs):
            return INPUT
        return reason

    def of_node(self, node: str) -> str | None:
        """Why what the node gave holds no more, whatever went in; `None` if it may."""
        if self.old.record.ref.id == self.new.record.ref.id:
            return None
        if node not in self.old.nodes:
            return NEW
        if facts_of(self.old, node) != facts_of(self.new, node):
            return CHANGED
        before, after = self.old.graph.nodes.get(node), self.new.graph.nodes[node]
        if before is None or (before.scope, before.join) != (after.scope, after.join):
            return MOVED
        # What was pinned there is not what the node would put out.
        return CHANGED if node in self.past.pins else None

    def _input_differs(self, one: Recorded, inputs: StepInputs) -> bool:
        if self._is_unchanged:
            return False
        if one.is_edited:
            return True
        return self._digest(one.inputs, self.recorded.digest) != self._digest(inputs, self._after)

    @property
    def _is_unchanged(self) -> bool:
        """Same version, pins and trigger items: what comes out the same goes in the same."""
        is_same = self.old.record.ref.id == self.new.record.ref.id
        return is_same and self.items is None and frozenset(self.pins) == self.past.pins

    def _digest(self, inputs: StepInputs, of: Any) -> str:
        return combined(
            [port, [[of(source), source.batch] for source in sources]]
            for port, sources in sorted(inputs)
        )

    def _after(self, source: Source) -> object:
        if self.items is not None and source.node == self.past.trigger.id.node:
            return digest_of_items(self.items)
        if source.node in self.pins and not self.new.graph.nodes[source.node].shape.loop:
            if source.node not in self._pinned:
                self._pinned[source.node] = digest_of_items(self.pins[source.node])
            return self._pinned[source.node]
        return self.recorded.digest(source)


def facts_of(workflow: CompiledWorkflow, node: str) -> Mapping[str, object]:
    """Everything about a node that decides what it makes of its input."""
    compiled, planned = workflow.nodes[node], workflow.graph.nodes.get(node)
    return {
        "type": compiled.kind,
        "version": compiled.node_class.version if compiled.node_class else None,
        "params": compiled.stored_params,
        "credentials": dict(compiled.credentials),
        "settings": {name: compiled.settings.get(name) for name in _SETTINGS},
        "disabled": planned.is_disabled if planned else True,
    }
