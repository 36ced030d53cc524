"""Which attempts were under way when the last worker died, and who decides about each."""

from __future__ import annotations

from headrace.executions import log
from headrace.executions.blocks.ledger import RunId
from headrace.executions.runner.outcome import Failure
from headrace.workflows.compiled import CompiledNode
from headrace_sdk.items import JsonObject

MESSAGE = (
    "The worker died while this step was under way, so nobody knows whether it had its effect. "
    "Check the target, then say whether it happened or run it again."
)


class Interrupted:
    """A fold over the log: runs that started and have no outcome."""

    def __init__(self) -> None:
        self._runs: set[RunId] = set()

    def replay(self, event: log.Event) -> None:
        """Take in an event that is already in the log."""
        if event.node is None or event.run is None or not event.type.startswith("workflow.step."):
            return
        run = (event.node, event.run)
        if event.type == "workflow.step.started":
            self._runs.add(run)
        elif event.type not in log.BESIDE:
            self._runs.discard(run)

    def take(self, run: RunId) -> bool:
        """Was this run under way? Asked once: its next attempt is a new one."""
        found = run in self._runs
        self._runs.discard(run)
        return found


def asks(node: CompiledNode, workflow: JsonObject, *, is_keyed: bool) -> bool:
    """Does a person decide about a write of which nobody knows whether it had its effect?

    The node's own wish counts, then the workflow's; else the write is made again only where the
    other side can tell that it is the same (engine-rules 13).
    """
    wish = node.settings.get("on_crash") or workflow.get("on_crash")
    return wish == "stop_and_ask" if wish else not is_keyed


def lost() -> Failure:
    """The outcome that a crash took away."""
    return Failure("outcome_unknown", MESSAGE, sent="maybe")


def cut_off() -> Failure:
    """The outcome of a write that did not end within its grace after a cancel."""
    message = "The execution was stopped while this step wrote; check the target."
    return Failure("outcome_unknown", message, sent="maybe")
