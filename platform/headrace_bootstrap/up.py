"""`make up`: install what is missing, run everything, say where it is, stop it all on Ctrl-C."""

from __future__ import annotations

import os
import time
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from headrace_bootstrap import front_end, reloading, virtual_environment
from headrace_bootstrap.console import duration, say
from headrace_bootstrap.home import Home
from headrace_bootstrap.news import News, Reporter
from headrace_bootstrap.stack import Stack
from headrace_bootstrap.terminal import alone_in_foreground

_SUPERVISOR_LOST: Final = "The supervisor was killed; everything it ran has been stopped."


def install() -> int:
    """Bring the virtual environment and the front end up to date."""
    virtual_environment.install()
    front_end.install()
    return 0


def up() -> int:
    """Run until Ctrl-C; 0 when it was Ctrl-C (or SIGTERM) that ended it."""
    began = time.monotonic()
    with alone_in_foreground():
        try:
            install()
            with Stack(Home.of(os.environ), os.environ, hear=_Announcer()) as stack:
                _greet(stack, time.monotonic() - began)
                with _reloading(stack):
                    stack.wait()
                say(_SUPERVISOR_LOST)
        except KeyboardInterrupt:
            say("Stopped.")
            return 0
    return 1


def _reloading(stack: Stack) -> AbstractContextManager[None]:
    """While developing plugins; until it is left."""
    if not reloading.is_wanted(os.environ):
        return nullcontext()

    def reload() -> None:
        say(f"  {time.strftime('%H:%M:%S')} A plugin has changed; reloading.")
        stack.reload()

    return reloading.Reloader(reload)


class _Announcer:
    """Says in one line when a program died and was restarted."""

    def __init__(self) -> None:
        self._reporter = Reporter()

    def __call__(self, news: News) -> None:
        if sentence := self._reporter.sentence(news):
            say(f"  {time.strftime('%H:%M:%S')} {sentence}")


def _greet(stack: Stack, took_s: float) -> None:
    address, owner = stack.environment["HEADRACE_PUBLIC_URL"], stack.owner
    say(f"\nHeadrace is ready at {address} (in {duration(took_s)}; data in {stack.home.path}).")
    if owner is not None:
        if owner.password is not None:
            say(f"  Owner     {owner.email}")
            say(f"  Password  {owner.password}   (shown this once)")
        say(f"  Sign in   {owner.sign_in_url}   (works once)")
    say("Ctrl-C stops everything.\n")
