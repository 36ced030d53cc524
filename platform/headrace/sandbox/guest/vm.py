"""One QuickJS: a WebAssembly instance, made new for each job, thrown away when it has failed.

Its functions and their meanings are those of quickjs-rs 0.2.6 (`jobs.QUICKJS`). Handles
are numbers that only the instance which gave them understands.
"""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass
from typing import Any, Final

from wasmtime import Global, Linker, Memory, Store, Trap, Val, WasmtimeError

from headrace.sandbox.guest.entry import Entry
from headrace.sandbox.guest.machine import SLACK_S, Machine
from headrace.sandbox.guest.stopping import Stopped
from headrace.sandbox.guest.traps import trapped

OWN_BYTES: Final = 8 << 20
"""What the instance needs besides the heap of the job."""

SETUP_BYTES: Final = 64 << 20
"""For our own code, before there is a job with a limit."""

PAGE: Final = 65_536
MOST_KEPT_BYTES: Final = 8 << 20
"""A machine that grew further is thrown away: clearing it would cost more than another."""

FOREVER: Final = 1 << 40
DEADLY_WORDS: Final = ("out of memory", "memory allocation")


@dataclass(frozen=True, slots=True)
class Image:
    """A prepared machine as bytes: every fresh one begins as a copy of it."""

    memory: bytearray
    stack_pointer: int
    entries: tuple[int, ...]
    scratch: int


class Vm:
    """Make it from an `image`, or empty. Once it `is_dead` it must not be used again."""

    def __init__(self, machine: Machine, linker: Linker, image: Image | None = None) -> None:
        self._machine = machine
        self._store = Store(machine.engine)
        self._store.set_epoch_deadline(FOREVER)
        self._store.set_limits(instances=1, memories=1, tables=4)
        exports = linker.instantiate(self._store, machine.module).exports(self._store)
        self._exports: Any = exports
        self._bound: dict[str, Entry] = {}
        self._memory: Memory = exports["memory"]  # type: ignore[assignment]
        self._stack_pointer: Global = exports["__stack_pointer"]  # type: ignore[assignment]
        self._memory_limit = 0
        self.is_dead = False
        if image is None:
            self.entries: tuple[int, ...] = ()
            self._scratch = self._invoke("qjs_alloc", 64)
        else:
            self._restore(image)

    def image(self) -> Image:
        """What `Vm(machine, image)` needs to become the same."""
        return Image(
            self._memory.read(self._store),
            self._stack_pointer.value(self._store),
            self.entries,
            self._scratch,
        )

    def renew(self, image: Image) -> bool:
        """Become what a new machine of this image is; false where only a new one will do.

        All that the module can change is its memory, which is written anew to its end, and its
        one global. That spares the system a thousand pages for each job.
        """
        size = self._memory.data_len(self._store)
        if self.is_dead or not len(image.memory) <= size <= len(image.memory) + MOST_KEPT_BYTES:
            return False
        start = ctypes.addressof(self._memory.data_ptr(self._store).contents)
        ctypes.memset(start + len(image.memory), 0, size - len(image.memory))
        self._restore(image)
        return True

    def prepare(self, source: str, count: int) -> None:
        """Run our own code; its value is an array of so many functions, the next `entries`."""
        handle = self.evaluate(source)
        entries = []
        for index in range(count):
            self._check(self._invoke("get_index", handle, index, self._scratch))
            entries.append(self._handle())
        self.entries += tuple(entries)

    def limit(self, memory_bytes: int) -> None:
        """Allow the job so much memory."""
        self._memory_limit = memory_bytes
        self._store.set_limits(
            memory_size=memory_bytes + OWN_BYTES, instances=1, memories=1, tables=4
        )
        self._invoke("set_memory_limit", memory_bytes)

    def evaluate(self, source: str) -> int:
        """The handle of what `source` comes to."""
        at, length = self._write(source.encode())
        self._check(self._invoke("eval_code", at, length, self._scratch))
        self._invoke("qjs_free", at, length)
        return self._handle()

    def call(self, function: int, argument: bytes = b"", *, max_bytes: int) -> bytes:
        """A function of a text, which gives a text, both as UTF-8.

        Raises:
            Stopped: it failed, or took or gave too much.
        """
        at, length = self._write(argument)
        text = self._invoke("new_string", at, length)
        self._invoke("qjs_free", at, length)
        undefined = self._invoke("new_undefined")
        self._memory.write(self._store, struct.pack("<i", text), self._scratch + 8)
        status = self._invoke(
            "call_function", function, undefined, self._scratch + 8, 1, self._scratch
        )
        self._check(status)
        answer = self._handle()
        self._check(self._invoke("get_string", answer))
        return self._last(max_bytes)

    def run_pending(self) -> None:
        """Let promises go on until none can.

        Raises:
            Stopped: the time is over.
        """
        while self._invoke("execute_pending_jobs") > 0:
            if self._machine.world.is_late:
                raise Stopped("code_timeout", "")

    def close(self) -> None:
        """Give its memory back."""
        self._store.close()

    def arm(self, time_s: float, *, by_share: bool = False) -> None:
        """Trap what still runs after so long; `by_share`: of the processor's time."""
        self._store.set_epoch_deadline(1)
        self._machine.watch.arm(time_s + SLACK_S, by_share=by_share)

    def disarm(self) -> None:
        """Let it run."""
        self._machine.watch.disarm()
        self._store.set_epoch_deadline(FOREVER)

    def _restore(self, image: Image) -> None:
        missing = len(image.memory) - self._memory.data_len(self._store)
        if missing > 0:
            self._memory.grow(self._store, -(-missing // PAGE))
        self._memory.write(self._store, image.memory, 0)
        self._stack_pointer.set_value(self._store, Val.i32(image.stack_pointer))
        self.entries, self._scratch = image.entries, image.scratch

    def _invoke(self, name: str, *arguments: int) -> int:
        entry = self._bound.get(name)
        if entry is None:
            entry = self._bound[name] = Entry(self._store, self._exports[name])
        try:
            return entry(*arguments)
        except Trap as trap:
            self.is_dead = True
            raise trapped(
                trap,
                is_late=self._machine.world.is_late,
                used_bytes=self._memory.data_len(self._store),
                limit_bytes=self._memory_limit,
            ) from trap
        except WasmtimeError as error:
            self.is_dead = True
            raise Stopped("sandbox_crashed", str(error)[:200]) from None

    def _write(self, content: bytes) -> tuple[int, int]:
        length = max(len(content), 1)
        at = self._invoke("qjs_alloc", length)
        if at == 0:
            raise Stopped("code_memory", "")
        self._memory.write(self._store, bytearray(content), at & 0xFFFFFFFF)
        return at, len(content)

    def _handle(self) -> int:
        content = self._memory.read(self._store, self._scratch, self._scratch + 4)
        return int(struct.unpack("<i", content)[0])

    def _check(self, status: int) -> None:
        if status == 0:
            return
        if self._machine.world.is_late:
            raise Stopped("code_timeout", "")
        message = self._exception()
        if any(word in message for word in DEADLY_WORDS):
            raise Stopped("code_memory", "")
        raise Stopped("code_failed", message)

    def _exception(self) -> str:
        self._invoke("last_exception", self._scratch)
        handle = self._handle()
        at, length = self._write(b"message")
        if self._invoke("get_prop", handle, at, length, self._scratch):
            return "unknown"
        if self._invoke("get_string", self._handle()):
            return "unknown"
        return self._text_of_last()

    def _text_of_last(self) -> str:
        return self._last(4_096).decode(errors="replace")

    def _last(self, max_bytes: int) -> bytes:
        length = self._invoke("qjs_last_len") & 0xFFFFFFFF
        if length > max_bytes:
            raise Stopped("code_output_too_large", "")
        at = self._invoke("qjs_last_ptr") & 0xFFFFFFFF
        content = bytes(self._memory.read(self._store, at, at + length)) if length else b""
        self._invoke("qjs_result_free")
        return content
