"""Runs one job after the other, each in a machine in which nothing is left of any other."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path
from typing import Any, Final

from headrace.sandbox.guest.frames import Answer, Wait
from headrace.sandbox.guest.imports import link
from headrace.sandbox.guest.machine import Machine, Wasm
from headrace.sandbox.guest.slices import Slices
from headrace.sandbox.guest.stopping import Stopped, refusal
from headrace.sandbox.guest.vm import SETUP_BYTES, Image, Vm

QUICKJS: Final = Wasm(
    "quickjs_rs",
    "_guest.wasm",
    "647ab11ae29cc6d39a6d17d3aa1e7a6a0b5fb9c44b4864475a18bc644f926050",
)
"""That of quickjs-rs 0.2.6, whose functions `vm` calls."""

INTL: Final = {"intl.js": 1}
PRELUDES: Final = {"code.js": 2, "data.js": 0, "expressions.js": 5}
"""Our own JavaScript, and how many functions each file gives."""

LUXON: Final = "vendor/luxon-3.7.2.min.js"
AS_GLOBALS: Final = """(() => {{ {source}
const {{ DateTime, Duration, Interval }} = luxon;
Object.assign(globalThis, {{ luxon, DateTime, Duration, Interval }});
}})(); []"""
JMESPATH: Final = "vendor/jmespath-0.16.0.js"
AS_FUNCTION: Final = """(() => {{ const exports = {{}}; {source}
globalThis.$jmespath = (data, query) => exports.search(data ?? null, query);
}})(); []"""

SELF_TEST: Final = {
    "source": "return [{ answer: 6 * 7 }];",
    "perItem": False,
    "items": [],
    "variables": {},
    "chance": [1, 2, 3, 4],
}


class Jobs:
    """The jobs of this process. Its machine is ready before the job is there."""

    self_test = SELF_TEST
    has_threads = False

    def __init__(self, cache: Path | None) -> None:
        self._machine = Machine(QUICKJS, cache)
        self._linker = link(self._machine.engine, self._machine.world)
        self._image = self._prepared()
        self._vm: Vm | None = None
        self.compiled_s = self._machine.compiled_s

    def serve(self, wait: Wait, answer: Answer) -> None:
        """One job."""
        vm = self._fresh()
        asked, body = wait()
        answer(*self._answer(vm, asked, body))

    def _fresh(self) -> Vm:
        if self._vm is None or not self._vm.renew(self._image):
            if self._vm is not None:
                self._vm.close()
            self._vm = Vm(self._machine, self._linker, self._image)
        return self._vm

    def _answer(self, vm: Vm, asked: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        began = time.process_time()
        try:
            answer = self._run(vm, asked, body)
            return {"ok": True, "cpu_s": time.process_time() - began}, answer
        except Stopped as stopped:
            return refusal(stopped, asked), b""
        finally:
            vm.disarm()
            self._machine.world.end()

    def _run(self, vm: Vm, asked: dict[str, Any], body: bytes) -> bytes:
        world = self._machine.world
        vm.limit(asked["memory_bytes"])
        are_expressions = asked.get("kind") == "expressions"
        facts = {name: asked[name] for name in ("now_ms", "seed", "time_s")}
        world.begin(**facts, stands=are_expressions)
        vm.arm(asked["time_s"])
        set_calendar, begin, finish, *batch = vm.entries
        if asked.get("calendar"):
            vm.call(set_calendar, json.dumps(asked["calendar"]).encode(), max_bytes=0)
        if are_expressions:
            return Slices(vm, partial(self._limited, asked), world, tuple(batch), asked).run(body)
        vm.call(begin, body, max_bytes=0)
        vm.run_pending()
        return vm.call(finish, max_bytes=asked["output_bytes"])

    def _limited(self, asked: dict[str, Any]) -> Vm:
        """One more machine for the same job."""
        vm = Vm(self._machine, self._linker, self._image)
        vm.limit(asked["memory_bytes"])
        return vm

    def _prepared(self) -> Image:
        vm = Vm(self._machine, self._linker)
        vm.limit(SETUP_BYTES)
        for name, count in INTL.items():
            vm.prepare(_text(name), count)
        vm.prepare(AS_GLOBALS.format(source=_text(LUXON)), 0)
        vm.prepare(AS_FUNCTION.format(source=_text(JMESPATH)), 0)
        for name, count in PRELUDES.items():
            vm.prepare(_text(name), count)
        image = vm.image()
        vm.close()
        return image


def _text(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")
