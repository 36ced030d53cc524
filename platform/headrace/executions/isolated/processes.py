"""Starts, feeds, reads and kills the processes of nodes, at most a few at a time.

Every run has a fresh process, so no run leaves anything behind for another, or another tenant's. It
inherits no environment but where Python finds its modules, so no secret either. One is started
ahead once the first was wanted: importing takes longer than most jobs.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

import orjson

from headrace.executions.isolated import faults, returning
from headrace.executions.isolated.job import HEAD_BYTES, MAX_FRAME_BYTES, Job, framed
from headrace.executions.isolated.returning import Returned
from headrace_sdk.errors import NodeError
from headrace_sdk.items import JsonObject, JsonValue

INSIDE: Final = "headrace.executions.isolated.inside"
AT_ONCE: Final = max(2, os.cpu_count() or 1)
LAST: Final = frozenset({"done", "wait", "collected"})
"""What a node that did not fail says at last."""

LINE_BYTES: Final = 64 * 1024
"""Longer lines that a node prints are cut."""

Hear = Callable[[str, Any], None]
"""Told what a node says while it runs: `log`, `progress` or `stream`, and what."""


class Serve(Protocol):
    """Answers a plugin's process."""

    async def ask(self, door: str, given: Mapping[str, Any]) -> JsonValue:
        """The answer to a question; a `NodeError` is one, too."""

    def tell(self, door: str, given: Mapping[str, Any]) -> None:
        """Take in what has no answer."""


class ProcessDied(NodeError):
    """The process of the node ended without an answer."""

    code = "process_died"

    def __init__(self, status: int) -> None:
        how = f"was killed by {_signal(-status)}" if status < 0 else f"ended with status {status}"
        super().__init__(f"The node's process {how}. Look for what ends it: memory, native code.")


@dataclass(slots=True)
class Child:
    """A process that has imported what it needs and waits for its job, or is at it."""

    process: asyncio.subprocess.Process
    answers: asyncio.StreamReader
    transport: asyncio.ReadTransport

    async def frame(self) -> Any:
        """What it says next.

        Raises:
            ProcessDied: nothing more will come.
            NodeError: it is too much.
        """
        try:
            size = int.from_bytes(await self.answers.readexactly(HEAD_BYTES), "big")
            if size > MAX_FRAME_BYTES:
                message = "The node returned more than its process may hand over."
                raise NodeError(message, code="output_too_large")
            return orjson.loads(await self.answers.readexactly(size))
        except asyncio.IncompleteReadError:
            raise ProcessDied(await self.process.wait()) from None

    async def kill(self) -> None:
        """End it with all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.transport.close()
        await self.process.wait()


class Processes:
    """All processes of nodes that one worker has."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._spares: list[asyncio.Task[Child]] = []

    async def run(
        self, job: Job, hear: Hear, timeout_s: float | None, serve: Serve | None = None
    ) -> Returned:
        """What the node returned; what it printed is heard as lines of its log.

        `serve` answers what it asks; without it nothing can be asked.

        Time counts from when a process is ready. However this ends, the process has ended too.

        Raises:
            TimeoutError: it was killed at its limit.
            NodeError: the node's own error, or its process died.
        """
        async with self._slots:
            child = await self._take()
            printed = asyncio.create_task(_listen(child, hear))
            try:
                async with asyncio.timeout(timeout_s):
                    return await _answer(child, job, hear, serve)
            finally:
                await asyncio.shield(asyncio.create_task(_end(child, printed)))

    async def close(self) -> None:
        """End those that wait."""
        while self._spares:
            with suppress(OSError, NodeError):
                await (await self._spares.pop()).kill()

    async def _take(self) -> Child:
        """The one that was started ahead; the next one is started meanwhile."""
        task = self._spares.pop() if self._spares else asyncio.create_task(_start())
        try:
            child = await asyncio.shield(task)
        except asyncio.CancelledError:
            self._spares.append(task)
            raise
        if not self._spares:
            self._spares.append(asyncio.create_task(_start()))
        if child.process.returncode is not None:
            # It died while it waited: that is nobody's fault here.
            await child.kill()
            child = await _start()
        return child


def _environment() -> dict[str, str]:
    """Where modules are; and what is printed is to be heard at once, also of one that is killed."""
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    return {"PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "LANG": "C.UTF-8"}


async def _start() -> Child:
    read_end, write_end = os.pipe()
    try:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", INSIDE, str(write_end)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            pass_fds=(write_end,),
            env=_environment(),
            cwd=tempfile.gettempdir(),
            start_new_session=True,
            limit=LINE_BYTES,
        )
    finally:
        os.close(write_end)
    answers = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(answers), os.fdopen(read_end, "rb")
    )
    child = Child(process, answers, transport)
    try:
        await child.frame()
    except ProcessDied:
        await child.kill()
        raise
    return child


async def _end(child: Child, printed: asyncio.Task[None]) -> None:
    await child.kill()
    await printed


async def _answer(child: Child, job: Job, hear: Hear, serve: Serve | None) -> Returned:
    await _send(child, job.to_bytes())
    questions: set[asyncio.Task[None]] = set()
    try:
        async with asyncio.TaskGroup() as group:
            while True:
                ((kind, said),) = (await child.frame()).items()
                if kind == "ask" and serve is not None:
                    questions.add(group.create_task(_reply(child, serve, said)))
                elif kind == "tell" and serve is not None:
                    serve.tell(said["door"], said["given"])
                elif kind in LAST:
                    for question in questions:
                        question.cancel()
                    return returning.from_json(kind, said)
                elif kind == "error":
                    raise faults.from_json(said)
                else:
                    hear(kind, said)
    except BaseExceptionGroup as failed:
        raise failed.exceptions[0] from None


async def _reply(child: Child, serve: Serve, asked: Mapping[str, Any]) -> None:
    """Answer one question; an error of a node's kind is an answer, others end the run."""
    try:
        answer: JsonObject = {"done": await serve.ask(asked["door"], asked["given"])}
    except NodeError as error:
        answer = {"error": faults.to_json(error)}
    await _send(child, orjson.dumps({"number": asked["number"], **answer}))


async def _send(child: Child, body: bytes) -> None:
    stdin = child.process.stdin
    if stdin is not None:
        with suppress(ConnectionError):
            stdin.write(framed(body))
            await stdin.drain()


async def _listen(child: Child, hear: Hear) -> None:
    """Read what is printed, all of it, or the node would wait for somebody to read."""
    stdout = child.process.stdout
    while stdout is not None:
        try:
            line = await stdout.readuntil()
        except asyncio.IncompleteReadError as end:
            line = end.partial
        except asyncio.LimitOverrunError as long:
            line = await stdout.read(long.consumed or LINE_BYTES)
        if not line:
            return
        if text := line.decode(errors="replace").rstrip():
            hear("log", {"message": text, "level": "info", "facts": {"printed": "stdout"}})


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
