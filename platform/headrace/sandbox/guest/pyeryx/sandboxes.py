"""Runs Python of tenants in pyeryx, each job in an interpreter that nobody used before.

pyeryx keeps one more interpreter ready than it needs. Code that goes too deep takes this whole
process with it, so it is one that can be spared: the host starts another.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from headrace.sandbox.guest.frames import Answer, Header, Wait
from headrace.sandbox.guest.lines import lines
from headrace.sandbox.guest.pyeryx import image
from headrace.sandbox.guest.stopping import Stopped, WrongGuest, refusal

if TYPE_CHECKING:
    import eryx

JOB: Final = (
    "import sys\nsys.modules['headrace.sandbox.guest.pyeryx.around'].serve({text!r}, {now_ns})"
)
MOST_PRINTED_BYTES: Final = 1 << 20
MARGIN_S: Final = 0.05
"""It looks at the clock every ten milliseconds."""

SELF_TEST: Final = {
    "source": "try:\n    open('/etc/passwd')\nexcept OSError:\n    return [{'answer': 6 * 7}]",
    "perItem": False,
    "items": [],
    "variables": {},
    "seed": 1,
}


class Sandboxes:
    """The jobs of this process, each with the same bound on its memory."""

    self_test = SELF_TEST
    has_threads = True
    compiled_s = 0.0

    def __init__(self, folder: Path | None, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._factory = _factory(folder)
        self._sandbox: tuple[float, eryx.Sandbox] | None = None
        self._printed = bytearray()
        self._result = bytearray()

    def serve(self, wait: Wait, answer: Answer) -> None:
        """One job."""
        asked, body = wait()
        self._printed, self._result = bytearray(), bytearray()
        began = time.process_time()
        try:
            result = self._run(asked, body)
            header: Header = {"ok": True, "cpu_s": time.process_time() - began}
        except Stopped as stopped:
            header = refusal(stopped, {**asked, "memory_bytes": self._memory_bytes})
            result = b""
        header["printed"] = lines(self._printed)
        answer(header, result)

    def _run(self, asked: Header, body: bytes) -> bytes:
        """Its answer.

        Raises:
            Stopped: it was stopped, or ended without a result.
        """
        import eryx  # noqa: PLC0415 - the process has it only where it is this level

        source = JOB.format(text=body.decode(), now_ns=int(asked["now_ms"] * 1e6))
        try:
            self._ready(asked["time_s"]).execute(source)
        except eryx.TimeoutError:
            raise Stopped("code_timeout") from None
        except eryx.ResourceLimitError:
            raise Stopped("code_memory") from None
        except eryx.EryxError as error:
            # pyeryx itself may stumble over what the code broke; the answer is there by then.
            if b"\n" not in self._result:
                raise _failed(str(error)) from None
        answer, _, _ = self._result.partition(b"\n")
        if len(answer) > asked["output_bytes"]:
            raise Stopped("code_output_too_large")
        return bytes(answer)

    def _ready(self, time_s: float) -> eryx.Sandbox:
        """One with this limit; mostly that of the job before."""
        import eryx  # noqa: PLC0415

        if self._sandbox is None or self._sandbox[0] != time_s:
            limits = eryx.ResourceLimits(
                execution_timeout_ms=int((time_s + MARGIN_S) * 1000),
                max_memory_bytes=self._memory_bytes,
                max_callback_invocations=0,
                max_vfs_bytes=0,
            )
            made = self._factory.create_sandbox(
                resource_limits=limits, on_stdout=self._print, on_stderr=self._answer
            )
            self._sandbox = (time_s, made)
        return self._sandbox[1]

    def _print(self, part: bytes) -> None:
        self._printed += part[: MOST_PRINTED_BYTES - len(self._printed)]

    def _answer(self, part: bytes) -> None:
        self._result += part


def _factory(folder: Path | None) -> eryx.SandboxFactory:
    if folder is None or not (file := image.file_of(folder)).is_file():
        message = "Its image is not made yet."
        raise WrongGuest(message)
    import eryx  # noqa: PLC0415 - before there is nothing to import from

    return eryx.SandboxFactory.load(_enter(file))


def _enter(file: Path) -> Path:
    """Have nothing of the system but the folder of this file, where that is allowed.

    For each interpreter pyeryx opens the folder of its library there (not what is in it).
    """
    folder = file.parent
    with suppress(OSError):
        os.chroot(folder)
        os.chdir("/")
        folder = Path("/")
    os.environ["TMPDIR"] = str(folder)  # noqa: TID251 - pyeryx looks nowhere else
    return folder / file.name


def _failed(message: str) -> Stopped:
    """What the end of an interpreter means, by what pyeryx says of it."""
    if "exit" in message:
        return Stopped("code_failed", "The code ended its interpreter. Return items instead.")
    if "stack" in message:
        return Stopped("code_too_deep")
    return Stopped("sandbox_crashed")
