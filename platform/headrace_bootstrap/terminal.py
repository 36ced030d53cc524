"""How the terminal's signals reach `make up`: every wish to end is one KeyboardInterrupt."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def end_on_any_signal() -> None:
    """Treat SIGTERM and a closed terminal like Ctrl-C, which a job in the background ignores."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)


@contextmanager
def alone_in_foreground() -> Iterator[None]:
    """Keep Ctrl-C from `make`, which would report an error however well we end."""
    if not _leads_terminal():
        yield
        return
    makes_group = os.getpgrp()
    # Moving the terminal is what SIGTTOU guards; a stopped child would hang a make that is not.
    for number in (signal.SIGTTOU, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    os.tcsetpgrp(sys.stdin.fileno(), os.getpgrp())
    try:
        yield
    finally:
        os.tcsetpgrp(sys.stdin.fileno(), makes_group)


def _leads_terminal() -> bool:
    """In the foreground of a terminal, and started by another program of the same job."""
    if sys.stdin is None or not sys.stdin.isatty() or os.getpgrp() == os.getpid():
        return False
    return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
