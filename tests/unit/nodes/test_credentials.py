"""How credentials are put on requests, and that their secrets stay secret."""

from __future__ import annotations

import pytest

import nodes
from headrace_sdk import Credential, CredentialType, RequestAuth, Secret
from headrace_sdk.testing import make_credential
from nodes.credentials.aws import Aws
from nodes.credentials.http_basic import HttpBasic
from nodes.credentials.http_bearer import HttpBearer
from nodes.credentials.http_header import HttpHeader
from nodes.credentials.http_hmac import HttpHmac
from nodes.credentials.http_query import HttpQuery
from nodes.credentials.imap import Imap
from nodes.credentials.jwt_key import JwtKey
from nodes.credentials.mysql import MySql
from nodes.credentials.oauth2 import OAuth2
from nodes.credentials.oauth2_client import OAuth2Client
from nodes.credentials.postgresql import PostgreSql
from nodes.credentials.redis import Redis
from nodes.credentials.smtp import Smtp
from nodes.credentials.ssh import Ssh


def applied(kind: type[CredentialType], **values: str) -> RequestAuth:
    auth = RequestAuth()
    kind.apply(make_credential(kind, **values), auth)
    return auth


@pytest.mark.parametrize(
    ("kind", "values", "headers"),
    [
        (HttpBasic, {"user": "ä", "password": "b:c"}, {"Authorization": "Basic w6Q6Yjpj"}),
        (HttpBearer, {"token": "t"}, {"Authorization": "Bearer t"}),
        (HttpHeader, {"name": "X-API-Key", "value": "v"}, {"X-API-Key": "v"}),
        (HttpHmac, {"secret": "s"}, {}),
    ],
)
def test_a_credential_is_put_on_a_request(kind, values, headers):
    assert applied(kind, **values) == RequestAuth(headers)


def test_a_key_in_the_address_is_a_query_parameter():
    assert applied(HttpQuery, name="key", value="v") == RequestAuth(query={"key": "v"})


@pytest.mark.parametrize("kind", [OAuth2, OAuth2Client])
def test_of_an_account_only_the_access_token_is_sent(kind):
    auth = RequestAuth()

    kind.apply(Credential("id", kind.id, "n", {}, {"access_token": Secret("t")}), auth)

    assert auth == RequestAuth({"Authorization": "Bearer t"})


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        (HttpBasic, {"password"}),
        (HttpBearer, {"token"}),
        (HttpHeader, {"value"}),
        (HttpHmac, {"secret"}),
        (Aws, {"secret_key", "session_token"}),
        (HttpQuery, {"value"}),
        (Imap, {"password"}),
        (JwtKey, {"key", "passphrase"}),
        (MySql, {"password"}),
        (OAuth2, {"client_secret"}),
        (OAuth2Client, {"client_secret"}),
        (PostgreSql, {"password"}),
        (Redis, {"password"}),
        (Smtp, {"password"}),
        (Ssh, {"password", "private_key", "passphrase"}),
    ],
)
def test_what_is_secret_is_marked(kind, secret):
    assert kind.secret_fields() == secret


def test_every_type_that_a_node_asks_for_exists():
    known = {kind.id for kind in nodes.headrace_credential_types()}
    asked = {
        kind for node in nodes.headrace_nodes() for slot in node.credentials for kind in slot.types
    }

    assert asked <= known
