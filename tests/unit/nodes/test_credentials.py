"""How credentials are put on requests, and that their secrets stay secret."""

from __future__ import annotations

import pytest

import nodes
from headrace_sdk import CredentialType, RequestAuth
from headrace_sdk.testing import make_credential
from nodes.credentials.http_basic import HttpBasic
from nodes.credentials.http_bearer import HttpBearer
from nodes.credentials.http_header import HttpHeader
from nodes.credentials.http_hmac import HttpHmac


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


@pytest.mark.parametrize(
    ("kind", "secret"),
    [
        (HttpBasic, {"password"}),
        (HttpBearer, {"token"}),
        (HttpHeader, {"value"}),
        (HttpHmac, {"secret"}),
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
