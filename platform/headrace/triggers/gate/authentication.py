"""Checks who calls a webhook: password, header, token or signature (S-066, S-067).

Every comparison takes the same time whatever is compared. A trigger whose secret is missing
refuses everything: it never falls back to being open.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Mapping
from typing import Final

from headrace.triggers.gate.tokens import is_signed
from headrace_sdk.credentials import Credential

TOLERANCE_S: Final = 300
"""How far a signed timestamp may be from now (design 5.4)."""

DIGESTS: Final = frozenset({"sha1", "sha256", "sha512"})


def is_genuine(
    kind: str,
    credential: Credential | None,
    options: Mapping[str, object],
    headers: Mapping[str, str],
    body: bytes,
) -> bool:
    """May this request start the workflow?"""
    if kind == "none":
        return True
    if credential is None:
        return False
    match kind:
        case "basic":
            is_right = _basic(credential, headers.get("authorization", ""))
        case "header":
            is_right = _header(credential, headers)
        case "jwt":
            is_right = is_signed(credential, options, headers)
        case _:
            is_right = kind == "hmac" and _signature(credential, options, headers, body)
    return is_right


def _basic(credential: Credential, given: str) -> bool:
    scheme, _, encoded = given.partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError):
        return False
    secret = credential.secrets["password"].reveal()
    return _same(decoded, f"{credential.values.get('user', '')}:{secret}".encode())


def _header(credential: Credential, headers: Mapping[str, str]) -> bool:
    given = headers.get(credential.values.get("name", "").lower())
    secret = credential.secrets["value"].reveal()
    return given is not None and _same(given.encode("latin-1", "replace"), secret.encode())


def _signature(
    credential: Credential,
    options: Mapping[str, object],
    headers: Mapping[str, str],
    body: bytes,
) -> bool:
    given = headers.get(str(options.get("header") or "x-signature").lower(), "")
    prefix = str(options.get("prefix") or "")
    digest = str(options.get("digest") or "sha256")
    if not given.startswith(prefix) or digest not in DIGESTS:
        return False
    signed = _signed_content(options, headers, body)
    if signed is None:
        return False
    key = credential.secrets["secret"].reveal().encode()
    expected = hmac.new(key, signed, digest).digest()
    encoded = (
        base64.b64encode(expected).decode()
        if options.get("encoding") == "base64"
        else expected.hex()
    )
    return _same(given[len(prefix) :].encode("latin-1", "replace"), encoded.encode())


def _signed_content(
    options: Mapping[str, object], headers: Mapping[str, str], body: bytes
) -> bytes | None:
    """What the signature covers; `None` where the timestamp is missing or too far off."""
    name = str(options.get("timestamp_header") or "").lower()
    if not name:
        return body
    stamp = headers.get(name, "")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return None
    if abs(time.time() - int(stamp)) > TOLERANCE_S:
        return None
    return f"{stamp}.".encode() + body


def _same(first: bytes, second: bytes) -> bool:
    return hmac.compare_digest(first, second)
