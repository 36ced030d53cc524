"""Why an agent's step cannot go on now. Passes through the agent's own code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from headrace.executions.runner.agents.records import NONDETERMINISTIC
from headrace.executions.runner.context import Notes
from headrace.executions.runner.outcome import Failure
from headrace_sdk.attached import CallInterrupted
from headrace_sdk.items import JsonObject
from headrace_sdk.waits import Suspension


@dataclass(frozen=True, slots=True)
class CallPlace:
    """A call as waits and addresses name it: the node that does it, and a run of its own."""

    path: str
    node: str
    run: str

    def to_json(self) -> JsonObject:
        """As the log has it."""
        return {"path": self.path, "node": self.node, "run": self.run}


class CallWaits(CallInterrupted):
    """A call waits; its step waits with it. `notes` are what it wants to become durable."""

    def __init__(self, place: CallPlace, suspension: Suspension, notes: Notes) -> None:
        super().__init__(place.path)
        self.place = place
        self.suspension = suspension
        self.notes = notes


class CallInDoubt(CallInterrupted):
    """A person has to decide about a call before the step goes on."""

    def __init__(self, path: str, failure: Failure) -> None:
        super().__init__(path)
        self.path = path
        self.failure = failure


def in_doubt(path: str, node: str, failure: Failure) -> CallInDoubt:
    """Nobody knows whether the call of this node had its effect."""
    return CallInDoubt(path, replace(failure, message=f'The tool "{node}": {failure.message}'))


def differs(path: str) -> CallInDoubt:
    """The agent calls something else than the log says it called there."""
    message = (
        f"The call {path} is not the one that was made there before: what this agent does depends "
        "on more than its items and what its calls gave. Run it again to begin anew."
    )
    return CallInDoubt(path, Failure(NONDETERMINISTIC, message))
