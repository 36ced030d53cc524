"""A sandbox process owns nothing; its jobs share nothing; and it is ended when it must be."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from headrace.sandbox import actions, queries, running
from headrace.sandbox.errors import SandboxCrashed, SandboxMissing
from headrace.sandbox.guest import syscalls
from headrace.sandbox.guest.confinement import namespace
from headrace.sandbox.host import starting, walls
from headrace.sandbox.host.child import Child
from headrace.sandbox.host.engines import CPYTHON, PYERYX, QUICKJS, Engine, chosen
from headrace.sandbox.host.pool import Pool
from headrace.sandbox.host.starting import Starter
from headrace.sandbox.limits import CODE, Limits
from headrace.sandbox.ports import cache_folder, ports
from headrace_sdk.errors import NodeError

HAS_FILTERS = Path("/proc/sys/kernel/seccomp/actions_avail").exists()
IS_SEALED = HAS_FILTERS and syscalls.program(os.uname().machine) is not None
GLOBALS = "return { names: ['require', 'process', 'fetch', 'WebAssembly', 'std', 'os'].filter((name) => name in globalThis) };"


def starter(*engines, must_be_sealed=False):
    return Starter(engines, cache_folder(), CODE.memory_bytes, must_be_sealed=must_be_sealed)


@pytest.fixture
def pool():
    pool = Pool(2, starter(QUICKJS))
    yield pool
    pool.close()


@pytest.mark.skipif(not IS_SEALED, reason="this system filters no calls")
async def test_a_sandbox_process_can_touch_nothing_around_it(monkeypatch):
    monkeypatch.setenv("HEADRACE_CANARY", "secret")
    actions.close()

    facts = actions.probe()

    assert facts["filtered"] is True
    assert facts["environment"] == []
    assert {name: value for name, value in facts.items() if name.startswith("can_")} == {
        "can_read_files": False,
        "can_write_files": False,
        "can_open_sockets": False,
        "can_start_processes": False,
    }
    assert facts["user"] != 0


async def test_the_language_offers_no_way_out(run):
    assert (await run(GLOBALS))[0].json == {"names": []}


async def test_what_one_job_breaks_is_whole_for_the_next(run):
    """S-005"""
    await run("JSON.parse = () => 'mine'; Object.prototype.x = 1; globalThis.y = 2; return [];")

    seen = await run("return { x: ({}).x ?? null, y: globalThis.y ?? null, n: JSON.parse('1') };")

    assert seen[0].json == {"x": None, "y": None, "n": 1}


async def test_a_stopped_job_leaves_its_process_alive_for_others(run):
    actions.close()
    with running._pool("javascript").child("alpha") as child:
        before = child.pid

    with pytest.raises(NodeError):
        await run("for (;;) {}", limits=Limits(time_s=0.1), tenant="alpha")
    await run("return [];", tenant="beta")

    with running._pool("javascript").child("beta") as child:
        assert child.pid == before


async def test_a_process_that_does_not_answer_in_time_is_killed(pool):
    with pytest.raises(SandboxCrashed), pool.child("alpha") as child:
        child.ask({"time_s": 60, "memory_bytes": 1 << 26, "output_bytes": 9, "now_ms": 0, "seed": 1},
                  b'{"source":"for(;;);","perItem":false,"items":[],"variables":{},"chance":[1,2,3,4]}', 0.2)  # fmt: skip

    assert child._process.returncode == -9
    with pool.child("alpha") as fresh:
        assert fresh.pid != child.pid


async def test_a_cancel_ends_the_process_that_works_for_it(run):
    actions.close()
    job = running.Job("alpha", Limits(time_s=60), now_ms=0, seed=1)
    body = b'{"source":"for(;;);","perItem":false,"items":[],"variables":{},"chance":[1,2,3,4]}'
    task = asyncio.create_task(running.run(job, body))
    while job._child is None:
        await asyncio.sleep(0.01)
    process = job._child._process

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await asyncio.to_thread(process.wait)
    assert process.returncode == -9


async def test_one_tenant_leaves_a_process_to_the_others(pool):
    with pool.child("alpha"):
        assert not pool._has_room("alpha")
        with pool.child("beta"):
            assert not pool._has_room("gamma")
        assert pool._has_room("beta")


async def test_without_a_sandbox_code_is_refused(run, monkeypatch):
    monkeypatch.setattr(ports, "is_on", False)

    with pytest.raises(SandboxMissing, match="switched off"):
        await run("return [];")


async def test_a_process_that_cannot_be_started_is_a_refusal_that_says_why(monkeypatch):
    monkeypatch.setattr("headrace.sandbox.host.child.MODULE", "headrace.nowhere")

    with pytest.raises(SandboxMissing, match="nowhere"):
        Child("quickjs", None, CODE.memory_bytes)


def test_the_worker_itself_never_loads_the_engine():
    source = "import sys, headrace.sandbox.actions; sys.exit('wasmtime' in sys.modules)"
    path = os.pathsep.join(sys.path)

    done = subprocess.run([sys.executable, "-c", source], env={"PYTHONPATH": path}, check=False)

    assert done.returncode == 0


def test_it_tells_how_it_stands_without_being_started(monkeypatch):
    actions.close()
    before = queries.levels()["javascript"]
    actions.probe()
    started = queries.levels()["javascript"]
    monkeypatch.setattr(ports, "is_on", False)

    assert before == "not started"
    assert started.startswith(("QuickJS, sealed", "QuickJS, wasm ("))
    assert queries.levels() == {"javascript": "off", "python": "off"}


def test_where_it_must_be_sealed_a_hole_is_a_reason_to_refuse(monkeypatch):
    monkeypatch.setitem(walls.ATTEMPTS, "filtered", "its calls are filtered")
    strict = Pool(1, starter(QUICKJS, must_be_sealed=True))

    with pytest.raises(SandboxMissing, match="not sealed"), strict.child("alpha"):
        pass

    assert strict.level.startswith("refused: ")


@pytest.mark.parametrize(
    ("change", "level"),
    [
        ({}, "QuickJS, sealed"),
        ({"environment": ["HOME"]}, "QuickJS, wasm (its environment is not empty)"),
        ({"namespaces": {"net": namespace("net")}}, "QuickJS, wasm (it shares our network)"),
        ({"can_open_sockets": True}, "QuickJS, wasm (it can open sockets)"),
        (
            {"namespaces": {"net": "net:[7]", "pid": "pid:[7]", "mnt": "mnt:[7]"}},
            "QuickJS, sealed, in bubblewrap",
        ),
        (
            {"namespaces": {"net": "net:[7]", "pid": namespace("pid"), "mnt": "mnt:[7]"}},
            "QuickJS, sealed",
        ),
    ],
)
def test_its_level_follows_from_what_it_proved(change, level):
    own = {kind: namespace(kind) for kind in ("pid", "mnt")}
    proven = {
        **dict.fromkeys(walls.ATTEMPTS, False),
        "environment": [],
        "namespaces": {**own, "net": "net:[7]"},
    }

    assert walls.level("QuickJS", proven | change) == level


def test_an_engine_that_fails_its_test_leaves_the_language_to_the_next(monkeypatch):
    monkeypatch.setattr(starting, "REFUSED_FOR_S", 0.0)
    both = starter(Engine("nonsense", "Nonsense"), QUICKJS)

    child = both.start()

    assert child.engine == "quickjs"
    assert not both.is_outdated(child)
    child.end()


def test_a_process_gives_way_when_a_better_engine_is_ready():
    is_ready = []
    better = Engine("quickjs", "Better", lambda _folder: bool(is_ready))
    pool = Pool(1, starter(better, Engine("cpython", "Worse")))
    with pool.child("alpha") as child:
        assert child.engine == "cpython"

    is_ready.append(True)

    with pool.child("alpha") as child:
        assert child.engine == "quickjs"
    pool.close()


def test_a_process_that_was_only_to_prove_itself_can_be_ended(pool):
    with pool.child("alpha") as proven:
        level = pool.level

    pool.end_idle("quickjs")

    assert proven._process.returncode == -9
    assert pool.level == level


def test_one_engine_can_be_asked_for():
    assert chosen("python", "auto") == (PYERYX, CPYTHON)
    assert chosen("python", "cpython") == (CPYTHON,)
    assert chosen("javascript", "cpython") == (QUICKJS,)


def test_a_worker_knows_how_it_stands_before_code_comes():
    actions.close()

    assert set(actions.prove()) == set(queries.levels())
    assert not {"not started"} & set(queries.levels().values())


def test_it_tells_why_it_refuses(monkeypatch, pool):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(SandboxMissing), pool.child("alpha"):
        pass

    assert pool.level.startswith("refused: Code is not run here")


def test_where_nothing_can_be_kept_it_runs_nevertheless(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setattr(ports, "folder", tmp_path / "file" / "sandbox")
    actions.close()

    facts = actions.probe()

    assert facts["compiled_s"] > 0
    actions.close()
