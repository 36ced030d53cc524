"""The vault over HTTP: values go in, and never come out."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

import pytest

from headrace.tenants.context import TenantRef
from tests.integration.credentials.conftest import CANARY, KnownUses
from tests.support.clients import Api

Clients = Callable[..., Api]

BODY = {"name": "api", "type": "test_token", "data": {"user": "ann", "token": CANARY}}


def test_a_credential_is_stored_without_its_value_in_the_answer(api: Clients) -> None:
    """The contract's row."""
    answer = api("member").post("credentials/", BODY)

    row = answer.json()
    assert answer.status_code == 201
    assert set(row) == {
        "id",
        "name",
        "type",
        "hosts",
        "created_at",
        "updated_at",
        "has_value",
        "used_by",
        "used_by_models",
        "source",
        "owner_id",
        "everybody",
        "shares",
        "level",
        "connection",
        "expires_on",
    }
    assert row["has_value"] is True


@pytest.mark.parametrize("role", ["owner", "admin", "member", "viewer"])
def test_no_answer_ever_holds_the_secret(api: Clients, role: str) -> None:
    """S-059: plain, base64, URL-encoded, JSON-escaped; as each role."""
    created = api().post("credentials/", BODY).json()
    address = f"credentials/{created['id']}/"
    caller = api(role)

    texts = [
        caller.get("credentials/").content,
        caller.get(address).content,
        caller.patch(address, {"name": "new"}).content,
        caller.patch(address, {"data": {"user": "ann", "token": CANARY}}).content,
        caller.patch(address, {"data": {"user": 3, "token": CANARY}}).content,
        caller.post("credentials/", {**BODY, "type": "unknown"}).content,
        caller.post("credentials/", {**BODY, "surplus": CANARY}).content,
        api().get("audit/").content,
    ]

    secret = CANARY.encode()
    forms = {secret, base64.b64encode(secret), quote(CANARY).encode(), json.dumps(CANARY).encode()}
    assert not [form for form in forms for text in texts if form in text]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"data": {"user": "ann"}}, "/data/token"),
        ({"data": {"user": "ann", "token": "x", "more": 1}}, "/data/more"),
        ({"data": "x"}, "/data"),
        ({"type": "nothing"}, "/type"),
        ({"name": ""}, "/name"),
        ({"hosts": ["https://x"]}, "/hosts/0"),
        ({"owner": "me"}, "/owner"),
    ],
)
def test_wrong_fields_are_named(api: Clients, change: dict[str, object], path: str) -> None:
    """4xx with a path."""
    answer = api().post("credentials/", {**BODY, **change})

    assert answer.status_code in {400, 422}
    assert path in [error["path"] for error in answer.json()["errors"]]


def test_a_used_credential_is_not_deleted(api: Clients, uses: KnownUses) -> None:
    """409 with the names of the workflows."""
    created = api().post("credentials/", BODY).json()
    uses.names[UUID(created["id"])] = "Orders"

    refused = api().delete(f"credentials/{created['id']}/")
    shown = api().get("credentials/").json()["results"][0]
    uses.names.clear()
    deleted = api().delete(f"credentials/{created['id']}/")

    assert refused.status_code == 409
    assert refused.json()["facts"]["used_by"] == ["Orders"]
    assert shown["used_by"][0]["name"] == "Orders"
    assert deleted.status_code == 204
    assert api().get(f"credentials/{created['id']}/").status_code == 404


def test_viewers_do_not_even_see_the_list(api: Clients) -> None:
    """S-054: using and editing are rights of their own."""
    assert api("viewer").get("credentials/").status_code == 403


def test_a_credential_of_another_tenant_does_not_exist(
    api: Clients, alpha: TenantRef, beta: TenantRef
) -> None:
    """S-053: foreign and nonexistent answer alike."""
    created = api("owner", beta).post("credentials/", BODY).json()

    foreign = api().get(f"credentials/{created['id']}/")
    nobody = api().get(f"credentials/{alpha.id}/")

    assert foreign.status_code == nobody.status_code == 404
    assert foreign.json() == nobody.json()


def test_every_write_is_recorded(api: Clients) -> None:
    """Audit on every write, without values."""
    created = api().post("credentials/", BODY).json()
    api().patch(f"credentials/{created['id']}/", {"name": "new"})
    api().delete(f"credentials/{created['id']}/")

    rows = api().get("audit/", object=created["id"]).json()["results"]

    assert [row["action"] for row in rows] == [
        "credential.deleted",
        "credential.updated",
        "credential.created",
    ]
