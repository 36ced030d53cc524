"""The environment of every child: what the caller set, else what this home generated."""

from __future__ import annotations

import os
from collections.abc import Mapping

from headrace_bootstrap.home import Home
from headrace_bootstrap.secret_values import SecretValues


def for_children(
    given: Mapping[str, str],
    home: Home,
    values: SecretValues,
    *,
    database_url: str,
    redis_url: str,
    port: int,
) -> dict[str, str]:
    """The given variables with a default for each setting they lack."""
    defaults = {
        "HEADRACE_BIND": "127.0.0.1",
        "HEADRACE_PUBLIC_URL": f"http://localhost:{port}",
        "HEADRACE_SECRET_KEY": values.secret_key,
        "HEADRACE_VAULT_KEY": values.vault_key,
        "MULTI_TENANT": "false",
        "DJANGO_SETTINGS_MODULE": "headrace.conf.settings",
        "PYTHONSAFEPATH": "1",
    }
    settled = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "HEADRACE_HOME": str(home.path),
        "HEADRACE_PORT": str(port),
    }
    return {**defaults, **given, **settled}


def for_servers(given: Mapping[str, str], marks: Mapping[str, str]) -> list[str]:
    """The words before a server's command line that keep the application's secrets from it."""
    path = given.get("PATH", os.defpath)
    return ["env", "-i", f"PATH={path}", "LC_ALL=C", *(f"{k}={v}" for k, v in marks.items())]
