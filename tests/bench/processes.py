"""CPU and memory of the stack's processes, as the kernel counts them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from headrace_bootstrap import programs
from headrace_bootstrap.stack import Stack

SERVERS = (programs.DATABASE, programs.BROKER)

_PROC = Path("/proc")
_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cpu:
    """CPU seconds used so far, by group."""

    app: float
    servers: float
    scheduler: float

    @classmethod
    def now(cls, stack: Stack) -> Self:
        """User and system time of every process, with that of the children that have ended."""
        groups = {"app": _apps(stack), "servers": SERVERS, "scheduler": (programs.SCHEDULER,)}
        return cls(**{group: _cpu_s(_of(stack, names)) for group, names in groups.items()})


def reset_peak(stack: Stack) -> None:
    """Let the peak of memory begin again with what is used now."""
    for process in _of(stack, _apps(stack)):
        # A sandbox process belongs to nobody; only root may touch it.
        with suppress(OSError):
            (_PROC / str(process) / "clear_refs").write_text("5", encoding="ascii")


def peak_bytes(stack: Stack) -> int:
    """The sum of what web and workers held at most, each at its own moment."""
    return sum(_kilobytes(process, "status", "VmHWM") for process in _of(stack, _apps(stack))) << 10


def memory_bytes(stack: Stack) -> dict[str, int]:
    """Proportional memory by program, supervisor included; shared pages count once."""
    supervisor = int(_stat(stack.process_id(programs.WEB))[1])
    held = {"supervisor": _pss(supervisor)}
    for name in (*_apps(stack), *SERVERS, programs.SCHEDULER):
        held[name] = sum(_pss(process) for process in _of(stack, [name]))
    return held


def _apps(stack: Stack) -> tuple[str, ...]:
    """What the tables call web + workers."""
    return (programs.WEB, *stack.workers)


def _of(stack: Stack, names: Iterable[str]) -> list[int]:
    """The programs' processes and all their descendants."""
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        try:
            children.setdefault(int(_stat(int(folder.name))[1]), []).append(int(folder.name))
        except OSError:
            continue  # ended meanwhile
    found = [stack.process_id(name) for name in names]
    for process in found:
        found += children.get(process, [])
    return found


def _cpu_s(processes: Iterable[int]) -> float:
    total = 0
    for process in processes:
        try:
            total += sum(int(ticks) for ticks in _stat(process)[11:15])
        except OSError:
            continue  # ended meanwhile; its parent counts it
    return total / _TICKS_PER_S


def _stat(process: int) -> list[str]:
    """The fields of `/proc/<pid>/stat` behind the name, state first."""
    return (_PROC / str(process) / "stat").read_text().rpartition(")")[2].split()


def _pss(process: int) -> int:
    return _kilobytes(process, "smaps_rollup", "Pss") << 10


def _kilobytes(process: int, file: str, name: str) -> int:
    try:
        text = (_PROC / str(process) / file).read_text()
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) if found else 0
