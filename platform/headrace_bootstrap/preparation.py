"""`manage.py prepare` as the bootstrap sees it: migrations, the demo tenant, the sign-in link."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.processes import run
from headrace_bootstrap.project import PLATFORM, PYTHON, REQUIREMENTS, ROOT
from headrace_bootstrap.stamps import digest

_COMMAND: Final = (PYTHON, ROOT / "manage.py", "prepare", "--json")


@dataclass(frozen=True)
class Owner:
    """Who may sign in, and how. The password is known on the day of creation only."""

    created: bool
    email: str
    password: str | None
    sign_in_url: str


def prepare(environment: Mapping[str, str]) -> Owner:
    """Bring the database up to date; safe to repeat, also beside running applications.

    Raises:
        BootstrapError: with what the command printed.
    """
    printed = run(_COMMAND, doing="Preparing the database", environment=environment)
    try:
        facts = json.loads(printed.strip().splitlines()[-1])
        return Owner(facts["created"], facts["email"], facts["password"], facts["sign_in_url"])
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise BootstrapError(
            "prepare_unreadable", f"`prepare --json` did not print its JSON line: {error!r}"
        ) from error


def migrations_digest(database_url: str) -> str:
    """Changes when `prepare` might have something to migrate."""
    migrations = (PLATFORM / "headrace").glob("**/migrations/*.py")
    return digest([*migrations, REQUIREMENTS / "runtime.txt"], database_url)
