"""The environment of a test run: given servers, or servers of its own."""

from __future__ import annotations

import base64
import hashlib
import os
from contextlib import ExitStack

from headrace_bootstrap.stack import Stack

UNREACHABLE = "127.0.0.1:1"


def fill(*, with_servers: bool, undo: ExitStack) -> None:
    """Give every required setting a value, starting servers where none are named and needed."""
    if with_servers and "DATABASE_URL" not in os.environ:
        stack = undo.enter_context(Stack.temporary(applications=False))
        os.environ["DATABASE_URL"] = stack.environment["DATABASE_URL"]
        os.environ["REDIS_URL"] = stack.environment["REDIS_URL"]
    seed = hashlib.sha256(b"tests of Headrace")
    defaults = {
        "DJANGO_SETTINGS_MODULE": "headrace.conf.settings",
        "DATABASE_URL": f"postgresql://nobody@{UNREACHABLE}/none",
        "REDIS_URL": f"redis://{UNREACHABLE}/0",
        "HEADRACE_SECRET_KEY": seed.hexdigest(),
        "HEADRACE_VAULT_KEY": base64.b64encode(seed.digest()).decode(),
        "HEADRACE_LOG_LEVEL": "WARNING",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
