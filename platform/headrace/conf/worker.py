"""`python -m headrace.conf.worker [NAME]`: one worker process.

Celery's own command line loads shells and completion before it begins: a tenth of the start.
"""

from __future__ import annotations

import os
import socket
import sys

from headrace.conf import process

process.become("worker")
# Celery would load every view to check them: 0.7 of a worker's 2.7 s of start. The web does.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

from headrace.conf.celery import app  # noqa: E402 - after the role is known


def main(name: str) -> int:
    """Work until a signal; the exit code."""
    worker = app.Worker(
        hostname=f"{name}@{socket.gethostname()}",
        pool_cls="solo",
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    # A name tells the workers of one machine apart.
    sys.exit(main(*sys.argv[1:2] or ["worker"]))
