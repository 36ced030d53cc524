"""Locks by name within the tenant at work, held until the transaction ends."""

from __future__ import annotations

import hashlib

from django.db import connection

from headrace.tenants.context import current


def lock_until_commit(name: str) -> None:
    """Wait until nobody else holds this name; two names share a lock only by a hash's accident."""
    digest = hashlib.sha256(f"{current().id.hex}:{name}".encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(%s)", [int.from_bytes(digest[:8], "big", signed=True)]
        )
