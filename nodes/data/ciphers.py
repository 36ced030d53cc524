"""Hashes, message authentication and encryption, from bytes to bytes."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from headrace_sdk import Credential, SecretError, UserError

HashName = Literal["sha256", "sha384", "sha512", "sha3_256", "blake2b", "sha1", "md5"]
Encoding = Literal["hex", "base64", "base64url"]
MIN_KEY: Final = 16
NONCE: Final = 12
VERSION: Final = b"hr1"
"""Leads every ciphertext: version, then the nonce, then AES-256-GCM's output (SP 800-38D)."""


def hashed(content: bytes, name: HashName) -> bytes:
    """The digest. SHA-1 and MD5 are for comparing with others only; they protect nothing."""
    return hashlib.new(name, content, usedforsecurity=False).digest()


def signed(content: bytes, key: bytes, name: HashName) -> bytes:
    """The HMAC (RFC 2104)."""
    return hmac.new(key, content, name).digest()


def is_signature(content: bytes, key: bytes, name: HashName, signature: str) -> bool:
    """Is it the HMAC, in any of the encodings, compared in constant time?"""
    given = signature.strip().rpartition("=")[2] if "sha" in signature[:4] else signature.strip()
    right = signed(content, key, name)
    return any(
        hmac.compare_digest(given.rstrip("=").encode(), encoded(right, how).rstrip("=").encode())
        for how in ("hex", "base64", "base64url")
    )


def encrypted(content: bytes, key: bytes) -> bytes:
    """AES-256-GCM under a key derived from the given one, with a fresh nonce."""
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + AESGCM(_derived(key)).encrypt(nonce, content, VERSION)


def decrypted(content: bytes, key: bytes) -> bytes:
    """What `encrypted` was given.

    Raises:
        UserError: another key, changed, or never encrypted here; `cannot_decrypt`.
    """
    nonce, sealed = content[len(VERSION) :][:NONCE], content[len(VERSION) + NONCE :]
    try:
        if not content.startswith(VERSION):
            raise InvalidTag
        return AESGCM(_derived(key)).decrypt(nonce, sealed, VERSION)
    except (InvalidTag, ValueError):
        message = (
            "This cannot be decrypted: it was encrypted with another key, was changed on its way, "
            "or does not come from this node."
        )
        raise UserError(message, field="text", code="cannot_decrypt") from None


def _derived(key: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"headrace data.crypto 1").derive(key)


def encoded(content: bytes, how: Encoding) -> str:
    """Bytes as text."""
    if how == "hex":
        return content.hex()
    if how == "base64":
        return base64.b64encode(content).decode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str, how: Encoding) -> bytes:
    """Text as the bytes it stands for.

    Raises:
        UserError: it is not of that encoding; `invalid_encoding`.
    """
    plain = "".join(text.split())
    try:
        if how == "hex":
            return bytes.fromhex(plain)
        alternative = b"-_" if how == "base64url" else None
        return base64.b64decode(plain + "=" * (-len(plain) % 4), alternative, validate=True)
    except (ValueError, binascii.Error):
        message = f"This text is not {how}. Check how it was encoded."
        raise UserError(message, field="text", code="invalid_encoding") from None


def key_of(credential: Credential | None) -> bytes:
    """The bytes of a Crypto credential.

    Raises:
        SecretError: none was chosen, or it is too short or not of its encoding.
    """
    if credential is None:
        message = "Choose a credential with the key."
        raise SecretError(message, code="no_credential")
    text, how = credential.secrets["key"].reveal(), credential.values.get("encoding", "text")
    try:
        key = text.encode() if how == "text" else decoded(text, how)  # type: ignore[arg-type]
    except UserError:
        key = b""
    if len(key) < MIN_KEY:
        message = f"The key has fewer than {MIN_KEY} bytes, or is not written as {how}."
        raise SecretError(message, code="weak_key")
    return key
