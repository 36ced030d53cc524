"""Secret values that operators keep elsewhere: named by reference, never across tenants (S-061)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from headrace.accounts.types import Actor
from headrace.credentials import actions
from headrace.credentials.ports import ports
from headrace.credentials.sources.environment import EnvironmentSecrets
from headrace.credentials.sources.key_value import VaultSecrets
from headrace.tenants.context import TenantRef
from headrace_sdk.errors import SecretError, UpstreamError
from tests.support.clients import Api
from tests.support.stub import at_work

TOKEN = "s.root"
STORED = {
    "/v1/secret/data/headrace/alpha/crm/main": {"token": "from-vault", "number": 7},
    "/v1/secret/data/headrace/beta/crm": {"token": "of-beta"},
}


class KeyValueServer(BaseHTTPRequestHandler):
    """Speaks Vault's key-value protocol, version 2."""

    def do_GET(self) -> None:
        if self.headers.get("X-Vault-Token") != TOKEN:
            self.send(403, {"errors": ["permission denied"]})
        elif self.path in STORED:
            self.send(200, {"data": {"data": STORED[self.path], "metadata": {"version": 3}}})
        else:
            self.send(404, {"errors": []})

    def send(self, status: int, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with at_work(KeyValueServer) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(autouse=True)
def _sources(address: str) -> Iterator[None]:
    variables = {
        "HEADRACE_SECRET_ALPHA__CRM_TOKEN": "from-environment",
        "HEADRACE_SECRET_BETA__CRM_TOKEN": "of-beta",
        "HEADRACE_SECRET_ALPHA__X__Y": "of-alpha--x",
    }
    ports.sources = {
        "environment": EnvironmentSecrets(variables),
        "vault": VaultSecrets(address, TOKEN),
    }
    yield
    ports.sources = {}


def opened(owner: Actor, source: str, reference: str) -> str:
    data = {"user": "ann", "token": reference}
    row = actions.create(owner, name="c", kind="test_token", data=data, source=source)
    found = actions.open_for_node(row.id)
    assert found.values == {"user": "ann"}, "open fields are values, not references"
    return found.secrets["token"].reveal()


@pytest.mark.parametrize(
    ("source", "reference", "value"),
    [
        ("environment", "CRM_TOKEN", "from-environment"),
        ("vault", "crm/main#token", "from-vault"),
        ("vault", "crm/main#number", "7"),
    ],
)
def test_a_reference_opens_as_the_value_that_is_there_now(
    in_alpha: TenantRef, owner: Actor, source: str, reference: str, value: str
) -> None:
    assert opened(owner, source, reference) == value


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("environment", "NOTHING"),
        ("environment", "crm_token"),
        ("environment", "X__Y"),
        ("environment", "../BETA__CRM_TOKEN"),
        ("vault", "crm/main#nothing"),
        ("vault", "other#token"),
        ("vault", "../beta/crm#token"),
        ("vault", "%2e%2e/beta/crm#token"),
        ("vault", "crm/main"),
        ("vault", "/v1/sys#token"),
    ],
)
def test_a_reference_never_leaves_its_tenant(
    in_alpha: TenantRef, owner: Actor, source: str, reference: str
) -> None:
    with pytest.raises(SecretError) as caught:
        opened(owner, source, reference)

    assert caught.value.code == "secret_not_found"


def test_a_refused_token_is_told_without_it(
    in_alpha: TenantRef, owner: Actor, address: str
) -> None:
    ports.sources = {"vault": VaultSecrets(address, "wrong-token-1")}

    with pytest.raises(SecretError, match="Ask your operator") as caught:
        opened(owner, "vault", "crm/main#token")

    assert "wrong-token-1" not in caught.value.message
    assert "wrong-token-1" not in repr(ports.sources)


def test_a_server_that_is_away_is_no_fault_of_the_reference(
    in_alpha: TenantRef, owner: Actor
) -> None:
    ports.sources = {"vault": VaultSecrets("http://127.0.0.1:9", TOKEN)}

    with pytest.raises(UpstreamError):
        opened(owner, "vault", "crm/main#token")


def test_only_admins_refer_to_what_operators_keep(api: Callable[..., Api]) -> None:
    body = {
        "name": "c",
        "type": "test_token",
        "data": {"user": "ann", "token": "CRM_TOKEN"},
        "source": "environment",
    }

    assert api("member").post("credentials/", body).status_code == 403
    assert api("admin").post("credentials/", body).json()["source"] == "environment"
    unknown = api("admin").post("credentials/", {**body, "source": "moon"})
    assert unknown.json()["code"] == "unknown_secret_source"
