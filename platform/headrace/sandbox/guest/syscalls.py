"""The system calls that a sealed process still has, as a program for Linux's seccomp filter.

Everything else fails with EPERM: there is no opening, no connecting, no starting of anything.
Numbers from linux/arch/x86/entry/syscalls/syscall_64.tbl and asm-generic/unistd.h (aarch64).
"""

from __future__ import annotations

import os
import struct
from typing import Final

X86_64: Final = {
    "read": 0, "write": 1, "close": 3, "poll": 7, "mmap": 9, "mprotect": 10, "munmap": 11,
    "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "readv": 19,
    "writev": 20, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28, "nanosleep": 35,
    "getpid": 39, "exit": 60, "gettimeofday": 96, "getuid": 102, "sigaltstack": 131, "gettid": 186,
    "futex": 202, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229,
    "clock_nanosleep": 230, "exit_group": 231, "tgkill": 234, "set_robust_list": 273,
    "getrandom": 318, "membarrier": 324, "rseq": 334,
}  # fmt: skip
AARCH64: Final = {
    "close": 57, "read": 63, "write": 64, "readv": 65, "writev": 66, "pselect6": 72, "ppoll": 73,
    "exit": 93, "exit_group": 94, "futex": 98, "set_robust_list": 99, "nanosleep": 101,
    "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_yield": 124,
    "restart_syscall": 128, "tgkill": 131, "sigaltstack": 132, "rt_sigaction": 134,
    "rt_sigprocmask": 135, "rt_sigreturn": 139, "gettimeofday": 169, "getpid": 172, "getuid": 174,
    "gettid": 178, "brk": 214, "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226,
    "madvise": 233, "getrandom": 278, "membarrier": 283, "rseq": 293,
}  # fmt: skip

THREADED_X86_64: Final = {
    "prctl": 157, "sched_getaffinity": 204, "epoll_wait": 232, "epoll_pwait": 281,
}  # fmt: skip
THREADED_AARCH64: Final = {"epoll_pwait": 22, "sched_getaffinity": 123, "prctl": 167}

_MACHINES: Final = {
    "x86_64": (0xC000003E, 317, X86_64, THREADED_X86_64, (56, 257, 435)),
    "aarch64": (0xC00000B7, 277, AARCH64, THREADED_AARCH64, (220, 56, 435)),
}
"""Architecture (linux/audit.h), number of `seccomp` itself, calls, those of an engine with threads
besides, and its `clone`, `openat` and `clone3`."""

THREAD: Final = 0x3D0F00
"""How glibc and musl start a thread: CLONE_VM, _FS, _FILES, _SIGHAND, _THREAD, _SYSVSEM, _SETTLS,
_PARENT_SETTID and _CHILD_CLEARTID (linux/sched.h)."""

FOLDER: Final = 0x280000 | {"x86_64": 0x10000, "aarch64": 0x4000}.get(os.uname().machine, 0)
"""O_PATH | O_CLOEXEC | O_DIRECTORY (fcntl.h): a folder by its name, to look into nothing of it."""

_LOAD: Final = 0x20
_JUMP_EQUAL: Final = 0x15
_RETURN: Final = 0x06
"""Opcodes of linux/bpf_common.h: BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K."""

_ALLOW: Final = 0x7FFF0000
_REFUSE: Final = 0x00050000 | 1
_UNKNOWN: Final = 0x00050000 | 38
_KILL: Final = 0x80000000
"""linux/seccomp.h: SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EPERM and ENOSYS,
SECCOMP_RET_KILL_PROCESS."""

_NUMBER_AT: Final = 0
_ARCHITECTURE_AT: Final = 4
_ARGUMENTS_AT: Final = 16
_ARGUMENT_BYTES: Final = 8

Line = tuple[int, int, int, int]


def program(machine: str, *, with_threads: bool = False) -> tuple[int, bytes] | None:
    """The number of the call that installs it, and the filter; `None` where we have no list.

    An engine `with_threads` may start more of them, and name folders, but open nothing.
    """
    known = _MACHINES.get(machine)
    if known is None:
        return None
    architecture, number, calls, threaded, (clone, openat, clone3) = known
    lines = [
        (_LOAD, 0, 0, _ARCHITECTURE_AT),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    for call in sorted(calls.values()):
        lines += _always(call, _ALLOW)
    if with_threads:
        for call in sorted(threaded.values()):
            lines += _always(call, _ALLOW)
        # Its flags are out of sight of a filter; libraries fall back to the older call.
        lines += _always(clone3, _UNKNOWN)
        lines += _only_with(clone, 0, THREAD)
        lines += _only_with(openat, 2, FOLDER)
    lines.append((_RETURN, 0, 0, _REFUSE))
    return number, b"".join(struct.pack("=HBBI", *line) for line in lines)


def _always(call: int, answer: int) -> list[Line]:
    return [(_JUMP_EQUAL, 0, 1, call), (_RETURN, 0, 0, answer)]


def _only_with(call: int, argument: int, value: int) -> list[Line]:
    """Allowed if this argument is that value."""
    return [
        (_JUMP_EQUAL, 0, 4, call),
        (_LOAD, 0, 0, _ARGUMENTS_AT + argument * _ARGUMENT_BYTES),
        (_JUMP_EQUAL, 0, 1, value),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
