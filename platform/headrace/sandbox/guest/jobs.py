"""Runs one job after the other, each in a fresh machine that nobody used before."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, Final

from headrace.sandbox.guest.machine import Machine
from headrace.sandbox.guest.vm import SETUP_BYTES, Image, Stopped, Vm

PRELUDES: Final = {"code.js": 2, "expressions.js": 1}
"""Our own JavaScript, and how many functions each file gives."""

MESSAGES: Final = {
    "code_timeout": "The code ran longer than {time_s:g} s and was stopped. "
    "Give it fewer items, or split the work over several nodes.",
    "code_memory": "The code needed more than {memory_mb:g} MB of memory and was stopped. "
    "Give it fewer items, or keep less of them at once.",
    "code_output_too_large": "The code gave more than {output_mb:g} MB. Return less, or in parts.",
    "code_too_deep": "The code called itself too deeply, or went through data nested too deeply.",
    "sandbox_crashed": "The sandbox failed while it ran this code. Run it again.",
}
MEGABYTE: Final = 1024 * 1024


class Jobs:
    """The jobs of this process. It keeps one machine ready, so that a job need not wait for it."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._image = _image(machine)
        self._spare: Vm | None = None

    def make_spare(self) -> None:
        """Prepare the machine of the next job; call it while nobody waits."""
        if self._spare is None:
            self._spare = Vm(self._machine, self._image)

    def run(self, asked: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        """What a job comes to: header and body of the answer."""
        self.make_spare()
        vm, self._spare = self._spare, None
        assert vm is not None
        began = time.process_time()
        try:
            answer = self._run(vm, asked, body)
            return {"ok": True, "cpu_s": time.process_time() - began}, answer
        except Stopped as stopped:
            return {"ok": False, "code": stopped.code, "message": _message(stopped, asked)}, b""
        finally:
            vm.disarm()
            self._machine.world.end()
            vm.close()

    def _run(self, vm: Vm, asked: dict[str, Any], body: bytes) -> bytes:
        world = self._machine.world
        vm.limit(asked["memory_bytes"])
        world.begin(now_ms=asked["now_ms"], seed=asked["seed"], time_s=asked["time_s"])
        vm.arm(asked["time_s"])
        begin, finish, batch = vm.entries
        if asked.get("kind") == "expressions":
            return vm.call(batch, body, max_bytes=asked["output_bytes"])
        vm.call(begin, body, max_bytes=0)
        vm.run_pending()
        return vm.call(finish, max_bytes=asked["output_bytes"])


def _image(machine: Machine) -> Image:
    vm = Vm(machine)
    vm.limit(SETUP_BYTES)
    for name, count in PRELUDES.items():
        vm.prepare(Path(__file__).with_name(name).read_text(encoding="utf-8"), count)
    image = vm.image()
    vm.close()
    return image


def _message(stopped: Stopped, asked: dict[str, Any]) -> str:
    template = MESSAGES.get(stopped.code)
    if template is None:
        return stopped.message
    return template.format(
        time_s=asked["time_s"],
        memory_mb=asked["memory_bytes"] / MEGABYTE,
        output_mb=asked["output_bytes"] / MEGABYTE,
    )
