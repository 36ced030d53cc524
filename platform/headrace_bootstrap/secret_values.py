"""Passwords and keys, generated once per home and never printed."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field

from headrace_bootstrap.home import Home


def _vault_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@dataclass(frozen=True)
class SecretValues:
    """What the servers and the application keep from everybody else."""

    database_password: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)
    broker_password: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    vault_key: str = field(default_factory=_vault_key, repr=False)


def load_or_generate(home: Home) -> SecretValues:
    """The home's values; generated and stored (0600) the first time."""
    if home.secrets.is_file():
        return SecretValues(**json.loads(home.secrets.read_text(encoding="utf-8")))
    values = SecretValues()
    draft = home.secrets.with_suffix(".new")
    draft.unlink(missing_ok=True)
    # Created without rights for others from the first moment, complete before it gets its name.
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(values), file)
    draft.replace(home.secrets)
    return values
