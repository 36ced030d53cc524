"""Which port is used, and what is said about one that is taken."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from headrace_bootstrap import ports
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.create()
    return home


def test_a_taken_port_that_was_asked_for_stops_with_its_holder_named(taken: int):
    with pytest.raises(BootstrapError) as caught:
        ports.for_web({"HEADRACE_PORT": str(taken)})

    assert caught.value.code == "port_taken"
    assert f"(process {os.getpid()})" in str(caught.value)


def test_a_taken_usual_port_gives_way_to_a_neighbour_and_says_so(
    taken: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(ports, "WEB", taken)

    chosen = ports.for_web({})

    assert taken < chosen <= taken + 100
    assert f"Port {taken} is taken" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["0", "65536", "-1", "http", "80.5"])
def test_a_port_that_is_no_port_is_refused(text: str):
    with pytest.raises(BootstrapError, match="HEADRACE_PORT must be"):
        ports.for_web({"HEADRACE_PORT": text})


def test_the_servers_keep_their_ports_from_start_to_start(home: Home):
    first = ports.choose(home, "database", "broker")

    second = ports.choose(home, "database", "broker")

    assert second == first


def test_a_server_moves_when_somebody_took_its_port(home: Home, taken: int):
    ports.remember(home, {"database": taken})

    chosen = ports.choose(home, "database")

    assert chosen["database"] != taken
    assert ports.known(home) == chosen
