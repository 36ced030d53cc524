"""`python -m tests.bench [--quick] [--only NAME …] [--json FILE]`."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import httpx

from headrace.sandbox.host.building import build
from headrace.sandbox.host.engines import PYERYX
from headrace_bootstrap import ports
from headrace_bootstrap.console import say
from headrace_bootstrap.home import Home
from headrace_bootstrap.stack import Stack
from headrace_bootstrap.waiting import wait_until
from tests.bench import (
    agents,
    core,
    dashboard,
    editor,
    machine,
    plan,
    processes,
    queueing,
    report,
    sandbox,
    vault,
    vectors,
)
from tests.bench.load import Measured, measure
from tests.support.running import Client
from tests.support.stub import Stub, serving

SETTLE_S = 3.0
"""Idle memory is taken so long after the workers have proved their sandboxes."""
PROVED_S = 180.0
"""Compiling them for a computer takes a minute on a busy one; it is done once for a home."""


def main() -> int:
    """Measure and print; 1 when an answer was wrong."""
    wishes = _wishes()
    if len(wishes.only or ()) == 1 and wishes.only[0] in _ALONE:
        say(_ALONE[wishes.only[0]](wishes))
        return 0
    if wishes.queue:
        say("\n" + queueing.report(queueing.measure(wishes.queue)))
        return 0
    folder = Path(tempfile.mkdtemp(prefix="headrace-bench-"))
    try:
        with serving() as stub:
            wrong = _bench(Home(folder), stub, wishes)
    finally:
        shutil.rmtree((folder / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
    if not (wishes.quick or wishes.only):
        _apart(wishes.json)
    return wrong


_ALONE: Final[Mapping[str, Callable[[argparse.Namespace], str]]] = {
    "engine": lambda wishes: core.table(core.measure(quick=wishes.quick)),
    "vault": lambda _: vault.table(),
    "sandbox": lambda wishes: sandbox.table(sandbox.measure(quick=wishes.quick)),
    "vectors": lambda wishes: vectors.table(quick=wishes.quick),
    "dashboard": lambda _: dashboard.table(dashboard.measure()),
    "agents": lambda _: agents.table(agents.measure()),
    "editor": lambda _: "\n" + editor.report(editor.measure()),
}


def _apart(file: Path | None) -> None:
    """What has stacks of its own."""
    figures = queueing.measure(queueing.WAITING)
    say("\n" + queueing.report(figures))
    say("\n" + vectors.table(quick=False))
    drawn = editor.measure()
    say("\n" + editor.report(drawn))
    figures += drawn
    if file:
        with file.open("a", encoding="utf-8") as lines:
            lines.writelines(one.json_line() + "\n" for one in figures)


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=main.__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="one load of each, under a minute, without the queue"
    )
    parser.add_argument(
        "--only",
        nargs="+",
        metavar="NAME",
        help='by name, or "engine", "vault", "sandbox", "vectors", "dashboard", "agents", "editor"',
    )
    parser.add_argument(
        "--queue",
        type=int,
        nargs="?",
        const=queueing.WAITING,
        metavar="N",
        help="only the rows of the queue, N waiting runs to wake",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="the JSON lines also go there")
    return parser.parse_args()


def _bench(home: Home, stub: Stub, wishes: argparse.Namespace) -> int:
    rules = [] if wishes.only else core.measure(quick=wishes.quick)
    code = [] if wishes.only else sandbox.measure(quick=wishes.quick)
    with _started(home, stub) as (stack, cold_s):
        key = _api_key(stack)
        _proved(stack)
    # Else a worker makes it a minute after its start, and the scenarios of then seem to cost more.
    build((PYERYX,), home.compiled)
    with _started(home, stub) as (stack, warm_s):
        _proved(stack)
        time.sleep(SETTLE_S)
        held = {name: size / 2**20 for name, size in processes.memory_bytes(stack).items()}
        measured = asyncio.run(_drive(stack, key, stub, wishes))
        facts = machine.facts(stack)
    idle_mb = sum(held.values())
    more = {"boot.cold": (cold_s, "s"), "boot.warm": (warm_s, "s"), "idle.all": (idle_mb, "MB")}
    more |= {f"idle.{name}": (size, "MB") for name, size in held.items()}
    more |= core.figures(rules) | sandbox.figures(code)
    more |= {} if wishes.only else vault.figures()
    lines = "\n".join(report.json_lines(measured, more, facts))
    say("\n" + "\n".join(f"{name:<12} {value}" for name, value in facts.items()) + "\n")
    say(report.table(measured, report.standings(measured, warm_s, idle_mb)) + "\n")
    if rules:
        say(core.table(rules) + "\n")
        say(sandbox.table(code) + "\n")
    say(lines)
    if wishes.json:
        wishes.json.write_text(lines + "\n", encoding="utf-8")
    return int(any(one.wrong for one in measured))


@contextmanager
def _started(home: Home, stub: Stub) -> Iterator[tuple[Stack, float]]:
    """The stack of `make up`, disk writes awaited as in production, and its seconds to ready."""
    ours = ("HEADRACE_", "DATABASE_URL", "REDIS_URL")
    given = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    given["HEADRACE_PORT"] = str(ports.any_free())
    given["HEADRACE_EGRESS_ALLOW"] = f"127.0.0.1:{stub.port}"
    began = time.monotonic()
    with Stack(home, given) as stack:
        yield stack, time.monotonic() - began


def _proved(stack: Stack) -> None:
    """Wait until no worker compiles or tries its sandbox any more: that is no part of a start."""

    def every_one() -> bool:
        told = httpx.get(f"{stack.url}/readyz", timeout=10).json()["sandbox_of_workers"]
        levels = [level for found in told.values() for level in found]
        return bool(levels) and "not started" not in levels

    if not wait_until(every_one, PROVED_S, every_s=0.5):
        say(f"  The sandboxes were not proved in {PROVED_S:.0f} s: what follows may be slower.")


def _api_key(stack: Stack) -> str:
    """Made the first time, when the owner's password is known; later by itself all that is used."""
    assert stack.owner is not None
    assert stack.owner.password is not None
    client = Client.sign_in(stack.url, stack.owner.email, stack.owner.password)
    key: str = client.post("api-keys/", {"name": "bench"})["key"]
    client.http.close()
    return key


async def _drive(stack: Stack, key: str, stub: Stub, wishes: argparse.Namespace) -> list[Measured]:
    """Every load of the plan, one after the other."""
    with httpx.Client(base_url=stack.url, timeout=60, headers={"X-API-Key": key}) as http:
        client = Client(http)
        known: set[str] = set()
        measured = []
        for load in plan.quick(stub) if wishes.quick else plan.full(stub):
            name = load.scenario.name
            if wishes.only and name not in wishes.only:
                continue
            if name not in known:
                client.create(load.scenario.document, publish=True)
                known.add(name)
            say(f"  {load.scenario.title}, {load.concurrency} at once")
            measured.append(await measure(stack, load))
        return measured


if __name__ == "__main__":
    sys.exit(main())
