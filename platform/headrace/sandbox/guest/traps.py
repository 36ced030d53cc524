"""What a trap of WebAssembly means for the job that it ended."""

from __future__ import annotations

from wasmtime import Trap, TrapCode

from headrace.sandbox.guest.stopping import Stopped


def trapped(trap: Trap, *, is_late: bool, used_bytes: int, limit_bytes: int) -> Stopped:
    """What a trap means for the job that it ended."""
    if is_late or trap.trap_code is TrapCode.INTERRUPT:
        return Stopped("code_timeout")
    if trap.trap_code in {TrapCode.STACK_OVERFLOW, TrapCode.MEMORY_OUT_OF_BOUNDS}:
        return Stopped("code_too_deep")
    if used_bytes > limit_bytes * 0.8:
        return Stopped("code_memory")
    return Stopped("sandbox_crashed", str(trap.trap_code))
