"""Check the servers that DATABASE_URL and REDIS_URL name before anything is started on them."""

from __future__ import annotations

import os
import subprocess
from typing import Final

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.project import PYTHON

# The URL travels in the environment: an argument could be read by everybody on the machine.
_DATABASE: Final = """
import psycopg
with psycopg.connect(url, connect_timeout=5, autocommit=True) as connection:
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
"""
_BROKER: Final = """
import redis
redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5).ping()
"""
_PROBE: Final = """
import os, sys
try:
    exec(sys.argv[1], {"url": os.environ["URL"]})
except Exception as error:
    sys.exit(str(error).splitlines()[0])
"""
_PGVECTOR_HINT: Final = (
    "Install pgvector on the server (Debian: postgresql-18-pgvector), or let a superuser run"
    " CREATE EXTENSION vector in that database."
)
_ADDRESS_HINT: Final = "Check the address, and that the server runs."


def check_database(url: str) -> None:
    """PostgreSQL answers and has pgvector.

    Raises:
        BootstrapError: `database_unusable`, with what to do.
    """
    if problem := _probe(_DATABASE, url):
        hint = _PGVECTOR_HINT if '"vector"' in problem else _ADDRESS_HINT
        raise BootstrapError("database_unusable", f"DATABASE_URL cannot be used: {problem}. {hint}")


def check_broker(url: str) -> None:
    """Redis or Valkey answers.

    Raises:
        BootstrapError: `broker_unusable`.
    """
    if problem := _probe(_BROKER, url):
        raise BootstrapError(
            "broker_unusable", f"REDIS_URL cannot be used: {problem}. {_ADDRESS_HINT}"
        )


def _probe(script: str, url: str) -> str:
    """The reason for a failure, which names no password; empty when all is well."""
    done = subprocess.run(
        [PYTHON, "-c", _PROBE, script],
        env={**os.environ, "URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    reason = done.stderr.strip() or "it gave no reason"
    return reason.rstrip(".") if done.returncode else ""
