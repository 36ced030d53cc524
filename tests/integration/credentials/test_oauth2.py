"""Tokens of OAuth 2 providers: got by the browser that asked, renewed once for all workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models.functions import Now

from headrace.accounts.types import Actor
from headrace.catalog.queries import InstalledCredentialTypes
from headrace.credentials import actions
from headrace.credentials.models import Grant
from headrace.credentials.ports import ports
from headrace.credentials.types import CredentialRow
from headrace.tenants.context import TenantRef
from headrace_sdk.errors import SecretError
from tests.support.clients import Api
from tests.support.provider import CLIENT_SECRET, Provider, providing

Clients = Callable[..., Api]


@pytest.fixture(autouse=True)
def _installed_types(uses: object) -> None:
    ports.types = InstalledCredentialTypes()


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with providing() as found:
        settings.HEADRACE_EGRESS_ALLOW = [f"127.0.0.1:{found.port}"]
        yield found


@pytest.fixture
def account(api: Clients, provider: Provider) -> dict[str, Any]:
    """A credential that waits to be connected."""
    data = {
        "authorize_url": provider.url("/authorize?audience=x"),
        "token_url": provider.url("/token"),
        "client_id": "me",
        "client_secret": CLIENT_SECRET,
        "scopes": "read write",
        "test_url": provider.url("/me"),
    }
    body = {"name": "Account", "type": "oauth2", "data": data}
    return api().post("credentials/", body).json()


@pytest.fixture
def connected(api: Clients, provider: Provider, account: dict[str, Any]) -> dict[str, Any]:
    """The same, connected."""
    browser = api()
    asked = browser.post(f"credentials/{account['id']}/connect/").json()
    return browser.post("credentials/authorizations/", provider.consent(asked["url"])).json()


@pytest.fixture
def client(in_alpha: TenantRef, owner: Actor, provider: Provider) -> CredentialRow:
    """A program's own account."""
    data = {
        "token_url": provider.url("/token"),
        "client_id": "me",
        "client_secret": CLIENT_SECRET,
        "scopes": "read",
    }
    return actions.create(owner, name="Client", kind="oauth2_client", data=data)


def token_of(row: dict[str, Any]) -> str:
    return actions.open_for_node(row["id"]).secrets["access_token"].reveal()


def test_a_connected_account_gives_its_access_token_and_no_other_secret(
    connected: dict[str, Any], provider: Provider, in_alpha: TenantRef
) -> None:
    opened = actions.open_for_node(connected["id"])

    assert connected["connection"] == "connected"
    assert {name: text.reveal() for name, text in opened.secrets.items()} == {
        "access_token": provider.access_token
    }
    assert CLIENT_SECRET not in str(opened.values)


def test_the_code_is_bound_to_a_verifier_that_only_we_know(
    connected: dict[str, Any], provider: Provider
) -> None:
    """RFC 7636: the provider above checks the challenge."""
    (asked,) = provider.asked

    assert len(asked["code_verifier"]) >= 43
    assert asked["redirect_uri"].endswith("/app/oauth2/callback")
    assert asked["secret"] == CLIENT_SECRET


def test_an_answer_that_another_browser_brings_is_refused(
    api: Clients, provider: Provider, account: dict[str, Any]
) -> None:
    """S-050: the state is bound to the session that asked."""
    asked = api().post(f"credentials/{account['id']}/connect/").json()

    refused = api("admin").post("credentials/authorizations/", provider.consent(asked["url"]))

    assert refused.status_code == 422
    assert refused.json()["code"] == "authorization_failed"
    assert provider.asked == []


def test_an_answer_counts_once(api: Clients, provider: Provider, account: dict[str, Any]) -> None:
    browser = api()
    asked = browser.post(f"credentials/{account['id']}/connect/").json()
    answer = provider.consent(asked["url"])

    assert browser.post("credentials/authorizations/", answer).status_code == 200
    assert browser.post("credentials/authorizations/", answer).status_code == 422
    assert len(provider.asked) == 1


def failures(api: Clients) -> list[tuple[str, str]]:
    """What the audit record holds as tried in vain."""
    rows = api().get("audit/", outcome="failed").json()["results"]
    return [(row["action"], row["object_id"]) for row in rows]


def test_a_refusal_of_the_provider_is_told(
    api: Clients, provider: Provider, account: dict[str, Any]
) -> None:
    browser = api()
    asked = browser.post(f"credentials/{account['id']}/connect/").json()
    state = provider.consent(asked["url"])["state"]

    answer = browser.post("credentials/authorizations/", {"state": state, "error": "access_denied"})

    assert answer.status_code == 422
    assert "access_denied" in answer.json()["detail"]
    assert failures(api) == [("credential.connected", account["id"])]


def test_a_key_without_a_browser_cannot_connect(api: Clients, account: dict[str, Any]) -> None:
    key = api("owner", scopes=["credential.edit"])

    assert key.post(f"credentials/{account['id']}/connect/").json()["code"] == "browser_needed"


def test_an_account_that_nobody_connected_is_told_to_the_node(
    account: dict[str, Any], in_alpha: TenantRef
) -> None:
    with pytest.raises(SecretError, match="connected again") as caught:
        token_of(account)

    assert caught.value.code == "credential_not_connected"


def test_a_token_is_asked_for_once_and_kept(client: CredentialRow, provider: Provider) -> None:
    first, second = token_of({"id": client.id}), token_of({"id": client.id})

    assert first == second == provider.access_token
    assert [asked["scope"] for asked in provider.asked] == ["read"]


def test_an_expired_token_is_renewed_with_the_newest_refresh_token(
    connected: dict[str, Any], provider: Provider, in_alpha: TenantRef
) -> None:
    """The provider takes each refresh token once."""
    for _ in range(2):
        Grant.objects.update(expires_at=Now())
        assert token_of(connected) == provider.access_token

    assert [asked["grant_type"] for asked in provider.asked[1:]] == ["refresh_token"] * 2


def test_a_refused_renewal_asks_for_a_person_and_not_for_the_provider_again(
    api: Clients, connected: dict[str, Any], provider: Provider, in_alpha: TenantRef
) -> None:
    Grant.objects.update(expires_at=Now())
    provider.gives_none = True

    for _ in range(2):
        with pytest.raises(SecretError, match="invalid_grant") as caught:
            token_of(connected)
        assert caught.value.code == "credential_not_connected"
        assert provider.refresh_token not in caught.value.message

    assert len(provider.asked) == 2
    assert api().get(f"credentials/{connected['id']}/").json()["connection"] == "expired"


def test_new_values_forget_the_tokens_of_the_old_ones(
    api: Clients, connected: dict[str, Any], provider: Provider
) -> None:
    data = {
        "authorize_url": provider.url("/authorize"),
        "token_url": provider.url("/token"),
        "client_id": "other",
    }

    changed = api().patch(f"credentials/{connected['id']}/", {"data": data}).json()

    assert changed["connection"] == "none"


def test_tokens_moved_to_another_credential_do_not_open(
    connected: dict[str, Any], client: CredentialRow
) -> None:
    """Design 5.1: the credential is bound into the ciphertext."""
    Grant.objects.update(credential_id=client.id)

    with pytest.raises(SecretError) as caught:
        token_of({"id": client.id})

    assert caught.value.code == "vault_damaged"


def test_the_test_button_tries_the_account(
    api: Clients, connected: dict[str, Any], provider: Provider
) -> None:
    fine = api().post(f"credentials/{connected['id']}/test/").json()
    provider.access_token = "another"
    refused = api().post(f"credentials/{connected['id']}/test/").json()

    assert (fine["ok"], fine["tried"]) == (True, True)
    assert (refused["ok"], refused["code"]) == (False, "credential_refused")
    assert failures(api) == [("credential.tested", connected["id"])]


@pytest.mark.usefixtures("committed")
def test_of_many_workers_one_renews_and_the_others_take_what_it_got(
    client: CredentialRow, provider: Provider
) -> None:
    def opened() -> str:
        try:
            return token_of({"id": client.id})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        waiting = [pool.submit(copy_context().run, opened) for _ in range(6)]
        tokens = {one.result() for one in waiting}

    assert tokens == {provider.access_token}
    assert len(provider.asked) == 1


def test_rotation_takes_the_tokens_along(
    connected: dict[str, Any], provider: Provider, in_alpha: TenantRef
) -> None:
    """Design 5.1."""
    before = bytes(Grant.objects.get().data_key)

    actions.rotate(new_tenant_key=True)

    assert bytes(Grant.objects.get().data_key) != before
    assert token_of(connected) == provider.access_token


def test_nothing_of_a_grant_is_readable_in_the_database(
    connected: dict[str, Any], provider: Provider, in_alpha: TenantRef
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select * from credentials_grant")
        rows = [[bytes(c) if isinstance(c, memoryview) else c for c in r] for r in cursor]

    assert provider.access_token not in str(rows)
    assert provider.refresh_token not in str(rows)
