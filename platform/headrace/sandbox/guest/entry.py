"""A function of the WebAssembly module, bound once: a call costs a fifth of wasmtime's own.

That one asks for the function's type and makes its arguments anew at every call, which for a small
job was a third of its time.
"""

from __future__ import annotations

import ctypes

from wasmtime import Func, Store, Trap, WasmtimeError
from wasmtime import _ffi as ffi
from wasmtime._func import maybe_raise_last_exn

from headrace.sandbox.guest.stopping import WrongGuest

WORDS: int = ctypes.sizeof(ffi.wasmtime_val_raw_t) // ctypes.sizeof(ctypes.c_int32)
"""A value is as wide as the widest; ours are at its beginning."""


class Entry:
    """Call it with as many numbers of 32 bits as it takes; it gives one, or 0 for none.

    It lives as long as the store does that it was made for.
    """

    def __init__(self, store: Store, function: Func) -> None:
        kind = function.type(store)
        self._takes, self._gives = kind.params, kind.results
        if len(self._gives) > 1 or {str(one) for one in (*self._takes, *self._gives)} - {"i32"}:
            message = "The engine brings a function of another kind than this was written for."
            raise WrongGuest(message)
        self._length = max(len(self._takes), len(self._gives), 1)
        self._raw = (ffi.wasmtime_val_raw_t * self._length)()
        self._values = (ctypes.c_int32 * (WORDS * self._length)).from_buffer(self._raw)
        self._context = store._context()
        # The function's own handle must outlive the pointer to it.
        self._function = function
        self._pointer = ctypes.byref(function._func)

    def __call__(self, *arguments: int) -> int:
        """Its answer.

        Raises:
            Trap, WasmtimeError: as wasmtime's own call does, or what a function of ours raised.
        """
        if len(arguments) != len(self._takes):
            message = f"It takes {len(self._takes)} numbers, not {len(arguments)}."
            raise TypeError(message)
        for at, argument in enumerate(arguments):
            self._values[WORDS * at] = argument
        trap = ctypes.POINTER(ffi.wasm_trap_t)()
        error = ffi.wasmtime_func_call_unchecked(
            self._context, self._pointer, self._raw, self._length, ctypes.byref(trap)
        )
        # A null pointer is false.
        if error:  # type: ignore[truthy-bool]
            maybe_raise_last_exn()
            raise WasmtimeError._from_ptr(error)
        if trap:  # type: ignore[truthy-bool]
            failure = Trap._from_ptr(trap)
            maybe_raise_last_exn()
            raise failure
        return self._values[0] if self._gives else 0
