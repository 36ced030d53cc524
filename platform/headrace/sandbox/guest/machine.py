"""The compiled WebAssembly of this process, and the watch over what runs in it."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import platform
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

import wasmtime

from headrace.sandbox.guest.stopping import WrongGuest
from headrace.sandbox.guest.world import World

STACK_BYTES: Final = 3 << 19
"""As much as the engine allows, so that QuickJS mostly sees its own limit first."""
RING_AGAIN_S: Final = 0.005
SLACK_S: Final = 0.05
"""QuickJS looks at the clock itself; only what it does not interrupt is trapped, so much later."""


@dataclass(frozen=True, slots=True)
class Wasm:
    """A file of an installed package; with another content than `sha256` it is not run."""

    package: str
    file: str
    sha256: str

    def read(self) -> bytes:
        """Its content.

        Raises:
            WrongGuest: it is missing, or another one.
        """
        spec = importlib.util.find_spec(self.package)
        if spec is None or spec.origin is None:
            message = f"{self.package} is not installed."
            raise WrongGuest(message)
        content = Path(spec.origin).with_name(self.file).read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != self.sha256:
            message = f"{self.package} brings another engine than it should (sha256 {found})."
            raise WrongGuest(message)
        return content


class Machine:
    """One a process. `world` is what its virtual machines see.

    `compiled_s` is how long it took to compile the engine; 0 when that was done before.
    """

    def __init__(self, wasm: Wasm, cache: Path | None) -> None:
        config = wasmtime.Config()
        config.epoch_interruption = True
        config.max_wasm_stack = STACK_BYTES
        self.engine = wasmtime.Engine(config)
        self.world = World()
        self.compiled_s = 0.0
        self.module = self._module(wasm, cache)
        self.watch = Watch(self.engine, self.world)

    def _module(self, wasm: Wasm, cache: Path | None) -> wasmtime.Module:
        """Compiled at most once for each folder `cache`, which only we may write."""
        if cache is None:
            return self._compiled(wasm)
        facts = f"{wasm.sha256}:{version('wasmtime')}:{platform.machine()}:{platform.node()}"
        file = cache / f"{hashlib.sha256(facts.encode()).hexdigest()[:32]}.module"
        with _alone(file.with_suffix(".lock")):
            if file.is_file():
                try:
                    return wasmtime.Module.deserialize_file(self.engine, str(file))
                except wasmtime.WasmtimeError:
                    file.unlink(missing_ok=True)
            module = self._compiled(wasm)
            _store(file, bytes(module.serialize()))
        return module

    def _compiled(self, wasm: Wasm) -> wasmtime.Module:
        content = wasm.read()
        began = time.monotonic()
        module = wasmtime.Module(self.engine, content)
        self.compiled_s = time.monotonic() - began
        return module


class Watch:
    """Ends what does not end itself: raises the engine's epoch when a deadline has passed.

    It sleeps while nothing runs, and is woken for an earlier deadline only: a thread that wakes
    costs more than a small job. A call must be given an epoch deadline of 1.
    """

    def __init__(self, engine: wasmtime.Engine, world: World) -> None:
        self._engine = engine
        self._world = world
        self._until: float | None = None
        self._wakes = 0.0
        self._by_share = False
        self._change = threading.Condition()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def arm(self, seconds: float, *, by_share: bool = False) -> None:
        """Ring after so long; with `by_share` not before the job had its share of the processor."""
        with self._change:
            self._by_share = by_share
            self._until = time.monotonic() + seconds
            if self._until < self._wakes:
                self._change.notify()

    def disarm(self) -> None:
        """Ring no more."""
        with self._change:
            self._until = None

    def _run(self) -> None:
        with self._change:
            while True:
                now = time.monotonic()
                if self._until is None:
                    self._sleep(now, float("inf"))
                    continue
                left = self._until - now
                if left <= 0 and (not self._by_share or self._world.is_over(SLACK_S)):
                    self._engine.increment_epoch()
                self._sleep(now, max(left, RING_AGAIN_S))

    def _sleep(self, now: float, seconds: float) -> None:
        self._wakes = now + seconds
        self._change.wait(seconds if seconds < threading.TIMEOUT_MAX else None)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Others who want to compile the same wait, and then find it done."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _store(file: Path, content: bytes) -> None:
    """Under its name all at once: one that is killed meanwhile leaves no half of it."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(file)
