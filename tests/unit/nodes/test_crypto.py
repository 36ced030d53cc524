"""Crypto and JSON Web Token."""

from __future__ import annotations

import uuid

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from headrace_sdk import Credential, Item, Secret, SecretError, UserError
from headrace_sdk.testing import MemoryFiles, make_credential, run_node
from nodes.credentials.crypto_key import CryptoKey
from nodes.data.crypto import Crypto
from nodes.data.json_web_token import JsonWebToken

KEY = make_credential(CryptoKey, key="k" * 32)


def crypto(items=({},), key=KEY, files=None, **params):
    credentials = {"key": key} if key else {}
    result = run_node(Crypto, params, items, credentials=credentials, files=files)
    return [item["result"] for item in result.json()]


@pytest.mark.parametrize(
    ("algorithm", "encoding", "expected"),
    [
        ("md5", "hex", "900150983cd24fb0d6963f7d28e17f72"),
        ("sha1", "base64", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
        ("sha256", "base64url", "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"),
        ("sha3_256", "hex", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
    ],
)
def test_hashes_are_those_of_the_standard(algorithm, encoding, expected):
    assert crypto(text="abc", algorithm=algorithm, encoding=encoding) == [expected]


def test_a_file_can_be_hashed_and_a_missing_one_is_an_error():
    files = MemoryFiles()
    item = Item({}, {"data": files.add(b"abc", name="a", mime="x/y")})

    assert crypto([item], files=files, source="file", algorithm="md5") == crypto(
        text="abc", algorithm="md5"
    )
    with pytest.raises(UserError) as caught:
        crypto(source="file")
    assert caught.value.code == "no_file"


@pytest.mark.parametrize("encoding", ["hex", "base64", "base64url"])
def test_a_signature_is_recognised_in_every_encoding(encoding):
    (signature,) = crypto(operation="sign", text="abc", encoding=encoding)

    assert crypto(operation="verify", text="abc", signature=signature) == [True]
    assert crypto(operation="verify", text="abd", signature=signature) == [False]
    assert crypto(operation="verify", text="abc", signature="") == [False]


def test_a_prefix_of_the_algorithm_is_passed_over():
    (signature,) = crypto(operation="sign", text="abc")

    assert crypto(operation="verify", text="abc", signature=f"sha256={signature}") == [True]


@pytest.mark.parametrize("encoding", ["hex", "base64", "base64url"])
def test_what_was_encrypted_can_be_decrypted(encoding):
    sealed = crypto(operation="encrypt", text="grüße", encoding=encoding)
    again = crypto(operation="encrypt", text="grüße", encoding=encoding)

    assert sealed != again
    assert crypto(operation="decrypt", text=sealed[0], encoding=encoding) == ["grüße"]


def test_a_change_or_another_key_cannot_be_decrypted():
    (sealed,) = crypto(operation="encrypt", text="x")
    changed = sealed[:-1] + ("0" if sealed[-1] != "0" else "1")

    for text, key in [
        (changed, KEY),
        (sealed, make_credential(CryptoKey, key="z" * 32)),
        ("00" * 40, KEY),
        ("", KEY),
    ]:
        with pytest.raises(UserError) as caught:
            crypto(operation="decrypt", text=text, key=key)
        assert (caught.value.code, caught.value.item) == ("cannot_decrypt", 0)


def test_a_text_of_another_encoding_is_an_error():
    with pytest.raises(UserError) as caught:
        crypto(operation="decrypt", text="no hex")

    assert caught.value.code == "invalid_encoding"


@pytest.mark.parametrize(
    "key", [None, make_credential(CryptoKey, key="short"), make_credential(CryptoKey, key="zz" * 20, encoding="hex")]
)  # fmt: skip
def test_a_key_that_protects_nothing_is_refused(key):
    with pytest.raises(SecretError):
        crypto(operation="sign", text="x", key=key)


def test_ids_and_random_texts_differ():
    ids = crypto([{}, {}], operation="uuid")

    assert len({uuid.UUID(one).version for one in ids} | {*ids}) == 3
    assert [len(one) for one in crypto([{}], operation="random", size=8)] == [16]


@pytest.mark.parametrize(("operation", "effect"), [("uuid", "read"), ("hash", "pure")])
def test_what_cannot_be_made_again_is_kept(operation, effect):
    assert Crypto.effect_of(Crypto.Params(operation=operation)) == effect


def jwt_key(algorithm="HS256", key="s" * 32, key_id=""):
    return Credential(
        "1", "jwt_key", "Key", {"algorithm": algorithm, "key_id": key_id}, {"key": Secret(key)}
    )


def token(key, **params):
    return run_node(JsonWebToken, params, credentials={"key": key})


def made(key, **params):
    return token(key, claims={"sub": "ada"}, **params).json()[0]["token"]


ED25519 = Ed25519PrivateKey.generate().private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
).decode()  # fmt: skip


@pytest.mark.parametrize("key", [jwt_key(), jwt_key("EdDSA", ED25519, "k1")])
def test_a_token_that_was_made_here_is_accepted(key):
    text = made(key, issuer="me", audience="you")

    result = token(key, operation="verify", token=f"Bearer {text}", issuer="me", audience="you")

    claims = result.json()[0]["token"]
    assert (claims["sub"], claims["iss"], claims["aud"]) == ("ada", "me", "you")
    assert claims["exp"] - claims["iat"] == 300
    assert jwt.get_unverified_header(text).get("kid") == (key.values["key_id"] or None)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("nonsense", {}),
        (made(jwt_key(key="o" * 32)), {}),
        (made(jwt_key(), expires_s=0), {"audience": "me"}),
        (made(jwt_key(), issuer="a"), {"issuer": "b"}),
        (jwt.encode({"exp": 1}, "s" * 32, "HS256"), {}),
        (jwt.encode({}, "", "none"), {}),
        (jwt.encode({}, "s" * 64, "HS512"), {}),
    ],
)
def test_any_other_token_is_refused_with_the_reason(text, params):
    result = token(jwt_key(), operation="verify", token=text, **params)

    (refused,) = result.json("refused")
    assert refused["error"]["code"] == "token_refused"
    assert refused["error"]["message"]
    assert result.json() == []


@pytest.mark.parametrize(
    "key", [None, jwt_key("none"), jwt_key("EdDSA", "-----BEGIN PRIVATE KEY-----\nx")]
)
def test_a_credential_that_cannot_be_used_is_refused(key):
    with pytest.raises(SecretError):
        token(key, claims={})


@pytest.mark.parametrize("claims", ["text", [1], {"exp": "soon", "iat": object}])
def test_claims_that_cannot_be_signed_are_an_error(claims):
    with pytest.raises(UserError):
        token(jwt_key(), claims=claims, expires_s=0)
