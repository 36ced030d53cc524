"""Django's description of the database, from its address."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from headrace.conf.process import Role

POOL_SIZE = 20


def database(url: str, role: Role) -> dict[str, Any]:
    """The `default` entry of `DATABASES`.

    Only the web process pools: every request has a thread of its own there, while workers and
    commands keep one connection, which `fork` and Celery's clean-up cannot upset.
    """
    parts = urlsplit(url)
    options: dict[str, Any] = {"connect_timeout": 5, **dict(parse_qsl(parts.query))}
    if role == "web":
        options["pool"] = {"min_size": 1, "max_size": POOL_SIZE, "timeout": 5, "name": "web"}
    return {
        "ENGINE": "headrace.tenants.database",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 0 if role == "web" else None,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
        "TIME_ZONE": "UTC",
    }
