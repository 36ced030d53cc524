"""`HEADRACE_HOME`: the one directory that holds everything a running Headrace keeps."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Self

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.project import ROOT

DEFAULT_HOME: Final = ROOT / ".headrace"

# sun_path holds 104 bytes on BSD, 108 on Linux; supervisord binds a longer name first.
_SOCKET_PATH_MAX: Final = 90


@dataclass(frozen=True)
class Home:
    """The places below one home."""

    path: Path

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Self:
        """The home that the environment names, else `.headrace` beside `manage.py`."""
        named = environment.get("HEADRACE_HOME")
        return cls(Path(named).expanduser().resolve() if named else DEFAULT_HOME)

    def create(self) -> None:
        """Make the directories; nobody else may look in.

        Raises:
            BootstrapError: `other_account`, when another account made them.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = self.path.stat().st_uid
        if owner != os.geteuid():
            raise BootstrapError(
                "other_account",
                f"{self.path} belongs to another account (user id {owner}): run this as that user,"
                " or set HEADRACE_HOME to a directory of your own.",
            )
        for below in (self.logs, self.broker):
            below.mkdir(mode=0o700, exist_ok=True)

    @property
    def logs(self) -> Path:
        """One rotated file per program."""
        return self.path / "logs"

    @property
    def broker(self) -> Path:
        """Valkey's append-only file and its configuration."""
        return self.path / "broker"

    @property
    def postgres(self) -> Path:
        """The cluster's directory, or a link to where root had to put it."""
        return self.path / "postgres"

    @property
    def secrets(self) -> Path:
        """Generated passwords and keys."""
        return self.path / "secrets.json"

    @property
    def ports(self) -> Path:
        """The embedded servers' ports, kept from start to start."""
        return self.path / "ports.json"

    @property
    def prepared(self) -> Path:
        """Stamp of the migrations that the database is known to have."""
        return self.path / "prepared"

    @property
    def key(self) -> str:
        """A short name that is this home's alone on this machine."""
        return hashlib.sha256(str(self.path).encode()).hexdigest()[:12]

    @property
    def compiled(self) -> Path:
        """The engines of the sandbox, compiled for this computer."""
        return self.path / "sandbox"

    def borrow_compiled(self, lender: Home) -> None:
        """Share them with another home: compiling takes half a minute of processor."""
        lender.compiled.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.compiled.symlink_to(lender.compiled)

    @property
    def control_socket(self) -> Path:
        """Where supervisord listens; outside the home when the home's path is too long for one."""
        inside = self.path / "supervisor.sock"
        if len(str(inside)) <= _SOCKET_PATH_MAX:
            return inside
        return Path("/tmp") / f"headrace-{self.key}" / "supervisor.sock"  # noqa: S108

    @contextmanager
    def control_folder(self) -> Iterator[None]:
        """The folder of the control socket, for as long as the block lasts.

        Raises:
            BootstrapError: `unsafe_folder`, when it is outside the home and somebody else made it.
        """
        folder = self.control_socket.parent
        if folder == self.path:
            yield
            return
        _private_folder(folder)
        try:
            yield
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def lock(self, name: str) -> Lock:
        """A lock between processes that use this home."""
        return Lock((self.path / f"{name}.lock").open("a+", encoding="utf-8"))


@dataclass(frozen=True)
class Lock:
    """An advisory lock (flock); the kernel releases it when its process ends, however it ends."""

    file: IO[str]

    def take(self) -> None:
        """Wait until nobody else has it."""
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def take_now(self) -> bool:
        """Take it if nobody else has it."""
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def share(self) -> None:
        """Hold it together with others who share it; turns an exclusive hold into a shared one."""
        fcntl.flock(self.file, fcntl.LOCK_SH)

    def release(self) -> None:
        """Give it back."""
        self.file.close()


def _private_folder(path: Path) -> None:
    """Make `path` a directory of this account that nobody else can enter.

    Raises:
        BootstrapError: `unsafe_folder`, when somebody else made it first.
    """
    path.mkdir(mode=0o700, exist_ok=True)
    facts = path.lstat()
    if facts.st_uid != os.geteuid() or facts.st_mode & 0o077 or path.is_symlink():
        raise BootstrapError("unsafe_folder", f"{path} belongs to somebody else; remove it.")
