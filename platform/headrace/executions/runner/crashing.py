"""Which attempts were under way when the last worker died, and what that means for each."""

from __future__ import annotations

from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.outcome import Failed, Failure, Outcome
from headrace.workflows.compiled import CompiledNode
from headrace_sdk.node import Effect


class Interrupted:
    """A fold over the log: runs that started and have no outcome."""

    def __init__(self) -> None:
        self._runs: set[RunId] = set()

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is None or event.run is None:
            return
        run = (event.node, event.run)
        if event.type == "workflow.step.started":
            self._runs.add(run)
        else:
            self._runs.discard(run)

    def outcome(self, run: RunId, node: CompiledNode, effect: Effect) -> Outcome | None:
        """What an attempt that was cut off by a crash means: run again, or nobody knows."""
        if run not in self._runs:
            return None
        self._runs.discard(run)
        node_class = node.node_class
        is_keyed = node_class is not None and node_class.sends_idempotency_key
        if effect != "write" or is_keyed or node.settings.get("on_crash") == "retry":
            return None
        message = (
            "The worker died while this step was under way, so nobody knows whether it had its "
            "effect. Check the target; set “On crash” to retry if repeating is harmless."
        )
        return Failed(Failure("outcome_unknown", message, sent="maybe"))
