#!/usr/bin/env python3
"""Headrace's command line: the verbs of the Makefile, and Django's."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - whatever `python3` is, it starts us
        from headrace_bootstrap.pythons import hand_over

        hand_over()
    from headrace_bootstrap.commands import main

    sys.exit(main(sys.argv))
