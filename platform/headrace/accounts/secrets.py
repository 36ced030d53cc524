"""Random secrets for keys and links. They are long, so a plain hash keeps them safe."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final, NamedTuple

KEY_MARK: Final = "hr"


class NewKey(NamedTuple):
    """A fresh API key: what is shown once, and what is stored."""

    text: str
    prefix: str
    secret_hash: str


def new_key() -> NewKey:
    """A key `hr_<prefix>_<secret>` with 256 random bits; the prefix finds its row."""
    prefix, secret = secrets.token_hex(6), secrets.token_hex(32)
    return NewKey(f"{KEY_MARK}_{prefix}_{secret}", prefix, hashed(secret))


def split_key(text: str) -> tuple[str, str] | None:
    """Prefix and secret, or `None` where the text is no key of ours."""
    match text.split("_"):
        case [mark, prefix, secret] if mark == KEY_MARK and len(prefix) == 12 and secret:
            return prefix, secret
    return None


def new_token() -> str:
    """A one-time token with 256 random bits."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()
