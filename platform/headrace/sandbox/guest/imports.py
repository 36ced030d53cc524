"""All that QuickJS can ask for: a clock, random bytes, and refusals.

These are the imports of the module, written out instead of wasmtime's WASI: there is no file, no
socket and no environment behind them that a fault in a library could open.
"""

from __future__ import annotations

import struct
from typing import Any, Final

from wasmtime import Caller, Engine, FuncType, Linker, Memory, ValType

from headrace.sandbox.guest.world import World

_I32: Final = ValType.i32()
_I64: Final = ValType.i64()
_OK: Final = 0
_BAD_DESCRIPTOR: Final = 8
"""WASI's `badf` (wasi_snapshot_preview1, `errno`)."""

_MAX_RANDOM_BYTES: Final = 65_536


def link(engine: Engine, world: World) -> Linker:
    """Everything that the module imports."""

    def clock(caller: Caller, _id: int, _precision: int, at: int) -> int:
        _memory(caller).write(caller, struct.pack("<Q", world.nanoseconds()), at & 0xFFFFFFFF)
        return _OK

    def random_bytes(caller: Caller, at: int, length: int) -> int:
        count = min(length & 0xFFFFFFFF, _MAX_RANDOM_BYTES)
        _memory(caller).write(caller, world.chance.randbytes(count), at & 0xFFFFFFFF)
        return _OK

    def environment_sizes(caller: Caller, count_at: int, bytes_at: int) -> int:
        for at in (count_at, bytes_at):
            _memory(caller).write(caller, b"\0\0\0\0", at & 0xFFFFFFFF)
        return _OK

    linker = Linker(engine)
    wasi = "wasi_snapshot_preview1"
    _define(linker, wasi, "clock_time_get", (_I32, _I64, _I32), clock)
    _define(linker, wasi, "random_get", (_I32, _I32), random_bytes)
    _define(linker, wasi, "environ_sizes_get", (_I32, _I32), environment_sizes)
    _define(linker, wasi, "environ_get", (_I32, _I32), lambda *_: _OK)
    for name, count in (("fd_close", 1), ("fd_fdstat_get", 2)):
        _define(linker, wasi, name, (_I32,) * count, _no_file)
    _define(linker, wasi, "fd_seek", (_I32, _I64, _I32, _I32), _no_file)
    _define(linker, wasi, "fd_write", (_I32,) * 4, _no_file)
    linker.define_func(wasi, "proc_exit", FuncType([_I32], []), _exit)
    _define(linker, "env", "host_interrupt", (), lambda: int(world.is_late))
    _define(linker, "env", "host_call", (_I32,) * 5, lambda *_: -1)
    _define(linker, "env", "host_module_normalize", (_I32,) * 5, lambda *_: 0)
    _define(linker, "env", "host_module_load", (_I32,) * 3, lambda *_: 0)
    return linker


def _define(
    linker: Linker, module: str, name: str, takes: tuple[ValType, ...], function: Any
) -> None:
    asks_caller = function.__code__.co_varnames[:1] == ("caller",)
    linker.define_func(module, name, FuncType(list(takes), [_I32]), function, asks_caller)


def _memory(caller: Caller) -> Memory:
    memory = caller["memory"]
    assert isinstance(memory, Memory)
    return memory


def _no_file(*_: int) -> int:
    return _BAD_DESCRIPTOR


def _exit(_code: int) -> None:
    message = "exit"
    raise RuntimeError(message)
