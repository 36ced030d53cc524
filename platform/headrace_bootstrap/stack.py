"""A whole Headrace on this machine: servers and applications under one supervisor."""

from __future__ import annotations

import http.client
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from headrace_bootstrap import leftovers, ports, programs
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import DEFAULT_HOME, Home, Lock
from headrace_bootstrap.news import Happening, News
from headrace_bootstrap.preparation import Owner, migrations_digest, prepare
from headrace_bootstrap.secret_values import load_or_generate
from headrace_bootstrap.servers import DATABASE_LOCK, Servers, settle
from headrace_bootstrap.stamps import Stamp
from headrace_bootstrap.supervisor import Supervisor
from headrace_bootstrap.variables import for_children
from headrace_bootstrap.waiting import wait_until

_READY_S: Final = 120.0


def _unheard(_: News) -> None:
    """For a stack whose news nobody wants."""


class Stack:
    """Started on entering, stopped on leaving, and never left half way.

    `given` decides as the environment of `make up` does: DATABASE_URL, HEADRACE_PORT and the rest.
    Programs go by their names: database, broker, web, worker_1, worker_2, scheduler.
    """

    def __init__(
        self,
        home: Home,
        given: Mapping[str, str],
        *,
        hear: Callable[[News], None] = _unheard,
        applications: bool = True,
        durable: bool = True,
        workers: int = 2,
    ) -> None:
        self.home = home
        self.port = 0
        self.environment: dict[str, str] = {}
        self.owner: Owner | None = None
        self._given = given
        self._tell = hear
        self._applications = applications
        self._durable = durable
        self.workers = programs.workers(workers)
        self._frozen: set[str] = set()
        self._gave_up: list[str] = []
        self._undo = ExitStack()
        self._supervisor = Supervisor(home, self._hear)

    @classmethod
    def temporary(
        cls,
        settings: Mapping[str, str] | None = None,
        *,
        applications: bool = True,
        durable: bool = False,
        workers: int = 2,
    ) -> Self:
        """For a test: a home that goes with the stack, free ports, no wait for the disk.

        What the sandbox compiles for this computer is shared with the checkout's own home.

        Only with `durable` does it keep what it committed when its database is killed.
        """
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("HEADRACE_") and name not in {"DATABASE_URL", "REDIS_URL"}
        }
        home = Home(Path(tempfile.mkdtemp(prefix="headrace-")))
        home.borrow_compiled(Home(DEFAULT_HOME))
        given = {**inherited, "HEADRACE_PORT": str(ports.any_free()), **(settings or {})}
        stack = cls(home, given, applications=applications, durable=durable, workers=workers)
        stack._undo.callback(_remove, home)
        return stack

    def __enter__(self) -> Self:
        with self._undo as undo:
            self._start(undo)
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._undo.close()

    @property
    def url(self) -> str:
        """Where the web program answers on this machine: with several tenants, the demo's own."""
        several = self.environment.get("MULTI_TENANT") == "true"
        return f"http://{'demo.localhost' if several else '127.0.0.1'}:{self.port}"

    def start(self, name: str) -> None:
        """Start a stopped program and wait until it stays up."""
        self._supervisor.begin(name, wait=True)

    def stop(self, name: str) -> None:
        """Stop a program in its own orderly way; it stays stopped."""
        self._supervisor.end(name)

    def signal(self, name: str, signal_name: str) -> None:
        """Any signal; a program that ends by it is restarted."""
        self._supervisor.signal(name, signal_name)

    def reload(self) -> None:
        """Restart what has loaded plugins, one after the other; workers end what they do first."""
        for name in (*self.workers, programs.SCHEDULER, programs.WEB):
            self.stop(name)
            self.start(name)

    def kill(self, name: str) -> None:
        """`kill -9`; the supervisor restarts it."""
        self._supervisor.signal(name, "KILL")

    def freeze(self, name: str) -> None:
        """SIGSTOP: alive, and silent."""
        self._supervisor.signal(name, "STOP")
        self._frozen.add(name)

    def thaw(self, name: str) -> None:
        """SIGCONT."""
        self._supervisor.signal(name, "CONT")
        self._frozen.discard(name)

    def process_id(self, name: str) -> int:
        """The program's process id, 0 while it has none."""
        return self._supervisor.process_id(name)

    def log(self, name: str) -> str:
        """What the program wrote since its log was last rotated."""
        return (self.home.logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def is_ready(self) -> bool:
        """Whether `/readyz` says yes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait(self) -> None:
        """Return when the supervisor is gone, which it never is by itself."""
        self._supervisor.wait()

    def _start(self, undo: ExitStack) -> None:
        database_lock = self._claim(undo)
        values = load_or_generate(self.home)
        server_ports = ports.choose(self.home, programs.DATABASE, programs.BROKER)
        servers = settle(self._given, self.home, values, server_ports, durable=self._durable)
        self.port = ports.for_web(self._given)
        ports.remember(self.home, {programs.WEB: self.port})
        self.environment = for_children(
            self._given,
            self.home,
            values,
            database_url=servers.database.url,
            redis_url=servers.broker.url,
            port=self.port,
        )
        self._supervise(servers, undo)
        servers.wait()
        # From here on commands may use the database beside us.
        database_lock.share()
        if self._applications:
            self._launch()

    def _claim(self, undo: ExitStack) -> Lock:
        """Make the home this stack's alone; the lock on its database, for as long as it starts."""
        self.home.create()
        home_lock, database_lock = self.home.lock("up"), self.home.lock(DATABASE_LOCK)
        undo.callback(home_lock.release)
        undo.callback(database_lock.release)
        if not home_lock.take_now():
            raise BootstrapError("already_up", f"Headrace already runs in {self.home.path}.")
        leftovers.end(self.home)
        if not database_lock.take_now():
            raise BootstrapError(
                "database_borrowed",
                f"A command still uses the database in {self.home.path}; wait for its end.",
            )
        return database_lock

    def _supervise(self, servers: Servers, undo: ExitStack) -> None:
        supervised = [*servers.programs]
        if self._applications:
            supervised += programs.applications(
                self.environment["HEADRACE_BIND"], self.port, self.workers
            )
        undo.enter_context(self.home.control_folder())
        # Whatever outlives the supervisor is ended by its mark.
        undo.callback(leftovers.end, self.home)
        undo.callback(self._stop)
        mark = {leftovers.MARK: str(self.home.path)}
        self._supervisor.start(supervised, {**self.environment, **mark})

    def _launch(self) -> None:
        """Applications may start beside `prepare` when it has nothing to migrate."""
        prepared = Stamp(self.home.prepared)
        wanted = migrations_digest(self.environment["DATABASE_URL"])
        if prepared.matches(wanted):
            self._begin_applications()
        self.owner = prepare(self.environment)
        prepared.write(wanted)
        self._begin_applications()
        if not wait_until(lambda: bool(self._gave_up) or self.is_ready(), _READY_S):
            raise BootstrapError("not_ready", f"/readyz stays red; see {self.home.logs}.")
        if self._gave_up:
            logs = ", ".join(str(self.home.logs / f"{name}.log") for name in self._gave_up)
            raise BootstrapError("program_down", f"A program does not stay up; see {logs}.")

    def _begin_applications(self) -> None:
        for name in (programs.WEB, *self.workers, programs.SCHEDULER):
            self._supervisor.begin(name)

    def _stop(self) -> None:
        for name in tuple(self._frozen):
            self.thaw(name)
        self._supervisor.stop()

    def _hear(self, news: News) -> None:
        if news.happening is Happening.GAVE_UP:
            self._gave_up.append(news.program)
        self._tell(news)


def _remove(home: Home) -> None:
    """Delete a temporary home, wherever its database had to be put."""
    shutil.rmtree(home.postgres.resolve(), ignore_errors=True)
    shutil.rmtree(home.path, ignore_errors=True)
