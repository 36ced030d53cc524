"""What the OpenAPI document says is what the API answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import jsonschema
import pytest

from headrace.tenants.context import TenantRef
from headrace_bootstrap.project import ROOT
from tests.support.approvals import made
from tests.support.clients import Api
from tests.support.workflows import MANUAL, document, node

Clients = Callable[..., Api]


@cache
def described() -> dict[str, Any]:
    """The generated document, in which `make gen` keeps every answer's shape."""
    text = (ROOT / "frontend/src/api/openapi.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def check(path: str, method: str, status: int, answer: Any) -> None:
    """The answer has the described shape, and no field that is not described."""
    operation = described()["paths"][path][method]
    schema = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    closed = json.loads(json.dumps({**schema, "components": described()["components"]}))
    for shape in closed["components"]["schemas"].values():
        if shape.get("type") == "object" and shape.get("properties"):
            shape.setdefault("additionalProperties", False)
    jsonschema.Draft202012Validator(closed).validate(answer)


@pytest.fixture
def workflow(api: Clients) -> dict[str, Any]:
    """A published workflow."""
    owner = api()
    flow = document([MANUAL, node("end", "flow.no_op")], "start -> end")
    made: dict[str, Any] = owner.post("workflows/", {"document": flow}).json()
    owner.post(f"workflows/{made['id']}/activate/", {"note": "First"})
    return made


def test_workflows_have_the_described_shape(api: Clients, workflow: dict[str, Any]) -> None:
    """The list, one of them, its versions, and the problems of a document."""
    owner, address = api(), f"workflows/{workflow['id']}/"

    check("/api/v1/workflows/", "post", 201, workflow)
    check("/api/v1/workflows/", "get", 200, owner.get("workflows/").json())
    check("/api/v1/workflows/{workflow_id}/", "get", 200, owner.get(address).json())
    versions = owner.get(f"{address}versions/").json()
    check("/api/v1/workflows/{workflow_id}/versions/", "get", 200, versions)
    first = owner.get(f"{address}versions/1/").json()
    check("/api/v1/workflows/{workflow_id}/versions/{number}/", "get", 200, first)
    check(
        "/api/v1/workflows/{workflow_id}/history/",
        "get",
        200,
        owner.get(f"{address}history/").json(),
    )
    kept = owner.get(f"{address}history/r1/").json()
    check("/api/v1/workflows/{workflow_id}/history/{ref}/", "get", 200, kept)
    faults = owner.post("workflows/validate/", {"document": {"format": "headrace/1"}}).json()
    check("/api/v1/workflows/validate/", "post", 200, faults)


def test_people_and_the_record_have_the_described_shape(
    api: Clients, workflow: dict[str, Any]
) -> None:
    """Session, members, keys, tenants, audit."""
    owner = api()

    for path in ("session/", "members/", "api-keys/", "session/tenants/", "audit/"):
        check(f"/api/v1/{path}", "get", 200, owner.get(path).json())


def test_events_have_the_described_shape(api: Clients) -> None:
    """Emitting, the list, the settings."""
    owner = api()
    emitted = owner.post("events/", {"type": "order.paid", "data": {"n": 1}}).json()

    check("/api/v1/events/", "post", 202, emitted)
    check("/api/v1/events/", "get", 200, owner.get("events/").json())
    settings = owner.get("events/settings/").json()
    check("/api/v1/events/settings/", "get", 200, settings)


def test_the_reference_lists_every_operation(api: Clients) -> None:
    """`/api/docs/`, under the policy that forbids foreign scripts."""
    page = api().get("/api/docs/").content.decode()

    operations = [
        one["operationId"]
        for methods in described()["paths"].values()
        for method, one in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert [name for name in operations if f'id="{name}"' not in page] == []
    assert "<script" not in page


def test_approvals_have_the_described_shape(api: Clients, in_alpha: TenantRef) -> None:
    """The list and one of them, open and decided."""
    made("Pay?")
    row = made("Paid?", state="approved", decided_by_name="Ann", decided_at=made("Old").created_at)

    check("/api/v1/approvals/", "get", 200, api().get("approvals/").json())
    one = api().get(f"approvals/{row.pk}/").json()
    check("/api/v1/approvals/{approval_id}/", "get", 200, one)
