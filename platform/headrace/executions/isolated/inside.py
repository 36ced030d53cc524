"""Runs in the process of a node: `python -m headrace.executions.isolated.inside FD`.

It waits for one job on its standard input, runs it, answers on the given descriptor and ends. What
the node prints goes to its own standard output, which the worker reads. When the worker is gone its
end of the standard input closes, and the process ends with it.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
import threading
from datetime import datetime
from importlib import import_module
from random import Random
from typing import Any, BinaryIO, Final, cast

import orjson

from headrace.executions.isolated import faults, fence, returning
from headrace.executions.isolated.asking import (
    AskedFiles,
    AskedHttp,
    AskedOutcomes,
    AskedState,
    Line,
    opened,
)
from headrace.executions.isolated.job import HEAD_BYTES, Doors, Job, framed
from headrace.executions.isolated.tables import AskedTables
from headrace_sdk.context import Context, LogLevel
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import ContractError, HeadraceError
from headrace_sdk.items import Inputs, JsonObject
from headrace_sdk.node import ParamSet
from headrace_sdk.waits import Suspension

MEMORY_BYTES: Final = 1 << 30
"""What the node may have of its own: a worker drives many others beside it."""

TOO_MUCH: Final = (
    f"The node needed more than {MEMORY_BYTES >> 20} MB of memory. Give it fewer items at a time."
)


class InsideContext:
    """The part of `headrace_sdk.context.Context` that a process without the platform has."""

    def __init__(self, job: Job, answers: Answers) -> None:
        self.execution = job.execution
        self.node_name = job.node_name
        self.attempt = job.attempt
        self.turn = job.turn
        self.now: datetime = job.now
        self.random = Random(job.random_seed)  # noqa: S311 - the run's own, so that attempts agree
        self._answers = answers

    def log(self, message: str, level: LogLevel = "info", **facts: Any) -> None:
        """See `Context.log`."""
        shown: JsonObject = {name: str(value) for name, value in facts.items()}
        self._answers.say({"log": {"message": str(message), "level": level, "facts": shown}})

    def progress(self, fraction: float, message: str = "") -> None:
        """See `Context.progress`."""
        self._answers.say({"progress": {"fraction": fraction, "message": message}})

    def stream(self, text: str) -> None:
        """See `Context.stream`."""
        self._answers.say({"stream": text})

    async def checkpoint(self) -> None:
        """See `Context.checkpoint`."""
        await asyncio.sleep(0)

    def __getattr__(self, name: str) -> Any:
        """Refuses what only the worker could do."""
        message = (
            f"A node with a process of its own has no ctx.{name}. "
            "Give what it needs as items, and let other nodes speak to the outside."
        )
        raise ContractError(message)


class AskingContext(InsideContext):
    """That of a plugin: it may ask the worker for what its package declared, and for no more."""

    def __init__(self, job: Job, doors: Doors, answers: Answers) -> None:
        super().__init__(job, answers)
        self.line = Line(answers.say)
        self._slots: dict[str, str] = {}
        self.http = AskedHttp(self.line, self._slots)
        self.state = AskedState(self.line)
        self.files = AskedFiles(self.line)
        self.tables = AskedTables(self.line)
        if doors.outcomes is not None:
            self.outcomes = AskedOutcomes(self.line, doors.outcomes, stops=doors.stops)

    async def credential(self, slot: str) -> Credential | None:
        """See `Context.credential`."""
        told = await self.line.ask("credential.open", slot=slot)
        if told is None:
            return None
        self._slots[told["id"]] = slot
        return opened(told)


class Answers:
    """The way back to the worker."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def say(self, answer: JsonObject) -> None:
        """Send one frame.

        Raises:
            TypeError: it is not JSON.
        """
        body = orjson.dumps(answer)
        with self._lock:
            self._pipe.write(framed(body))
            self._pipe.flush()


async def outcome(job: Job, context: InsideContext) -> JsonObject:
    """The last answer: what the node returned, or why it did not."""
    module, _, name = job.node_class.partition(":")
    inputs = Inputs(job.inputs)
    ctx = cast("Context", context)
    try:
        node = getattr(import_module(module), name)()
        checked = [node.Params.model_validate(one) for one in job.params]
        params = ParamSet(checked if len(checked) == job.rows else checked * job.rows)
        if job.wake is not None:
            returned = await node.resume(ctx, params, inputs, job.wake)
        else:
            returned = await node.run(ctx, params, inputs)
        if isinstance(returned, Suspension) and job.doors is None:
            message = "A node with a process of its own cannot wait."
            raise ContractError(message)
        return returning.to_json(returned)
    except HeadraceError as error:
        return {"error": faults.to_json(error)}
    except MemoryError:
        return {"error": {"code": "resource_limit", "message": TOO_MUCH}}
    except Exception as error:  # noqa: BLE001 - an author's code; its text may hold a secret
        return {"error": {"code": "node_crashed", "kind": type(error).__name__}}


def _read_job(stdin: BinaryIO) -> Job | None:
    head = stdin.read(HEAD_BYTES)
    if len(head) < HEAD_BYTES:
        return None
    return Job.from_bytes(stdin.read(int.from_bytes(head, "big")))


def _read_answers(descriptor: int, context: InsideContext) -> None:
    """Hand on what the worker answers; without a worker, end."""
    # Past the buffer, whose lock a thread must not hold when the interpreter ends.
    while head := _exactly(descriptor, HEAD_BYTES):
        answer = _exactly(descriptor, int.from_bytes(head, "big"))
        if isinstance(context, AskingContext) and answer:
            context.line.hear(orjson.loads(answer))
    os._exit(1)


def _exactly(descriptor: int, size: int) -> bytes:
    """So many bytes; none when the other end is closed."""
    read = bytearray()
    while len(read) < size:
        part = os.read(descriptor, size - len(read))
        if not part:
            return b""
        read += part
    return bytes(read)


def main() -> None:
    """One job, then the end."""
    fence.leave()
    stdin, answers = sys.stdin.buffer, Answers(os.fdopen(int(sys.argv[1]), "wb"))
    answers.say({"ready": True})
    job = _read_job(stdin)
    if job is None:
        return
    context = InsideContext(job, answers)
    if job.doors is not None:
        context = AskingContext(job, job.doors, answers)
        fence.close(job.doors.programs)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    threading.Thread(target=_read_answers, args=(stdin.fileno(), context), daemon=True).start()
    last = asyncio.run(outcome(job, context))
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        answers.say(last)
    except TypeError as error:
        answers.say({"error": {"code": "output_not_json", "message": f"Not JSON: {error}."}})
    # Threads that the node left behind must not keep the process.
    os._exit(0)


if __name__ == "__main__":
    main()
