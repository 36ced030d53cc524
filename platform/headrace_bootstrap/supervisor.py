"""Our side of supervisord: its configuration, its life as our child, its control socket."""

from __future__ import annotations

import http.client
import os
import shlex
import shutil
import signal
import socket
import subprocess
import threading
import xmlrpc.client
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Final

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.home import Home
from headrace_bootstrap.news import News, parse
from headrace_bootstrap.programs import Program
from headrace_bootstrap.project import PYTHON, ROOT
from headrace_bootstrap.waiting import wait_until

_HEAD: Final = """\
[supervisord]
nodaemon = true
logfile = {logs}/supervisor.log
logfile_maxbytes = 1MB
logfile_backups = 1
pidfile = {home}/supervisor.pid
childlogdir = {logs}
directory = {root}
umask = 077
{user}
[unix_http_server]
file = {socket}
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
"""
# Each further attempt waits a second longer: thirty of them outlast any crash recovery.
_PROGRAM: Final = """
[program:{name}]
command = {command}
priority = {rank}
autostart = {starts_itself}
autorestart = true
startsecs = 1
startretries = 30
stopsignal = {stop_signal}
stopwaitsecs = {stop_s}
killasgroup = true
redirect_stderr = true
stdout_logfile = {logs}/{name}.log
stdout_logfile_maxbytes = 10MB
stdout_logfile_backups = 3
"""
_ANSWER_S: Final = 60.0
_STOP_S: Final = 60.0


def configuration(home: Home, programs: Iterable[Program]) -> str:
    """The text of supervisord's configuration; it holds no secret."""
    head = _HEAD.format(
        home=_literal(home.path),
        logs=_literal(home.logs),
        root=_literal(ROOT),
        socket=_literal(home.control_socket),
        user="user = root\n" if os.geteuid() == 0 else "",
    )
    return head + "".join(_section(program, home) for program in programs)


def _section(program: Program, home: Home) -> str:
    return _PROGRAM.format(
        name=program.name,
        command=_literal(shlex.join(program.command)),
        rank=program.rank,
        starts_itself=str(program.starts_itself).lower(),
        stop_signal=program.stop_signal,
        stop_s=program.stop_s,
        logs=_literal(home.logs),
    )


def _ending_with_us() -> list[str]:
    """Words that have the kernel end a program, in order, should this process be killed."""
    # util-linux has it wherever Linux runs; without it the next start cleans up.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _literal(value: str | Path) -> str:
    """Supervisor expands %(name)s in every value."""
    return str(value).replace("%", "%%")


class Supervisor:
    """A supervisord that runs as our child, in a session of its own: Ctrl-C reaches us alone."""

    def __init__(self, home: Home, hear: Callable[[News], None]) -> None:
        self._home = home
        self._hear = hear
        self._programs: list[Program] = []
        self._process: subprocess.Popen[str] | None = None
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._proxy = xmlrpc.client.ServerProxy(
            "http://localhost", transport=_SocketTransport(home)
        )
        self._control = self._proxy.supervisor

    def start(self, programs: Iterable[Program], environment: Mapping[str, str]) -> None:
        """Start it, and with it the programs that start themselves.

        Raises:
            BootstrapError: `supervisor_down`.
        """
        self._programs = list(programs)
        file = self._home.path / "supervisor.conf"
        file.write_text(configuration(self._home, self._programs), encoding="utf-8")
        errors = self._home.logs / "supervisor.err"
        with errors.open("ab") as stderr:
            self._process = subprocess.Popen(
                [*_ending_with_us(), PYTHON, "-m", "supervisor.supervisord", "-c", file],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                start_new_session=True,
            )
        self._listener.start()
        if not wait_until(self._answers, _ANSWER_S):
            raise BootstrapError("supervisor_down", f"The supervisor does not start; see {errors}.")

    def stop(self) -> None:
        """Stop every program, those of the highest rank first, and wait for the end."""
        if self._process is None:
            return
        try:
            if self._process.poll() is None:
                self._stop_programs(self._process)
            self._process.wait()
        except BaseException:
            # Interrupted again: somebody cannot wait for the orderly way.
            self._process.kill()
            raise
        self._listener.join(_ANSWER_S)
        self._proxy("close")()

    def _stop_programs(self, process: subprocess.Popen[str]) -> None:
        """Rank by rank; left to itself, supervisord would take a second for each program."""
        try:
            for rank in sorted({program.rank for program in self._programs}, reverse=True):
                names = [program.name for program in self._programs if program.rank == rank]
                for name in names:
                    self._calling("stopProcess", name, False)
                wait_until(partial(self._are_down, names), _STOP_S)
                for name in names:
                    self._control.removeProcessGroup(name)
            self._control.shutdown()
        except (OSError, http.client.HTTPException, xmlrpc.client.Error):
            # It does not answer as it should, but it may still obey.
            process.send_signal(signal.SIGTERM)

    def wait(self) -> None:
        """Return when it ended, which it does not do by itself."""
        if self._process is not None:
            self._process.wait()

    def begin(self, name: str, *, wait: bool = False) -> None:
        """Start a program, and wait until it stayed up for a second; running already is fine."""
        self._calling("startProcess", name, wait)

    def end(self, name: str) -> None:
        """Stop a program and leave it stopped; stopped already is fine."""
        self._calling("stopProcess", name, True)

    def signal(self, name: str, signal_name: str) -> None:
        """Send a program's process a signal, such as `KILL` or `STOP`."""
        self._control.signalProcess(name, signal_name)

    def process_id(self, name: str) -> int:
        """The program's process id, 0 while it has none."""
        facts: Any = self._control.getProcessInfo(name)
        return int(facts["pid"])

    def _are_down(self, names: list[str]) -> bool:
        return not any(self.process_id(name) for name in names)

    def _calling(self, method: str, *arguments: str | bool) -> None:
        try:
            getattr(self._control, method)(*arguments)
        except xmlrpc.client.Fault as fault:
            if not fault.faultString.startswith(("ALREADY_STARTED", "NOT_RUNNING")):
                raise

    def _listen(self) -> None:
        if self._process is None or self._process.stdout is None:
            return
        with self._process.stdout as lines:
            for line in lines:
                if news := parse(line):
                    self._hear(news)

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise BootstrapError(
                "supervisor_down", f"The supervisor ended at once; see {self._home.logs}."
            )
        try:
            self._control.getState()
        except OSError:
            return False
        return True


class _SocketTransport(xmlrpc.client.Transport):
    """XML-RPC over a Unix socket."""

    def __init__(self, home: Home) -> None:
        super().__init__()
        self._home = home

    def make_connection(self, host: Any) -> http.client.HTTPConnection:
        connection = _SocketConnection(self._home.control_socket)
        self._connection = (host, connection)
        return connection

    def single_request(self, *call: Any, **options: Any) -> Any:
        """One call a connection, which supervisord would keep open until the garbage collector."""
        try:
            return super().single_request(*call, **options)
        finally:
            self.close()


class _SocketConnection(http.client.HTTPConnection):
    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_ANSWER_S)
        self._path = path

    def connect(self) -> None:
        with ExitStack() as undo:
            self.sock = undo.enter_context(socket.socket(socket.AF_UNIX))
            self.sock.settimeout(self.timeout)
            self.sock.connect(str(self._path))
            undo.pop_all()
