"""`manage.py up` as a person sees it: from the first line to the last process (R-060, S-046)."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from headrace_bootstrap import ports

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """One run of the command, its lines collected while they come."""

    def __init__(self, home: Path, **settings: str) -> None:
        keep = {"PATH", "HOME", "LANG", "SSL_CERT_FILE"}
        inherited = {name: value for name, value in os.environ.items() if name in keep}
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env={**inherited, "HEADRACE_HOME": str(home), **settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def wait_for(self, pattern: str, timeout_s: float = 120.0) -> re.Match[str]:
        deadline = time.monotonic() + timeout_s
        while not (found := re.search(pattern, self.text)):
            assert time.monotonic() < deadline, self.text
            assert self.process.poll() is None, self.text
            time.sleep(0.1)
        return found

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        code = self.process.wait(60)
        self._reader.join(10)
        return code

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            self.lines.extend(iter(output.readline, ""))


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    started: list[Terminal] = []
    yield started
    for terminal in started:
        if terminal.process.poll() is None:
            terminal.end(signal.SIGTERM)


def _get(port: int, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def _processes_of(home: Path) -> list[str]:
    mark = f"HEADRACE_SUPERVISED={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found.append(folder.name)
        except OSError:
            continue
    return found


def test_up_shows_the_owner_once_restarts_what_dies_and_ends_well(
    tmp_path: Path, terminals: list[Terminal]
):
    port = ports.any_free()
    first = Terminal(tmp_path / "home", HEADRACE_PORT=str(port))
    terminals.append(first)

    first.wait_for("Ctrl-C stops everything")
    status, body = _get(port, "/readyz")
    assert status == 200, body
    assert json.loads(body)["status"] == "ok"
    password = first.wait_for(r"Password  (\S+)")[1]
    assert len(password) >= 12
    assert f"http://localhost:{port}/" in first.wait_for(r"Sign in   (\S+)")[1]

    worker = _process_named(tmp_path / "home", "worker_2")
    os.kill(worker, signal.SIGKILL)
    first.wait_for(r"worker_2 died \(terminated by SIGKILL\) and was restarted", 30)

    assert first.end() == 0
    assert first.text.rstrip().endswith("Stopped.")
    assert _processes_of(tmp_path / "home") == []

    second = Terminal(tmp_path / "home", HEADRACE_PORT=str(port))
    terminals.append(second)
    second.wait_for("Ctrl-C stops everything")
    assert "Password" not in second.text
    second.wait_for(r"Sign in   \S+")
    assert second.end(signal.SIGTERM) == 0


def test_up_ends_with_the_holders_name_when_the_port_that_was_asked_for_is_taken(
    tmp_path: Path, terminals: list[Terminal]
):
    listener = subprocess.Popen(
        [sys.executable, "-c", TAKE_A_PORT], stdout=subprocess.PIPE, text=True
    )
    assert listener.stdout is not None
    port = listener.stdout.readline().strip()
    try:
        terminal = Terminal(tmp_path / "home", HEADRACE_PORT=port)
        terminals.append(terminal)

        assert terminal.process.wait(60) == 1
        terminal._reader.join(10)
        assert f"Port {port} is taken by" in terminal.text
        assert f"(process {listener.pid})" in terminal.text
        assert _processes_of(tmp_path / "home") == []
    finally:
        listener.kill()
        listener.communicate()


TAKE_A_PORT = """
import socket, time
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
time.sleep(120)
"""


def _process_named(home: Path, name: str) -> int:
    for process in _processes_of(home):
        command = Path(f"/proc/{process}/cmdline").read_bytes().decode().split("\0")
        if name in command:
            return int(process)
    raise AssertionError(f"{name} does not run")
