"""Starts the programs that an operator declared, as nobody, for one step each (S-026).

A program has an account of its own, no word of our environment, a folder that is gone afterwards,
and is killed with all that it started when the step is done with it. Tenants choose a name and
nothing else. Where Headrace itself is an ordinary account there is no other one to give, and a
program of the same account could read what we can: then none is started.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from headrace.egress import launching
from headrace.egress.ports import Caller, ports
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import UpstreamError, UserError
from headrace_sdk.programs import Program

AT_ONCE: Final = 8
"""Programs of one process of ours that run at a time."""
PATH: Final = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
END_S: Final = 5.0


class RunningProgram:
    """Implements `headrace_sdk.programs.Program`."""

    def __init__(
        self, name: str, process: asyncio.subprocess.Process, check: Callable[[], Awaitable[None]]
    ) -> None:
        self._name, self._process, self._check = name, process, check

    async def send(self, line: bytes) -> None:
        """See `Program.send`."""
        await self._check()
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line + b"\n")
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            message = f'The program "{self._name}" has ended.'
            raise UpstreamError(message, sent="maybe", code="program_ended") from error

    async def receive(self) -> bytes | None:
        """See `Program.receive`."""
        assert self._process.stdout is not None
        try:
            line = await self._process.stdout.readline()
        except ValueError as error:
            message = f'A line of the program "{self._name}" is longer than is allowed.'
            raise UpstreamError(message, code="answer_too_large", retryable=False) from error
        return line.rstrip(b"\r\n") if line else None


class CheckedProgram:
    """A program of which `check` is asked before each line that is sent to it."""

    def __init__(self, program: Program, check: Callable[[], Awaitable[None]]) -> None:
        self._program, self._check = program, check

    async def send(self, line: bytes) -> None:
        """See `Program.send`."""
        await self._check()
        await self._program.send(line)

    async def receive(self) -> bytes | None:
        """See `Program.receive`."""
        return await self._program.receive()


class OperatorPrograms:
    """Implements `headrace_sdk.programs.Programs`. `check` runs before each line is sent."""

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        check: Callable[[], Awaitable[None]],
        account: int = launching.NOBODY,
        caller: Caller | None = None,
    ) -> None:
        self._commands = commands
        self._check = check
        self._account = account
        self._caller = caller

    @classmethod
    def from_settings(
        cls, check: Callable[[], Awaitable[None]], caller: Caller
    ) -> OperatorPrograms:
        """Those of this installation, and its own servers on behalf of `caller`."""
        return cls(settings.HEADRACE_MCP_SERVERS, check, caller=caller)

    @property
    def names(self) -> Sequence[str]:
        """See `Programs.names`."""
        return sorted(self._commands)

    @asynccontextmanager
    async def built_in(
        self, name: str, *, credential: Credential | None, max_bytes: int
    ) -> AsyncIterator[Program]:
        """See `Programs.built_in`."""
        if self._caller is None:
            message = "Built-in servers are for the nodes that come with the installation."
            raise UserError(message, field="built_in", code="no_such_server")
        await self._check()
        servers = ports.built_in
        async with servers.started(
            name, self._caller, credential=credential, max_bytes=max_bytes
        ) as program:
            yield CheckedProgram(program, self._check)

    @asynccontextmanager
    async def started(self, name: str, *, max_bytes: int) -> AsyncIterator[RunningProgram]:
        """See `Programs.started`."""
        command = self._commands.get(name)
        if command is None:
            known = ", ".join(self.names) or "none"
            message = f"The operator declared no server {name[:60]!r}; there is {known}."
            raise UserError(message, field="program", code="no_such_program")
        if os.getuid() != 0:
            message = "Programs are started where Headrace can give them an account of their own."
            raise UpstreamError(message, sent="no", code="no_account", retryable=False)
        async with _places():
            await self._check()
            folder = await asyncio.to_thread(_folder, self._account)
            process = await _start([str(self._account), *command], folder, max_bytes)
            try:
                yield RunningProgram(name, process, self._check)
            finally:
                await asyncio.shield(asyncio.create_task(_end(process, folder)))


def _folder(account: int) -> Path:
    made = Path(tempfile.mkdtemp(prefix="headrace-program-"))
    os.chown(made, account, account)
    return made


async def _start(
    launched: Sequence[str], folder: Path, max_bytes: int
) -> asyncio.subprocess.Process:
    environment = {"PATH": PATH, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    try:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", launching.__file__, *launched),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # What it says there is for its author, and might hold anything.
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            start_new_session=True,
            limit=max_bytes,
        )
    except OSError as error:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        message = "The program cannot be started. The operator has to look at its command."
        raise UpstreamError(message, sent="no", code="program_not_started") from error


async def _end(process: asyncio.subprocess.Process, folder: Path) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), END_S)
    if process.stdin is not None:
        process.stdin.close()
    await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


_limits: dict[int, asyncio.Semaphore] = {}


def _places() -> asyncio.Semaphore:
    """Of the running loop: a semaphore belongs to one."""
    loop = id(asyncio.get_running_loop())
    if loop not in _limits:
        _limits.clear()
        _limits[loop] = asyncio.Semaphore(AT_ONCE)
    return _limits[loop]
