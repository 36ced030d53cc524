"""Gives away, for good, whatever this process could do to its surroundings.

Two steps, because threads must exist before the second and must not before the first:
`leave_network` at once, `seal` when everything is loaded. Linux only; elsewhere WebAssembly and
the process boundary stand alone, and `facts` says so.
"""

from __future__ import annotations

import ctypes
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from headrace.sandbox.guest.syscalls import program

CLONE_NEWUSER: Final = 0x10000000
CLONE_NEWNET: Final = 0x40000000
CLONE_NEWIPC: Final = 0x08000000
"""linux/sched.h"""

PR_SET_DUMPABLE: Final = 4
PR_SET_SECCOMP: Final = 22
PR_SET_NO_NEW_PRIVS: Final = 38
SECCOMP_MODE_FILTER: Final = 2
"""linux/prctl.h, linux/seccomp.h"""

NOBODY: Final = 65_534
PAGE_TABLES_BYTES: Final = 768 << 20
"""Writable memory beside the heap of a job: the interpreter, the engine, copies of in and out."""

MOST_FILES: Final = 64

IS_LINUX: Final = sys.platform == "linux"


def leave_network() -> bool:
    """Move into a network without any device; true when the system allowed it.

    An ordinary user needs a user namespace for that. Call it before any thread is started.
    """
    if not IS_LINUX:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    flags = CLONE_NEWNET | CLONE_NEWIPC
    if os.getuid() == 0 and libc.unshare(flags) == 0:
        return True
    return bool(libc.unshare(CLONE_NEWUSER | flags) == 0)


def namespace(kind: str) -> str:
    """The name of the one that this process is in, which no two of them share; "" if unknown.

    `net` is its network, `pid` the processes that it can see, `mnt` its file systems.
    """
    try:
        return str(Path(f"/proc/self/ns/{kind}").readlink())
    except OSError:
        return ""


class Meter:
    """What this process has by now of the memory that is limited; also where it sees no files."""

    def __init__(self) -> None:
        self._file = os.open("/proc/self/status", os.O_RDONLY) if IS_LINUX else None

    def bytes(self) -> int:
        """`VmData` (proc_pid_status(5))."""
        if self._file is None:
            return 0
        told = dict(
            line.split(":", 1) for line in os.pread(self._file, 1 << 14, 0).decode().splitlines()
        )
        return int(told["VmData"].split()[0]) << 10


def seal(memory_bytes: int, *, with_threads: bool = False) -> bool:
    """Limit what it can use, become nobody, and lose all system calls but a few.

    True when the system calls are gone, too.
    """
    _limit(memory_bytes)
    if not IS_LINUX:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if os.getuid() == 0:
        _become_nobody()
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return _filter(libc, with_threads=with_threads)


def _limit(memory_bytes: int) -> None:
    """No files, no core, few descriptors; its own memory is bounded besides the job's."""
    wanted = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: MOST_FILES,
    }
    if IS_LINUX:
        wanted[resource.RLIMIT_DATA] = memory_bytes + PAGE_TABLES_BYTES
    for kind, most in wanted.items():
        resource.setrlimit(kind, (most, most))


def _become_nobody() -> None:
    """Where only root exists (a user namespace) it stays, and has the filter alone."""
    with suppress(OSError):
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)


def _filter(libc: Any, *, with_threads: bool) -> bool:
    """Install the list of system calls for every thread of this process."""
    found = program(os.uname().machine, with_threads=with_threads)
    if found is None:
        return False
    number, code = found
    buffer = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    given = Program(len(code) // 8, ctypes.addressof(buffer))
    set_mode_filter, all_threads = 1, 1
    return bool(libc.syscall(number, set_mode_filter, all_threads, ctypes.byref(given)) == 0)
