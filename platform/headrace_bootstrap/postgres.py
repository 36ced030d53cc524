"""The embedded PostgreSQL 18: make its cluster once, start it, stop it."""

from __future__ import annotations

import os
import secrets
import shlex
import shutil
import signal
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace_bootstrap.postgres_account import PostgresAccount
from headrace_bootstrap.processes import run, succeeds
from headrace_bootstrap.waiting import wait_until

DATABASE: Final = "headrace"
ROLE: Final = "headrace"

# Few processes and little idle memory: one host, one application, no replication.
_SETTINGS: Final = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "96MB",
    "io_method": "sync",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
# For clusters that live as long as a test; 4,096 rounds a connection guard nothing there.
_FORGETFUL: Final = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "scram_iterations": "1",
}
_STOP_S: Final = 30.0


@dataclass(frozen=True)
class Cluster:
    """One cluster: the account and folder it belongs to, and the port it listens on."""

    account: PostgresAccount
    port: int
    durable: bool = True

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.account.folder / "cluster"

    def exists(self) -> bool:
        """Whether `initialise` finished once."""
        return self.data.is_dir()

    def initialise(self, password: str) -> None:
        """Make the cluster with pgvector in every database to come, and an empty `headrace`.

        Everything happens before the server listens for the first time, and the cluster gets its
        name last: an interrupted attempt leaves nothing that could be taken for a cluster.
        """
        draft = self.account.folder / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.account.give(draft)
        self._initdb(draft)
        self._single_user(draft, "template1", "CREATE EXTENSION vector")
        self._single_user(
            draft,
            "postgres",
            # No superuser: SQL that should never have run cannot read files or start programs.
            f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'",
            f"CREATE DATABASE {DATABASE} OWNER {ROLE}",
        )
        draft.rename(self.data)

    def command(self) -> list[str]:
        """The command line that runs the server in the foreground."""
        program = self._program("postgres")
        return [*self.account.prefix, program, "-D", str(self.data), *self._options()]

    def accepts(self) -> bool:
        """Whether a server takes connections on the port."""
        port = str(self.port)
        return succeeds([self._program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", port])

    def postmaster(self) -> int | None:
        """The process id of this cluster's live server, by pid file and command line."""
        try:
            first, *_ = (self.data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            command = Path(f"/proc/{int(first)}/cmdline").read_bytes().decode().split("\0")
        except (OSError, ValueError):
            return None
        return int(first) if str(self.data) in command else None

    def forget_dead_server(self) -> None:
        """Remove a pid file whose number another program has now: PostgreSQL would believe it."""
        if self.postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def start(self) -> None:
        """Start the server without a supervisor, and wait until it takes connections.

        Raises:
            BootstrapError: with what PostgreSQL said.
        """
        self.forget_dead_server()
        options = shlex.join(self._options())
        program = [self._program("pg_ctl"), "start", "--wait", "-D", str(self.data), "-o", options]
        log = self.account.folder / "server.log"
        run(
            [*self.account.prefix, *program, "-l", log],
            doing=f"Starting PostgreSQL (its log is {log})",
            cwd=self.account.folder,
            # It outlives this command when others use it too: nothing of ours goes with it.
            environment={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
        )

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, everything committed is kept."""
        pid = self.postmaster()
        if pid is not None:
            os.kill(pid, signal.SIGINT)
            wait_until(lambda: self.postmaster() is None, _STOP_S)

    def _options(self) -> list[str]:
        return _words({**_SETTINGS, **({} if self.durable else _FORGETFUL), "port": str(self.port)})

    def _initdb(self, data: Path) -> None:
        # initdb wants a password for its superuser, whom nobody ever needs again.
        password_file = self.account.folder / "initial-password"
        password_file.write_text(secrets.token_hex(24), encoding="utf-8")
        password_file.chmod(0o600)
        self.account.give(password_file)
        try:
            run(
                [
                    *self.account.prefix,
                    self._program("initdb"),
                    *("-D", data, "-U", "postgres", "-E", "UTF8"),
                    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                    *("--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions"),
                ],
                doing="initdb",
                cwd=self.account.folder,
            )
        finally:
            password_file.unlink()

    def _single_user(self, data: Path, database: str, *statements: str) -> None:
        """Run statements without a server; each one must be one line."""
        settings = {"exit_on_error": "on", "wal_level": "minimal", "max_wal_senders": "0"}
        options = _words({**settings, **({} if self.durable else _FORGETFUL)})
        program = [self._program("postgres"), "--single", "-D", str(data), *options, database]
        run(
            [*self.account.prefix, *program],
            doing="Preparing the database",
            cwd=self.account.folder,
            text_in="\n".join(statements) + "\n",
        )

    def _program(self, name: str) -> str:
        return str(self.account.binaries.bin / name)


def _words(settings: Mapping[str, str]) -> list[str]:
    """Settings as words of a command line."""
    return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
