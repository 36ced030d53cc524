"""A port of this machine behind which another server is."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.support.stub import answering


@contextmanager
def forwarding(host: str, port: int) -> Iterator[int]:
    """The port of this machine that leads there."""

    class Forward(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with socket.create_connection((host, port)) as other:
                back = threading.Thread(target=_pass_on, args=(other, self.request))
                back.start()
                _pass_on(self.request, other)
                back.join()

    with answering(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Forward)) as found:
        yield found


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
