"""Who PostgreSQL runs as, for it refuses root, and where its files must lie for that account."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace_bootstrap.console import say
from headrace_bootstrap.home import Home
from headrace_bootstrap.installed import PostgresBinaries
from headrace_bootstrap.processes import succeeds

# `nobody` and `nogroup`: the same numbers on every Linux.
_NOBODY: Final = 65534
_USER_NAMESPACE: Final = ("unshare", "-U", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}")
_DROPPED_RIGHTS: Final = (
    "setpriv",
    f"--reuid={_NOBODY}",
    f"--regid={_NOBODY}",
    "--clear-groups",
    "--inh-caps=-all",
)
# Neither cleaned by the system, like /var/tmp, nor below a directory that only root may enter.
_OUTSIDE: Final = Path("/var/lib/headrace")


@dataclass(frozen=True)
class PostgresAccount:
    """A way to start PostgreSQL's programs that they accept."""

    prefix: tuple[str, ...]
    binaries: PostgresBinaries
    folder: Path
    owner: int

    def give(self, path: Path) -> None:
        """Make the account the owner of a file or an empty directory."""
        os.chown(path, self.owner, self.owner if self.owner == _NOBODY else -1)


def choose(home: Home, binaries: PostgresBinaries) -> PostgresAccount:
    """Direct as an ordinary user; for root a user namespace, else the account `nobody`.

    What an earlier start settled is kept: a home that is a link stays with `nobody`.
    """
    mine = os.geteuid()
    if mine != 0:
        return _at_home((), home, binaries, mine)
    if not home.postgres.is_symlink() and _namespace_works(home, binaries):
        return _at_home(_USER_NAMESPACE, home, binaries, mine)
    return _outside(home, binaries)


def _at_home(
    prefix: tuple[str, ...], home: Home, binaries: PostgresBinaries, owner: int
) -> PostgresAccount:
    home.postgres.mkdir(mode=0o700, exist_ok=True)
    return PostgresAccount(prefix, binaries, home.postgres, owner)


def _namespace_works(home: Home, binaries: PostgresBinaries) -> bool:
    """Root without its capabilities must still reach the binaries and write below the home."""
    reach = 'test -w "$0" && "$1" --version'
    probe = ("sh", "-c", reach, home.path, binaries.bin / "postgres")
    return succeeds([*_USER_NAMESPACE, *probe])


def _outside(home: Home, binaries: PostgresBinaries) -> PostgresAccount:
    """Copies of the binaries and the data where `nobody` can reach them, linked from the home."""
    place = _OUTSIDE / home.key
    copied = binaries.copied_to(place / binaries.release)
    account = PostgresAccount(_DROPPED_RIGHTS, copied, place / "data", _NOBODY)
    if not account.folder.is_dir():
        place.chmod(0o755)
        _move_in(home, account)
        home.postgres.symlink_to(account.folder)
        say(f"  PostgreSQL runs as nobody; its files are in {place} (linked from {home.postgres}).")
    return account


def _move_in(home: Home, account: PostgresAccount) -> None:
    if home.postgres.is_dir():
        shutil.move(home.postgres, account.folder)
    else:
        account.folder.mkdir(mode=0o700)
    for path in _tree(account.folder):
        account.give(path)


def _tree(top: Path) -> Iterator[Path]:
    yield top
    for folder, folders, files in os.walk(top):
        yield from (Path(folder) / name for name in folders + files)
