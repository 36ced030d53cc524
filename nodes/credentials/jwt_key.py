"""A key for signing and checking JSON Web Tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from headrace_sdk import Credential, CredentialType, Params, Probe, SecretError, fields
from nodes.credentials.form import plain, secret

Algorithm = Literal["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA"]
LEAST_BYTES: Final = {"HS256": 32, "HS384": 48, "HS512": 64}
"""RFC 7518, 3.2: a key of at least the size of the hash."""

_KINDS: Final[Mapping[str, Any]] = {
    "RS256": RSAPrivateKey,
    "PS256": RSAPrivateKey,
    "ES256": EllipticCurvePrivateKey,
    "EdDSA": Ed25519PrivateKey,
}


class Fields(Params):
    """What it consists of."""

    algorithm: Algorithm = fields.select(
        "Algorithm",
        "HS256",
        labels={
            "HS256": "HS256: shared secret",
            "HS384": "HS384: shared secret",
            "HS512": "HS512: shared secret",
            "RS256": "RS256: RSA key",
            "PS256": "PS256: RSA key",
            "ES256": "ES256: elliptic curve key",
            "EdDSA": "EdDSA: Ed25519 key",
        },
        expression=False,
    )
    key: str = fields.textarea(
        "Key",
        help="The shared secret, or a private key in PEM form. Never shown again.",
        secret=True,
        expression=False,
    )
    passphrase: str = secret("Passphrase of the key", "")
    key_id: str = plain("Key id", "", help="Sent as `kid`, so that others find the key.")


class JwtKey(CredentialType):
    """RFC 7518."""

    id = "jwt_key"
    title = "JWT: signing key"
    documentation = "Signs and checks JSON Web Tokens."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Open the key; nothing leaves this machine."""
        del probe
        algorithm = credential.values["algorithm"]
        key = credential.secrets["key"].reveal().encode()
        if algorithm in LEAST_BYTES:
            if len(key) < LEAST_BYTES[algorithm]:
                message = f"{algorithm} needs a secret of {LEAST_BYTES[algorithm]} bytes or more."
                raise SecretError(message, code="credential_refused")
            return f"The secret is long enough for {algorithm}."
        passphrase = credential.secrets["passphrase"].reveal().encode() or None
        try:
            opened = load_pem_private_key(key.strip() + b"\n", passphrase)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            message = "The private key cannot be opened. Check its text and its passphrase."
            raise SecretError(message, code="credential_refused") from None
        if not isinstance(opened, _KINDS[algorithm]):
            message = f"The key is of another kind than {algorithm} needs."
            raise SecretError(message, code="credential_refused")
        return f"The key can be opened and fits {algorithm}."
