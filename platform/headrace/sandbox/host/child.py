"""One sandbox process, seen from outside: asked with a deadline, killed when it is late."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from headrace.sandbox.errors import CodeStopped, SandboxCrashed, SandboxMissing
from headrace.sandbox.guest.frames import Header, pack, unpack
from headrace.sandbox.guest.stopping import MESSAGES, TOO_DEEP
from headrace_sdk.errors import NodeError

START_S: Final = 180.0
"""The very first start compiles the engine: that of Python takes half a minute when busy."""

PROBE_S: Final = 5.0
ENDING_S: Final = 1.0
ABORTED: Final = {-signal.SIGABRT, 128 + signal.SIGABRT}
"""How pyeryx ends when code goes through its stack; the second is what bubblewrap makes of it."""
MAX_ANSWER_BYTES: Final = 64 << 20
MODULE: Final = "headrace.sandbox.guest"


class Child:
    """Start it, `ask` it one thing at a time, `end` it; `kill` may come from another thread."""

    def __init__(
        self, engine: str, folder: Path | None, memory_bytes: int, around: Sequence[str] = ()
    ) -> None:
        """Start the process, wait until it is ready and let it try its walls: `facts`.

        In `folder` it keeps what it compiles; the command `around` is what runs it, if any.

        Raises:
            SandboxMissing: it cannot be started, or fails its own test.
        """
        self.engine = engine
        command = [*around, sys.executable, "-I", "-m", MODULE, engine, str(memory_bytes)]
        command += [str(folder.resolve())] if folder else []
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={},
                cwd="/",
                bufsize=0,
                start_new_session=True,
            )
            self.facts = self._answer(START_S)[0]
            self._send(pack({"probe": True}))
            self.facts |= self._answer(PROBE_S)[0]
        except (OSError, SandboxCrashed, CodeStopped) as error:
            raise SandboxMissing(_cannot_start(self._last_words(), error)) from error
        self.asked = 0
        self.level = ""

    def ask(self, header: Header, body: bytes, within_s: float) -> tuple[Header, bytes]:
        """Its answer.

        Raises:
            SandboxCrashed: it is gone, or was late and is gone now.
            CodeStopped: the code took it down with it.
        """
        self.asked += 1
        try:
            self._send(pack(header, body))
        except OSError as error:
            self.end()
            raise SandboxCrashed(_CRASHED) from error
        return self._answer(within_s)

    def kill(self) -> None:
        """Kill it while another thread waits for its answer, which then fails."""
        if self._process.poll() is None:
            # With whatever is around it: it has a session of its own.
            os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill it, whatever it does, and close what led to it."""
        self.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None:
                pipe.close()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def _send(self, frame: bytes) -> None:
        assert self._process.stdin is not None
        left = memoryview(frame)
        while left:
            left = left[os.write(self._process.stdin.fileno(), left) :]

    def _answer(self, within_s: float) -> tuple[Header, bytes]:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        deadline = time.monotonic() + within_s
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)

        def read(length: int) -> bytes:
            parts = bytearray()
            while len(parts) < length:
                left_s = deadline - time.monotonic()
                if left_s <= 0 or not poll.poll(left_s * 1000):
                    raise TimeoutError
                part = os.read(descriptor, min(length - len(parts), 1 << 20))
                if not part:
                    raise EOFError
                parts += part
            return bytes(parts)

        try:
            return unpack(read, MAX_ANSWER_BYTES)
        except EOFError as error:
            raise self._ended() from error
        except (OSError, ValueError) as error:
            self.kill()
            raise SandboxCrashed(_CRASHED) from error

    def _ended(self) -> NodeError:
        """Why it is gone without an answer."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING_S)
        self.kill()
        if self._process.returncode in ABORTED:
            return CodeStopped(MESSAGES[TOO_DEEP], code=TOO_DEEP)
        return SandboxCrashed(_CRASHED)

    def _last_words(self) -> str:
        process: Any = getattr(self, "_process", None)
        if process is None:
            return ""
        self.kill()
        words: bytes = process.communicate()[1]
        return words.decode(errors="replace").strip().rpartition("\n")[2]


_CRASHED: Final = (
    "The process that ran the code was ended. Run it again; if that happens again, "
    "give it fewer items."
)


def _cannot_start(words: str, error: Exception) -> str:
    reason = words or str(error)
    return f"Code is not run here, because its sandbox cannot be started: {reason[:300]}"
