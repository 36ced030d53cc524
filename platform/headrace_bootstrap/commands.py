"""Every word that may follow `manage.py`: ours are served here, the others are Django's."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from headrace_bootstrap import bench, borrowing, chaos, checks, generation, locking, suites, up
from headrace_bootstrap.console import say
from headrace_bootstrap.errors import BootstrapError
from headrace_bootstrap.project import PYTHON, VIRTUAL_ENVIRONMENT
from headrace_bootstrap.terminal import end_on_any_signal

_VERBS: Final[dict[str, Callable[[], int]]] = {
    "up": up.up,
    "install": up.install,
    "test_all": suites.test_all,
    "pictures": suites.renew_pictures,
    "check_all": checks.check_all,
    "gen": generation.generate,
    "bench": bench.bench,
    "chaos": chaos.chaos,
    "fmt": checks.format_all,
    "lock": locking.lock,
}
# What a shell reports for a command that ended on Ctrl-C.
_INTERRUPTED: Final = 130
# Django commands that read no row: no server is started for them.
_WITHOUT_DATABASE: Final = {
    *("", "help", "--help", "version", "--version"),
    *("check", "generate", "startplugin"),
}


def main(arguments: list[str]) -> int:
    """Serve one command line; the exit code."""
    verb = arguments[1] if len(arguments) > 1 else ""
    try:
        own = _VERBS.get(verb)
        return _own(own) if own else _django(verb, arguments)
    except BootstrapError as error:
        say(f"Error: {error}")
        return 1


def _own(serve: Callable[[], int]) -> int:
    end_on_any_signal()
    try:
        return serve()
    except KeyboardInterrupt:
        say("Interrupted.")
        return _INTERRUPTED


def _django(verb: str, arguments: list[str]) -> int:
    _enter_virtual_environment(arguments)
    if verb in _WITHOUT_DATABASE:
        os.environ.update(borrowing.settings(os.environ))
        return _execute(arguments)
    with borrowing.ensure_database(os.environ) as environment:
        os.environ.update(environment)
        return _execute(arguments)


def _execute(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headrace.conf.settings")
    # `headrace.conf` has the garbage collector begin when everything is loaded.
    gc.disable()
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(arguments)
    return 0


def _enter_virtual_environment(arguments: list[str]) -> None:
    """Start again under the project's Python; a container that has Django needs none of its own."""
    if Path(sys.prefix) == VIRTUAL_ENVIRONMENT:
        return
    if PYTHON.exists():
        os.execv(PYTHON, [str(PYTHON), *arguments])  # noqa: S606
    if find_spec("django") is None:
        raise BootstrapError("not_installed", "Nothing is installed yet. Run: make install")
