"""A stack's database and broker: those that the environment names, else embedded ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from headrace_bootstrap import broker, external, installed, postgres_account, programs
from headrace_bootstrap.console import step
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home
from headrace_bootstrap.leftovers import MARK
from headrace_bootstrap.postgres import DATABASE, ROLE, Cluster
from headrace_bootstrap.programs import Program
from headrace_bootstrap.secret_values import SecretValues
from headrace_bootstrap.variables import for_servers
from headrace_bootstrap.waiting import wait_until

# Held alone while the server starts or stops, shared by everybody who uses it.
DATABASE_LOCK: Final = "database"
_START_S: Final = 60.0


@dataclass(frozen=True)
class Database:
    """Where the database is; `cluster` only when it is ours to start."""

    url: str
    cluster: Cluster | None = None


@dataclass(frozen=True)
class Broker:
    """Where the broker is; `port` only when it is ours to start."""

    url: str
    port: int | None = None


@dataclass(frozen=True)
class Servers:
    """Both, and the programs that the supervisor must run for them."""

    database: Database
    broker: Broker
    programs: tuple[Program, ...]

    def wait(self) -> None:
        """Return when both take connections.

        Raises:
            BootstrapError: `server_down`.
        """
        cluster, port = self.database.cluster, self.broker.port
        if cluster is not None and not wait_until(cluster.accepts, _START_S):
            raise BootstrapError("server_down", "PostgreSQL does not start; see logs/database.log.")
        if port is not None and not wait_until(lambda: broker.accepts(port), _START_S):
            raise BootstrapError("server_down", "Valkey does not start; see logs/broker.log.")


def embedded_cluster(
    home: Home, values: SecretValues, port: int, *, durable: bool = True
) -> Cluster:
    """The home's own cluster, made the first time."""
    account = postgres_account.choose(home, installed.postgres())
    cluster = Cluster(account, port, durable)
    if not cluster.exists():
        with step("New PostgreSQL cluster"):
            home.prepared.unlink(missing_ok=True)
            cluster.initialise(values.database_password)
    return cluster


def database_url(values: SecretValues, port: int) -> str:
    """The embedded database's address."""
    return f"postgresql://{ROLE}:{values.database_password}@127.0.0.1:{port}/{DATABASE}"


def broker_url(values: SecretValues, port: int) -> str:
    """The embedded broker's address."""
    return f"redis://:{values.broker_password}@127.0.0.1:{port}/0"


def settle(
    given: Mapping[str, str],
    home: Home,
    values: SecretValues,
    ports: Mapping[str, int],
    *,
    durable: bool,
) -> Servers:
    """Check the named servers, make the embedded ones ready to be started."""
    prefix = for_servers(given, {MARK: str(home.path)})
    supervised = []
    if url := given.get("DATABASE_URL"):
        external.check_database(url)
        database = Database(url)
    else:
        port = ports[programs.DATABASE]
        cluster = embedded_cluster(home, values, port, durable=durable)
        database = Database(database_url(values, port), cluster)
        # A killed command may have left a server, a killed server its pid file.
        cluster.stop()
        cluster.forget_dead_server()
        supervised.append(programs.database([*prefix, *cluster.command()]))
    if url := given.get("REDIS_URL"):
        external.check_broker(url)
        return Servers(database, Broker(url), tuple(supervised))
    port = ports[programs.BROKER]
    command = broker.configure(home, port, values.broker_password)
    supervised.append(programs.broker([*prefix, *command]))
    return Servers(database, Broker(broker_url(values, port), port), tuple(supervised))
