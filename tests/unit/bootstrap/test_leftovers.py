"""What is ended after a crash: everything that carries the home's mark, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from headrace_bootstrap import leftovers
from headrace_bootstrap.home import Home

Start = Callable[..., "subprocess.Popen[bytes]"]
AWAKE = "import signal, time; signal.signal(signal.SIGINT, signal.{how}); "
# What runs in the background of a shell would ignore SIGINT without being told.
SLEEP = f"{AWAKE.format(how='SIG_DFL')} print(flush=True); time.sleep(60)"
DEAF = f"{AWAKE.format(how='SIG_IGN')} print(flush=True); time.sleep(60)"


@pytest.fixture
def start() -> Iterator[Start]:
    started = []

    def run(script: str, mark: Path | str) -> subprocess.Popen[bytes]:
        environment = {leftovers.MARK: str(mark)}
        process = subprocess.Popen(
            [sys.executable, "-c", script], env=environment, stdout=subprocess.PIPE
        )
        started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def test_a_marked_process_is_ended(start: Start, tmp_path: Path):
    ours = start(SLEEP, tmp_path)

    assert leftovers.end(Home(tmp_path)) == 1

    assert ours.wait(5) != 0


def test_a_frozen_process_is_ended_too(start: Start, tmp_path: Path):
    ours = start(SLEEP, tmp_path)
    os.kill(ours.pid, signal.SIGSTOP)

    assert leftovers.end(Home(tmp_path)) == 1

    assert ours.wait(5) != 0


def test_a_process_of_another_home_is_left_alone(start: Start, tmp_path: Path):
    theirs = start(SLEEP, f"{tmp_path}/other")

    count = leftovers.end(Home(tmp_path))

    assert count == 0
    assert theirs.poll() is None


def test_a_process_that_will_not_listen_is_killed(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(leftovers, "_PROGRAM_S", 0.2)
    ours = start(DEAF, tmp_path)

    assert leftovers.end(Home(tmp_path)) == 1

    assert ours.wait(5) == -signal.SIGKILL
