"""One job in one of this worker's sandbox processes, from the outside."""

from __future__ import annotations

import asyncio
import atexit
import os
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, Final, Literal, get_args

from headrace.sandbox.errors import CodeStopped, SandboxMissing
from headrace.sandbox.guest.frames import Header
from headrace.sandbox.host.building import build
from headrace.sandbox.host.child import Child
from headrace.sandbox.host.engines import PYERYX, chosen
from headrace.sandbox.host.pool import PerProcess, Pool
from headrace.sandbox.host.starting import NOT_STARTED, Starter
from headrace.sandbox.limits import GRACE_S, Limits
from headrace.sandbox.ports import cache_folder, ports
from headrace_sdk.code import Language

MOST_PROCESSES: Final = 4
MOST_WAITING: Final = 64
"""Jobs of one worker that run or wait for a process; more wait for one of these threads."""

PROBE_S: Final = 5.0

Kind = Literal["code", "expressions"]


class Job:
    """One thing to ask a sandbox process; `stop` ends it from another thread.

    Afterwards `cpu_s` is what it cost there, in seconds; `printed` is what it printed, as level and
    text, where the answer does not tell that itself; `level` is how the process was walled in;
    `compiled_s` is not 0 when it had to wait until its language was compiled for this computer.
    """

    def __init__(
        self,
        tenant: str,
        limits: Limits,
        *,
        now_ms: float,
        seed: int,
        language: Language = "javascript",
        kind: Kind = "code",
        calendar: Mapping[str, Any] | None = None,
    ) -> None:
        self._tenant = tenant
        self._limits = limits
        self._facts: Header = {"now_ms": now_ms, "seed": seed, "kind": kind}
        if calendar:
            self._facts["calendar"] = calendar
        self._language = language
        self.cpu_s = 0.0
        self.compiled_s = 0.0
        self.level = ""
        self.printed: list[tuple[str, str]] = []
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._is_stopped = False

    def run(self, body: bytes) -> bytes:
        """The answer; blocks for as long as the limit allows.

        Raises:
            CodeStopped: a limit was reached.
            SandboxCrashed, SandboxMissing: the sandbox failed, or there is none.
        """
        limits = self._limits
        header = {
            **self._facts,
            "time_s": limits.time_s,
            "memory_bytes": limits.memory_bytes,
            "output_bytes": limits.output_bytes,
            "each_s": limits.each_s,
        }
        with _pool(self._language).child(self._tenant) as child:
            self.level = child.level
            if child.asked == 0:
                self.compiled_s = float(child.facts.get("compiled_s", 0.0))
            with self._lock:
                self._child = child
                if self._is_stopped:
                    raise CodeStopped("The code was stopped.", code="code_stopped")
            told, answer = child.ask(header, body, limits.time_s + GRACE_S)
            with self._lock:
                self._child = None
        self.printed = [(str(level), str(text)) for level, text in told.get("printed", ())]
        if not told.get("ok"):
            message = str(told.get("message", ""))[:4_000]
            facts = {"at": told["at"]} if "at" in told else None
            code = str(told.get("code", "sandbox_crashed"))
            raise CodeStopped(message, code=code, facts=facts)
        self.cpu_s = float(told.get("cpu_s", 0.0))
        return answer

    def stop(self) -> None:
        """Nobody wants the answer any more."""
        with self._lock:
            self._is_stopped = True
            if self._child is not None:
                self._child.kill()


async def run(job: Job, body: bytes) -> bytes:
    """`Job.run` without blocking the loop; a cancel ends the process that works on it."""
    waiting = asyncio.get_running_loop().run_in_executor(_threads.get(), job.run, body)
    try:
        return await waiting
    except asyncio.CancelledError:
        job.stop()
        raise


def probe(language: Language = "javascript") -> Header:
    """What a sandbox process of this language can still do; see `guest.probe`.

    Raises:
        SandboxMissing: there is none.
    """
    with _pool(language).child("") as child:
        return {**child.facts, **child.ask({"probe": True}, b"", PROBE_S)[0]}


def prove() -> dict[Language, str]:
    """Start what runs each language once, which tests itself, and tell how it stands.

    Of a worker that has just begun: then it is known what holds before a tenant's code comes.
    """
    for language in _pools:
        _prove(language)
    return levels()


def _prove(language: Language) -> None:
    with suppress(SandboxMissing):
        probe(language)
        # Its 150 MB are for workers that are given Python.
        _pool(language).end_idle(PYERYX.name)


def improve() -> bool:
    """Make what a better level still needs, and go over to it; true when something was made.

    It takes a minute in a process of its own that gives way to all others.
    """
    if not ports.is_on or not build(chosen("python", ports.engine), cache_folder()):
        return False
    _prove("python")
    return True


def levels() -> dict[Language, str]:
    """How the sandbox of each language stands in this process; starts none.

    `off`, `not started`, the engine with `sealed` or `wasm (…)` with what stands open besides, or
    `refused: …`.
    """
    if not ports.is_on:
        return dict.fromkeys(_pools, "off")
    found = {language: pools.made() for language, pools in _pools.items()}
    return {language: pool.level if pool else NOT_STARTED for language, pool in found.items()}


def close() -> None:
    """End the processes of this worker; the next job starts new ones."""
    for pools in _pools.values():
        pools.close()


def _pool(language: Language) -> Pool:
    if not ports.is_on:
        message = "Code is not run here: its sandbox is switched off (SANDBOX=off)."
        raise SandboxMissing(message)
    return _pools[language].get()


def _new_threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(MOST_WAITING, thread_name_prefix="sandbox")


def _pools_of(language: Language) -> PerProcess[Pool]:
    size = max(2, min(MOST_PROCESSES, os.cpu_count() or 1))

    def make() -> Pool:
        starter = Starter(
            chosen(language, ports.engine),
            cache_folder(),
            ports.memory_bytes,
            must_be_sealed=ports.must_be_sealed,
        )
        return Pool(size, starter)

    return PerProcess(make, Pool.close)


_pools: Final = {language: _pools_of(language) for language in get_args(Language)}
_threads: Final = PerProcess[ThreadPoolExecutor](_new_threads, lambda _: None)
atexit.register(close)
