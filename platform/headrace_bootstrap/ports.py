"""Which TCP ports to use, and who has the one that is taken."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from headrace_bootstrap.console import say
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home

_LOOPBACK: Final = "127.0.0.1"
WEB: Final = 8000
_HIGHEST: Final = 65535
_LISTENING: Final = "0A"
_NEIGHBOURS: Final = 100


def is_free(port: int, host: str = _LOOPBACK) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def any_free() -> int:
    """A free port of the system's choice."""
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def for_web(given: Mapping[str, str]) -> int:
    """The web program's port: HEADRACE_PORT, which must be free, else 8000 or the next free one.

    Raises:
        BootstrapError: `port_invalid`, `port_taken`, `no_free_port`.
    """
    named, host = named_for_web(given), given.get("HEADRACE_BIND", _LOOPBACK)
    wanted = named or WEB
    if is_free(wanted, host):
        return wanted
    taken = f"Port {wanted} is taken by {holder(wanted)}"
    if named is not None:
        raise BootstrapError("port_taken", f"{taken}. Free it or set another HEADRACE_PORT.")
    chosen = next_free(wanted, host)
    say(f"  {taken}; using {chosen}.")
    return chosen


def named_for_web(given: Mapping[str, str]) -> int | None:
    """HEADRACE_PORT as a number.

    Raises:
        BootstrapError: `port_invalid`.
    """
    named = given.get("HEADRACE_PORT")
    if not named:
        return None
    if not named.isdecimal() or not 0 < int(named) <= _HIGHEST:
        raise BootstrapError(
            "port_invalid", f"HEADRACE_PORT must be 1 to {_HIGHEST}, not {named!r}."
        )
    return int(named)


def next_free(port: int, host: str = _LOOPBACK) -> int:
    """The first free port above `port`, so that the address stays easy to remember.

    Raises:
        BootstrapError: `no_free_port`.
    """
    for candidate in range(port + 1, min(port + _NEIGHBOURS, _HIGHEST) + 1):
        if is_free(candidate, host):
            return candidate
    raise BootstrapError("no_free_port", f"No port near {port} is free. Set HEADRACE_PORT.")


def known(home: Home) -> dict[str, int]:
    """The ports that the home's servers had last time, or have now."""
    if not home.ports.is_file():
        return {}
    ports: dict[str, int] = json.loads(home.ports.read_text(encoding="utf-8"))
    return ports


def choose(home: Home, *names: str) -> dict[str, int]:
    """A free port for each server: last time's, unless somebody else took it meanwhile."""
    before = known(home)
    chosen = {name: _kept(before.get(name)) or any_free() for name in names}
    remember(home, chosen)
    return chosen


def remember(home: Home, ports: Mapping[str, int]) -> None:
    """Let commands beside the stack know where its programs listen."""
    home.ports.write_text(json.dumps({**known(home), **ports}), encoding="utf-8")


def _kept(port: int | None) -> int | None:
    return port if port is not None and is_free(port) else None


def holder(port: int) -> str:
    """Who listens there, as far as this account may know: `nginx (process 812)`."""
    inodes = _listening_inodes(port)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if any(str(link.readlink()) in inodes for link in (folder / "fd").iterdir()):
                name = (folder / "comm").read_text(encoding="utf-8").strip()
                return f"{name} (process {folder.name})"
        except OSError:
            continue
    return "another program"


def _listening_inodes(port: int) -> set[str]:
    """Link targets (`socket:[123]`) of the sockets that listen on `port`; see proc_net(5)."""
    rows: list[list[str]] = []
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if table.is_file():
            rows += [line.split() for line in table.read_text(encoding="utf-8").splitlines()[1:]]
    return {
        f"socket:[{row[9]}]"
        for row in rows
        if row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port
    }
