"""Attempts of an execution that calls nobody: it is told what was recorded (see `recording`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg import sql

from headrace.executions.lease.claim import Claim
from headrace.executions.recording import MODE, Call, Recording, decode, digest_of_inputs
from headrace.executions.runner.outcome import Done, Failed, Failure, Outcome, Suspended
from headrace.executions.runner.step import Attempt
from headrace_sdk.errors import NodeError

UNRECORDED: Final = "unrecorded_call"


class UnrecordedCall(NodeError):
    """A node wanted to reach the outside while it is tested."""

    code = UNRECORDED

    def __init__(self, node: str) -> None:
        super().__init__(
            f'"{node}" made a call that has no recording, so it was not sent. If the change is '
            "meant, save the test again from a new run."
        )


class Closed:
    """Stands in a test for every door that leads out of the execution: it does not open."""

    def __init__(self, node: str) -> None:
        self._node = node

    def travel_with(self, journal: object, schema: str) -> None:
        """Nothing was written that could become durable with the step's outcome."""
        del journal, schema

    def __getattr__(self, name: str) -> Any:
        """Refuses, whatever is wanted of it."""
        raise UnrecordedCall(self._node)


@dataclass(slots=True)
class Rehearsal(Attempt):
    """An attempt that is told its outcome where it would ask the outside or wait."""

    recording: Recording | None = None
    run_key: str = ""

    async def run(self) -> Outcome:
        """The recorded outcome; of a node that computes only, what it computes."""
        is_pure = self.effect == "pure"
        if self.recording is None or (is_pure and not self.recording.has(self.node.id)):
            outcome = await Attempt.run(self)
            return self._refused() if isinstance(outcome, Suspended) else outcome
        digest = digest_of_inputs(self.inputs)
        found = self.recording.find(self.node.id, self.run_key, digest)
        return _told(found[0]) if found is not None else self._refused()

    def _refused(self) -> Failed:
        error = UnrecordedCall(self.node.name)
        return Failed(Failure(error.code, error.message))


def _told(call: Call) -> Outcome:
    if call.error is None:
        return Done(call.outputs)
    error: Mapping[str, Any] = call.error
    return Failed(
        Failure(str(error["code"]), str(error["message"]), error.get("item"), error.get("path"))
    )


def rehearsed(attempt: Attempt, run: str, recording: Recording | None) -> Attempt:
    """The attempt, or its rehearsal: at the recorded time, with the recorded random numbers."""
    if recording is None:
        return attempt
    now = recording.moments.get((attempt.node.id, run), attempt.context.now)
    attempt.context.repeat(recording.root, now, Closed(attempt.node.name))
    attempt.scope.now = now
    return Rehearsal(
        attempt.node,
        attempt.parameters,
        attempt.scope,
        attempt.inputs,
        attempt.context,
        attempt.timeout_s,
        attempt.wake,
        attempt.params,
        apart=attempt.apart,
        is_off=attempt.is_off,
        recording=recording,
        run_key=run,
    )


async def read_recording(pool: Any, held: Claim, mode: str) -> Recording | None:
    """What the execution is told; `None` for those that call the outside themselves."""
    if mode != MODE:
        return None
    statement = sql.SQL("select body from {} where execution_id = %s").format(
        sql.Identifier(held.schema, "executions_callrecording")
    )
    async with pool.connection() as connection:
        rows: Sequence[Any] = await (
            await connection.execute(statement, (held.execution_id,))
        ).fetchall()
    # Without its recording a test must reach the outside even less.
    return decode(rows[0][0]) if rows else Recording(held.execution_id)
