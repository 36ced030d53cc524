"""A server of S3's protocol on this machine, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.support.running import until

SERVE = """
import sys, threading
from moto.server import ThreadedMotoServer
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
print(server.get_host_and_port()[1], flush=True)
sys.stdin.read()
server.stop()
"""


@contextmanager
def object_store(*buckets: str) -> Iterator[str]:
    """The address of one at work, with these buckets. It ends with its standard input."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        url = f"http://127.0.0.1:{int(process.stdout.readline())}"
        until(lambda: httpx.get(f"{url}/moto-api/", timeout=30).status_code, "the store answers")
        for bucket in buckets:
            httpx.put(f"{url}/{bucket}", timeout=30).raise_for_status()
        yield url
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()
