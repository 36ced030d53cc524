"""The embedded database for a single Django command, whether or not `make up` runs beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from headrace_bootstrap import ports, programs
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home, Lock
from headrace_bootstrap.postgres import Cluster
from headrace_bootstrap.secret_values import load_or_generate
from headrace_bootstrap.servers import DATABASE_LOCK, broker_url, database_url, embedded_cluster
from headrace_bootstrap.variables import for_children
from headrace_bootstrap.waiting import wait_until

# With all of these given there is no home: a container needs none.
_SETTLED_BY_DEPLOYMENT: Final = (
    "DATABASE_URL",
    "REDIS_URL",
    "HEADRACE_SECRET_KEY",
    "HEADRACE_VAULT_KEY",
)
_START_S: Final = 90.0


def settings(given: Mapping[str, str]) -> dict[str, str]:
    """The environment of a Django command: the given one, completed with the home's own values.

    A server that never ran has no port yet; 0 stands for it.
    """
    if all(given.get(name) for name in _SETTLED_BY_DEPLOYMENT):
        return dict(given)
    home = Home.of(given)
    home.create()
    values, known = load_or_generate(home), ports.known(home)
    return for_children(
        given,
        home,
        values,
        database_url=given.get("DATABASE_URL")
        or database_url(values, known.get(programs.DATABASE, 0)),
        redis_url=given.get("REDIS_URL") or broker_url(values, known.get(programs.BROKER, 0)),
        port=ports.named_for_web(given) or known.get(programs.WEB, ports.WEB),
    )


@contextmanager
def ensure_database(given: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The same environment, with the embedded database running for as long as the block lasts.

    Everybody who uses the database shares a lock. Who finds it down starts it; who finds, on
    leaving, that nobody else holds the lock, stops it.
    """
    if given.get("DATABASE_URL"):
        yield settings(given)
        return
    home = Home.of(given)
    home.create()
    lock = home.lock(DATABASE_LOCK)
    try:
        if not wait_until(lambda: _shared_and_running(home, lock), _START_S):
            raise BootstrapError("database_down", f"PostgreSQL does not start; see {home.logs}.")
        yield settings(given)
    finally:
        if lock.take_now():
            _cluster(home).stop()
        lock.release()


def _shared_and_running(home: Home, lock: Lock) -> bool:
    """Share the lock; false when whoever had it alone has just stopped the server."""
    if lock.take_now():
        _start(home)
    lock.share()
    return _cluster(home).accepts()


def _start(home: Home) -> None:
    """Start the server, unless a killed command left it running."""
    if _cluster(home).postmaster() is None:
        ports.choose(home, programs.DATABASE)
        _cluster(home).start()


def _cluster(home: Home) -> Cluster:
    port = ports.known(home).get(programs.DATABASE, 0)
    return embedded_cluster(home, load_or_generate(home), port)
