"""Check the servers that DATABASE_URL and REDIS_URL name before anything is started on them."""

from __future__ import annotations

import os
import subprocess
from typing import Final

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.project import PYTHON

# The URL travels in the environment: an argument could be read by everybody on the machine.
_DATABASE: Final = """
import os, psycopg
with psycopg.connect(os.environ["URL"], connect_timeout=5, autocommit=True) as connection:
    connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
"""
_BROKER: Final = """
import os, redis
redis.Redis.from_url(os.environ["URL"], socket_timeout=5, socket_connect_timeout=5).ping()
"""
_PGVECTOR_HINT: Final = (
    "Install pgvector on the server (Debian: postgresql-18-pgvector), or let a superuser run"
    " CREATE EXTENSION vector in that database."
)


def check_database(url: str) -> None:
    """PostgreSQL answers and has pgvector.

    Raises:
        BootstrapError: `database_unusable`, with what to do.
    """
    problem = _probe(_DATABASE, url)
    if problem:
        lacks_vector = "vector" in problem or "permission" in problem
        hint = _PGVECTOR_HINT if lacks_vector else "Is it running?"
        raise BootstrapError("database_unusable", f"DATABASE_URL cannot be used: {problem}. {hint}")


def check_broker(url: str) -> None:
    """Redis or Valkey answers.

    Raises:
        BootstrapError: `broker_unusable`.
    """
    problem = _probe(_BROKER, url)
    if problem:
        raise BootstrapError(
            "broker_unusable", f"REDIS_URL cannot be used: {problem}. Is it running?"
        )


def _probe(script: str, url: str) -> str:
    """The last line of the failure, which names no password; empty when all is well."""
    done = subprocess.run(
        [PYTHON, "-c", script],
        env={**os.environ, "URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = done.stderr.strip().splitlines() or ["it gave no reason"]
    return lines[-1].rpartition(": ")[2].rstrip(".") if done.returncode else ""
