"""One digest for all migrations of this code: what a schema must be at to be served."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.apps import apps


@cache
def migrations_digest() -> str:
    """SHA-256 over name and content of every migration of every installed app."""
    digest = hashlib.sha256()
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for file in sorted(Path(config.path, "migrations").glob("[0-9]*.py")):
            digest.update(f"{config.label}/{file.name}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
