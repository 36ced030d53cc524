"""The system as CPython in WebAssembly sees it: arguments, a clock, chance, three open files.

These are the imports of the module (WASI preview 1), written out instead of wasmtime's own: there
is no directory, no socket and no environment behind them. The standard library is in the module.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Callable
from typing import Any, Final

from wasmtime import Caller, Linker, Memory

from headrace.sandbox.guest.machine import Machine
from headrace.sandbox.guest.stopping import Stopped
from headrace.sandbox.guest.world import World

STDIN, STDOUT, RESULT = range(3)
"""The result comes by what would be the standard error."""
OK: Final = 0
BAD_FILE: Final = 8
NO_SUCH_PATH: Final = 44
NOT_SUPPORTED: Final = 58
"""WASI's `badf`, `noent` and `notsup` (wasi_snapshot_preview1, `errno`)."""

CHARACTER_DEVICE: Final = 2
ALL_RIGHTS: Final = (1 << 64) - 1
RESOLUTION_NS: Final = 1_000
MAX_RANDOM_BYTES: Final = 65_536
MAX_PRINTED_BYTES: Final = 256 << 10
SUBSCRIPTION_BYTES: Final = 48


class Exited(Exception):
    """The interpreter has ended."""


class System:
    """That of one interpreter. `take` waits for its job when it first reads."""

    def __init__(self, arguments: list[bytes], world: World, take: Callable[[], bytes]) -> None:
        self._arguments = [argument + b"\0" for argument in arguments]
        self._world = world
        self._take = take
        self._left: memoryview | None = None
        self.printed = bytearray()
        self.result = bytearray()
        self.most_result_bytes = 0

    @property
    def has_job(self) -> bool:
        """Did it ask for its job?"""
        return self._left is not None

    def args_sizes_get(self, caller: Caller, count_at: int, bytes_at: int) -> int:
        """How many arguments, and how long they are together."""
        _put(caller, count_at, struct.pack("<I", len(self._arguments)))
        _put(caller, bytes_at, struct.pack("<I", sum(map(len, self._arguments))))
        return OK

    def args_get(self, caller: Caller, pointers_at: int, at: int) -> int:
        """The arguments."""
        for index, argument in enumerate(self._arguments):
            _put(caller, pointers_at + 4 * index, struct.pack("<I", at & 0xFFFFFFFF))
            _put(caller, at, argument)
            at += len(argument)
        return OK

    def environ_sizes_get(self, caller: Caller, count_at: int, bytes_at: int) -> int:
        """There is no environment."""
        for at in (count_at, bytes_at):
            _put(caller, at, bytes(4))
        return OK

    def environ_get(self, _caller: Caller, _pointers_at: int, _at: int) -> int:
        """Nothing."""
        return OK

    def clock_res_get(self, caller: Caller, _clock: int, at: int) -> int:
        """How fine the clock is."""
        _put(caller, at, struct.pack("<Q", RESOLUTION_NS))
        return OK

    def clock_time_get(self, caller: Caller, _clock: int, _precision: int, at: int) -> int:
        """The time of the job."""
        _put(caller, at, struct.pack("<Q", self._world.nanoseconds()))
        return OK

    def random_get(self, caller: Caller, at: int, length: int) -> int:
        """Bytes nobody can guess; before there is a job always the same."""
        count = min(length & 0xFFFFFFFF, MAX_RANDOM_BYTES)
        _put(caller, at, os.urandom(count) if self.has_job else bytes(count))
        return OK

    def fd_fdstat_get(self, caller: Caller, file: int, at: int) -> int:
        """All our files are like terminals."""
        if not STDIN <= file <= RESULT:
            return BAD_FILE
        _put(caller, at, struct.pack("<BxHxxxxQQ", CHARACTER_DEVICE, 0, ALL_RIGHTS, ALL_RIGHTS))
        return OK

    def fd_filestat_get(self, caller: Caller, file: int, at: int) -> int:
        """The same, with sizes and times."""
        if not STDIN <= file <= RESULT:
            return BAD_FILE
        _put(caller, at, struct.pack("<QQB7xQQQQQ", 0, file, CHARACTER_DEVICE, 1, 0, 0, 0, 0))
        return OK

    def fd_read(self, caller: Caller, file: int, at: int, count: int, read_at: int) -> int:
        """The job, from the standard input."""
        if file != STDIN:
            return BAD_FILE
        if self._left is None:
            self._left = memoryview(self._take())
        total = 0
        for place, length in _parts(caller, at, count):
            part, self._left = self._left[:length], self._left[length:]
            _put(caller, place, bytearray(part))
            total += len(part)
        _put(caller, read_at, struct.pack("<I", total))
        return OK

    def fd_write(self, caller: Caller, file: int, at: int, count: int, written_at: int) -> int:
        """What is printed, and the result."""
        if file not in {STDOUT, RESULT}:
            return BAD_FILE
        total = 0
        for place, length in _parts(caller, at, count):
            self._keep(file, caller, place, length)
            total += length
        _put(caller, written_at, struct.pack("<I", total & 0xFFFFFFFF))
        return OK

    def poll_oneoff(self, caller: Caller, at: int, out: int, count: int, found_at: int) -> int:
        """Sleeping: only a clock can be waited for, and not beyond the limit of the job."""
        if count != 1:
            return NOT_SUPPORTED
        asked = _get(caller, at & 0xFFFFFFFF, SUBSCRIPTION_BYTES)
        user, kind, _, wanted_ns, _, is_absolute = struct.unpack_from("<QB7xI4xQQH", asked)
        if kind != 0:
            return NOT_SUPPORTED
        wanted_s = (wanted_ns - (self._world.nanoseconds() if is_absolute else 0)) / 1e9
        time.sleep(max(0.0, min(wanted_s, self._world.deadline - time.monotonic())))
        if self._world.is_late:
            raise Stopped("code_timeout")
        _put(caller, out, struct.pack("<QHB21x", user, OK, 0))
        _put(caller, found_at, struct.pack("<I", 1))
        return OK

    def sched_yield(self, _caller: Caller) -> int:
        """Nobody else waits."""
        return OK

    def proc_exit(self, _caller: Caller, _status: int) -> None:
        """The end."""
        raise Exited

    def _keep(self, file: int, caller: Caller, place: int, length: int) -> None:
        if file == STDOUT:
            self.printed += _get(caller, place, min(length, MAX_PRINTED_BYTES - len(self.printed)))
        elif len(self.result) + length > self.most_result_bytes:
            raise Stopped("code_output_too_large")
        else:
            self.result += _get(caller, place, length)


def link(machine: Machine, current: Callable[[], System]) -> Linker:
    """Everything that the module imports, of the system that is the current one."""
    linker = Linker(machine.engine)
    for one in machine.module.imports:
        assert one.name is not None
        function = _call(one.name, current) if hasattr(System, one.name) else _refuse(one.name)
        linker.define_func(one.module, one.name, one.type, function, access_caller=True)  # type: ignore[arg-type]
    return linker


def _call(name: str, current: Callable[[], System]) -> Callable[..., Any]:
    def call(caller: Caller, *arguments: int) -> Any:
        return getattr(current(), name)(caller, *arguments)

    return call


def _refuse(name: str) -> Callable[..., int]:
    kinds = {"fd": BAD_FILE, "path": NO_SUCH_PATH}
    error = kinds.get(name.partition("_")[0], NOT_SUPPORTED)
    return lambda *_: error


def _memory(caller: Caller) -> Memory:
    memory = caller["memory"]
    assert isinstance(memory, Memory)
    return memory


def _get(caller: Caller, at: int, length: int) -> bytes:
    return bytes(_memory(caller).read(caller, at, at + length))


def _put(caller: Caller, at: int, content: bytes | bytearray) -> None:
    _memory(caller).write(caller, content, at & 0xFFFFFFFF)


def _parts(caller: Caller, at: int, count: int) -> list[tuple[int, int]]:
    """Places and lengths of a vector of buffers."""
    raw = _get(caller, at & 0xFFFFFFFF, 8 * count)
    return list(struct.iter_unpack("<II", raw))
