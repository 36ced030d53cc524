"""JSON Web Tokens of those who call a webhook (RFC 7519): `Authorization: Bearer …`.

The key and its algorithm come from the credential, never from the token (RFC 8725, 3.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

import jwt
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)

from headrace_sdk.credentials import Credential
from headrace_sdk.items import JsonObject
from headrace_sdk.strict_json import InvalidJson, check, check_depth

ALGORITHMS: Final = ("HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA")
LEEWAY_S: Final = 10
MAX_TOKEN: Final = 16 * 1024


def is_signed(
    credential: Credential, options: Mapping[str, object], headers: Mapping[str, str]
) -> bool:
    """Is there a token that the key has signed, of this time, issuer and audience?

    A token without an end (`exp`) is refused: whoever saw it once could call for ever.
    """
    algorithm = credential.values.get("algorithm", "")
    issuer, audience = options.get("issuer") or None, options.get("audience") or None
    if algorithm not in ALGORITHMS:
        return False
    try:
        claims = jwt.decode(
            _token(headers),
            _key(credential, algorithm),
            algorithms=[algorithm],
            issuer=cast("str | None", issuer),
            audience=cast("str | None", audience),
            leeway=LEEWAY_S,
            options={"verify_aud": audience is not None, "require": ["exp"]},
        )
        check_depth(claims)
        check(claims)
    except (jwt.PyJWTError, InvalidJson, ValueError, TypeError):
        return False
    return True


def claims_of(headers: Mapping[str, str]) -> JsonObject:
    """What a token says that was found to be signed."""
    return cast("JsonObject", jwt.decode(_token(headers), options={"verify_signature": False}))


def _token(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and len(token) <= MAX_TOKEN else ""


def _key(credential: Credential, algorithm: str) -> Any:
    """The shared secret, or the public half of the key."""
    text = credential.secrets["key"].reveal()
    if algorithm.startswith("HS") or "PUBLIC KEY" in text:
        return text
    phrase = credential.secrets.get("passphrase")
    private = load_pem_private_key(
        text.strip().encode() + b"\n", (phrase.reveal().encode() or None) if phrase else None
    )
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
