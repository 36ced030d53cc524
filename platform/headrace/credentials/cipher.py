"""AES-256-GCM with bound context: the one place that encrypts (design 5.1)."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from headrace.credentials.errors import VaultDamaged

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


def new_key() -> bytes:
    """A random 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def key_id(key: bytes) -> str:
    """A name for a key that tells nothing about it."""
    return hashlib.sha256(b"headrace vault key" + key).hexdigest()[:16]


def seal(key: bytes, plain: bytes, *context: object) -> bytes:
    """A fresh nonce and the ciphertext, which opens only with the same context."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, _bound(context))


def unseal(key: bytes, sealed: bytes, *context: object) -> bytes:
    """The plain bytes.

    Raises:
        VaultDamaged: the bytes were changed, or belong to another key or context.
    """
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(context))
    except (InvalidTag, ValueError) as error:
        raise VaultDamaged from error


def _bound(context: tuple[object, ...]) -> bytes:
    """Each part with its length before it, so that no two contexts look alike."""
    parts = [str(part).encode() for part in context]
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
