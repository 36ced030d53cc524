"""Closes what a plugin did not declare, from inside of its process, before its code is read.

The network is taken away by the kernel where it lets us. Programs are refused by an audit hook,
which holds honest code to its word; against code that fights it, the process has no secret, no
database and no network to give.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import PurePath
from typing import Any, Final

from headrace.sandbox.guest.confinement import leave_network
from headrace_sdk.errors import NodeError

_SOCKETS: Final = frozenset(
    {"socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto", "socket.sendmsg"}
)
_STARTS: Final = frozenset({"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"})


class NotDeclaredApart(NodeError):
    """A node in a process of its own did what its package had not declared."""

    code = "not_declared"


def leave() -> None:
    """Give up the network. A system that forbids it leaves that to `close`."""
    leave_network()


def close(programs: Collection[str]) -> None:
    """Refuse sockets, and programs but these, for good."""

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _SOCKETS:
            message = "A plugin reaches the network by ctx.http only."
            raise NotDeclaredApart(message)
        if event == "subprocess.Popen":
            _check(str(os.fsdecode(arguments[0])), programs)
        elif event in _STARTS and not programs:
            message = "This package does not declare that it starts processes."
            raise NotDeclaredApart(message)

    sys.addaudithook(refuse)


def _check(program: str, programs: Collection[str]) -> None:
    if PurePath(program).name not in programs:
        message = (
            f"This package does not declare that it starts {PurePath(program).name!r}. Its author "
            "has to add it to headrace_needs: Needs(processes=…)."
        )
        raise NotDeclaredApart(message)
