"""What it costs to open a credential once its row was read: three keys, one after another."""

from __future__ import annotations

import json
import time
from typing import Final

from headrace.credentials import cipher

TIMES: Final = 2_000
FIELDS: Final = {"user": "ann", "password": "x" * 40, "test_url": "https://api.example.com/me"}
_TENANT_KEY: Final = ("tenant key", "tenant", "key")
_DATA_KEY: Final = ("data key", "tenant", "credential", 1, "http_basic")
_FIELDS: Final = ("fields", "tenant", "credential", 1, "http_basic")


def figures() -> dict[str, tuple[float, str]]:
    """Microseconds of processor time for each opening."""
    master, tenant_key, data_key = (cipher.new_key() for _ in range(3))
    wrapped_tenant_key = cipher.seal(master, tenant_key, *_TENANT_KEY)
    wrapped_data_key = cipher.seal(tenant_key, data_key, *_DATA_KEY)
    sealed = cipher.seal(data_key, json.dumps(FIELDS).encode(), *_FIELDS)
    began = time.process_time()
    for _ in range(TIMES):
        first = cipher.unseal(master, wrapped_tenant_key, *_TENANT_KEY)
        second = cipher.unseal(first, wrapped_data_key, *_DATA_KEY)
        opened = json.loads(cipher.unseal(second, sealed, *_FIELDS))
    spent_s = time.process_time() - began
    assert opened == FIELDS
    return {"credentials.decrypt": (spent_s / TIMES * 1e6, "us")}


def table() -> str:
    """For people."""
    return "\n".join(
        f"{name:<24} {value:>8.1f} {unit}" for name, (value, unit) in figures().items()
    )
