"""Becomes another account, and then the program that it is given: run as a script, with `-I`.

It gives up the account, every right to gain one back, core files, and outliving its parent.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from typing import Final

NOBODY: Final = 65_534
PR_SET_PDEATHSIG: Final = 1
PR_SET_NO_NEW_PRIVS: Final = 38
"""linux/prctl.h"""


def become(account: int, command: list[str]) -> None:
    """Never returns. `account` is a user and a group of one number."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.setgroups([])
    os.setresgid(account, account, account)
    os.setresuid(account, account, account)
    libc = ctypes.CDLL(None, use_errno=True)
    # Afterwards, since a change of the account would undo it.
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        sys.exit("The system does not let a process give up its rights.")
    os.execvp(command[0], command)  # noqa: S606 - the operator's own command, without a shell


if __name__ == "__main__":
    become(int(sys.argv[1]), sys.argv[2:])
