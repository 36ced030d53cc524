"""A key that data are signed or encrypted with."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import CredentialType, Params, fields


class Fields(Params):
    """What it consists of."""

    key: str = fields.text(
        "Key",
        help="At least 32 random bytes, such as `openssl rand -hex 32` prints. Stored encrypted.",
        secret=True,
        expression=False,
    )
    encoding: Literal["text", "hex", "base64"] = fields.select(
        "Written as",
        "text",
        labels={"text": "Text", "hex": "Hexadecimal", "base64": "Base64"},
        expression=False,
    )


class CryptoKey(CredentialType):
    """Nothing is put on requests: the Crypto node computes with it."""

    id = "crypto_key"
    title = "Crypto: secret key"
    documentation = "Signs, checks, encrypts and decrypts data in the Crypto node."
    Fields = Fields
