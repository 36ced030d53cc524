"""The compiled QuickJS of this process, and the watch over what runs in it."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import threading
import time
from importlib.metadata import version
from pathlib import Path
from typing import Final

import wasmtime

from headrace.sandbox.guest.imports import World, link

GUEST_SHA256: Final = "647ab11ae29cc6d39a6d17d3aa1e7a6a0b5fb9c44b4864475a18bc644f926050"
"""`_guest.wasm` of quickjs-rs 0.2.6, whose functions `vm` calls: another one is not run."""

STACK_BYTES: Final = 3 << 19
"""As much as the engine allows, so that QuickJS mostly sees its own limit first."""
RING_AGAIN_S: Final = 0.005


class WrongGuest(Exception):
    """The installed engine is not the one that this driver was written for."""


class Machine:
    """One a process. `world` is what its virtual machines see."""

    def __init__(self, cache: Path | None) -> None:
        config = wasmtime.Config()
        config.epoch_interruption = True
        config.max_wasm_stack = STACK_BYTES
        self.engine = wasmtime.Engine(config)
        self.world = World()
        self.module = _module(self.engine, cache)
        self.linker = link(self.engine, self.world)
        self.watch = Watch(self.engine)


class Watch:
    """Ends what does not end itself: raises the engine's epoch when a deadline has passed.

    It sleeps while nothing runs. A call must be given an epoch deadline of 1.
    """

    def __init__(self, engine: wasmtime.Engine) -> None:
        self._engine = engine
        self._until: float | None = None
        self._change = threading.Condition()
        threading.Thread(target=self._run, name="watch", daemon=True).start()

    def arm(self, seconds: float) -> None:
        """Ring after so long."""
        with self._change:
            self._until = time.monotonic() + seconds
            self._change.notify()

    def disarm(self) -> None:
        """Ring no more."""
        with self._change:
            self._until = None

    def _run(self) -> None:
        with self._change:
            while True:
                if self._until is None:
                    self._change.wait()
                    continue
                left = self._until - time.monotonic()
                if left <= 0:
                    self._engine.increment_epoch()
                self._change.wait(max(left, RING_AGAIN_S))


def _module(engine: wasmtime.Engine, cache: Path | None) -> wasmtime.Module:
    """The module, compiled at most once for each folder `cache`, which only we may write."""
    wasm = _guest().read_bytes()
    found = hashlib.sha256(wasm).hexdigest()
    if found != GUEST_SHA256:
        message = f"quickjs-rs brings another engine than 0.2.6 does (sha256 {found})."
        raise WrongGuest(message)
    if cache is None:
        return wasmtime.Module(engine, wasm)
    facts = f"{found}:{version('wasmtime')}:{platform.machine()}:{platform.node()}"
    file = cache / f"{hashlib.sha256(facts.encode()).hexdigest()[:32]}.module"
    if file.is_file():
        try:
            return wasmtime.Module.deserialize(engine, file.read_bytes())
        except wasmtime.WasmtimeError:
            file.unlink(missing_ok=True)
    module = wasmtime.Module(engine, wasm)
    _store(file, bytes(module.serialize()))
    return module


def _store(file: Path, content: bytes) -> None:
    """Under its name all at once: several processes may start at the same time."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(file)


def _guest() -> Path:
    spec = importlib.util.find_spec("quickjs_rs")
    if spec is None or spec.origin is None:
        message = "quickjs-rs is not installed."
        raise WrongGuest(message)
    return Path(spec.origin).with_name("_guest.wasm")
