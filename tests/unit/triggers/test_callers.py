"""Who may call a webhook: by a token, from an address, behind a proxy."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from headrace.conf.proxies import BehindProxies
from headrace.triggers.gate.authentication import is_genuine
from headrace.triggers.gate.tokens import claims_of
from headrace_sdk import UserError
from headrace_sdk.credentials import Credential, Secret
from headrace_sdk.networks import checked_networks, is_within

SHARED = "s" * 40
OWN = Ed25519PrivateKey.generate()
PRIVATE = OWN.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
PUBLIC = OWN.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
SOON = {"sub": "ada", "exp": int(time.time()) + 86_400}


def credential(algorithm: str, key: str) -> Credential:
    values, secrets = {"algorithm": algorithm}, {"key": Secret(key), "passphrase": Secret("")}
    return Credential("c", "jwt_key", "Key", values=values, secrets=secrets)


def is_let_in(token: str, key: Credential, **options: str) -> bool:
    return is_genuine("jwt", key, options, {"authorization": f"Bearer {token}"}, b"")


@pytest.mark.parametrize(
    ("algorithm", "signing", "checking"),
    [("HS256", SHARED, SHARED), ("EdDSA", PRIVATE, PRIVATE), ("EdDSA", PRIVATE, PUBLIC)],
)
def test_a_signed_token_lets_in_and_tells_its_claims(algorithm, signing, checking):
    token = jwt.encode(SOON, signing, algorithm=algorithm)

    assert is_let_in(token, credential(algorithm, checking))
    assert claims_of({"authorization": f"Bearer {token}"})["sub"] == "ada"


@pytest.mark.parametrize(
    ("claims", "signing", "algorithm"),
    [
        (SOON, "x" * 40, "HS256"),
        (SOON, "", "none"),
        (SOON, SHARED + "s" * 24, "HS512"),
        ({"sub": "ada"}, SHARED, "HS256"),
        ({"exp": int(time.time()) - 60}, SHARED, "HS256"),
        ({**SOON, "nbf": int(time.time()) + 86_400}, SHARED, "HS256"),
    ],
    ids=["other key", "no signature", "other algorithm", "endless", "ended", "not yet"],
)
def test_another_token_is_refused(claims, signing, algorithm):
    token = jwt.encode(claims, signing, algorithm=algorithm)

    assert not is_let_in(token, credential("HS256", SHARED))


def test_a_public_key_is_never_taken_for_a_shared_secret():
    """CVE-2015-9235: the algorithm is the credential's, not the token's."""
    head, body = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", jwt.encode(SOON, SHARED).split(".")[1]
    signed = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = signed.sign(f"{head}.{body}".encode(), PUBLIC.encode())
    token = f"{head}.{body}.{jwt.utils.base64url_encode(signature).decode()}"

    assert not is_let_in(token, credential("EdDSA", PUBLIC))


@pytest.mark.parametrize(
    ("options", "is_right"),
    [
        ({"issuer": "us", "audience": "flows"}, True),
        ({"issuer": "them"}, False),
        ({"audience": "others"}, False),
    ],
)
def test_issuer_and_audience_are_held_to(options, is_right):
    token = jwt.encode({**SOON, "iss": "us", "aud": ["flows"]}, SHARED)

    assert is_let_in(token, credential("HS256", SHARED), **options) is is_right


@pytest.mark.parametrize(
    ("address", "is_in"),
    [
        ("192.0.2.200", True),
        ("::ffff:192.0.2.1", True),
        ("2001:db8::7", True),
        ("198.51.100.1", False),
        ("2001:db9::7", False),
        ("", False),
        ("unknown", False),
    ],
)
def test_an_address_is_within_its_network_however_it_is_written(address, is_in):
    assert is_within(address, ["192.0.2.0/24", "2001:db8::/32"]) is is_in


def test_what_is_no_network_is_refused_when_it_is_written_down():
    with pytest.raises(UserError, match=r"example\.com"):
        checked_networks(["192.0.2.7", "example.com"], field="allowed")


@pytest.mark.parametrize(
    ("forwarded", "trusted", "seen"),
    [
        ("203.0.113.9", ["10.0.0.0/8"], "203.0.113.9"),
        ("1.2.3.4, 203.0.113.9, 10.0.0.8", ["10.0.0.0/8"], "203.0.113.9"),
        ("", ["10.0.0.0/8"], "10.0.0.7"),
        ("unknown", ["10.0.0.0/8"], "10.0.0.7"),
        ("203.0.113.9", ["192.0.2.1"], "10.0.0.7"),
        ("203.0.113.9", [], "10.0.0.7"),
    ],
)
def test_only_a_proxy_of_the_operator_says_who_calls(forwarded, trusted, seen):
    found: list[Any] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        del receive, send
        found.append(scope["client"][0])

    scope = {
        "client": ["10.0.0.7", 5],
        "headers": [(b"x-forwarded-for", forwarded.encode())] if forwarded else [],
    }
    asyncio.run(BehindProxies(inner, trusted)(scope, None, None))

    assert found == [seen]
