"""Workflows that cannot be: refused with every problem named, at saving and at publishing (R-054)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.running import Client
from tests.support.workflows import MANUAL, document, in_a_row, node

NO_OP = "flow.no_op"
PLAIN = [MANUAL, node("a", NO_OP), node("b", NO_OP)]


def chain(size: int) -> dict[str, Any]:
    """A workflow of so many nodes in a row."""
    return in_a_row([MANUAL, *(node(f"n{number}", NO_OP) for number in range(size - 1))])


MANY_FAULTS = document(
    [
        MANUAL,
        node("a", NO_OP),
        node("b", NO_OP),
        node("gone", "acme.gone"),
        node(
            "stuck", "flow.if", {"conditions": {"all": [{"left": {"=": "{{ 1 + }}"}, "op": "eq"}]}}
        ),
    ],
    "start -> a",
    "start -> b",
    "a -> b",
    "b -> a",
    "b -> nobody",
    "a.nowhere -> stuck",
    "a -> gone",
)

BAD = {
    "a cycle with two ways in": (
        document(PLAIN, "start -> a", "start -> b", "a -> b", "b -> a"),
        "irreducible_cycle",
    ),
    "a cycle without a way in": (document(PLAIN, "a -> b", "b -> a"), "irreducible_cycle"),
    "a dangling edge": (document(PLAIN, "start -> a", "a -> nobody"), "nobody"),
    "an unknown type": (document([MANUAL, node("x", "acme.gone")], "start -> x"), "unknown_type"),
    "an unknown port": (document(PLAIN, "start -> a", "a.nowhere -> b"), "nowhere"),
    "the same id twice": (document([*PLAIN, node("a", NO_OP)], "start -> a"), "a"),
    "5,000 nodes": (chain(5_000), "nodes"),
    "100,000 edges": (
        document(PLAIN) | {"edges": [{"from": ["a", "main"], "to": ["b", "main"]}] * 100_000},
        "edges",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_workflow_that_cannot_be_is_refused_by_its_fault(client: Client, name: str) -> None:
    """R-054: named while it is drawn, refused when it is to run."""
    flow, word = BAD[name]

    answer = client.http.post("/api/v1/workflows/validate/", json={"document": flow})

    assert answer.status_code in {200, 400, 413, 422}
    found = answer.json().get("problems") or answer.json().get("errors")
    errors = [one for one in found if one.get("severity", "error") == "error"]
    assert any(word in f"{one['code']} {one['message']} {one['path']}" for one in errors), found[:5]
    refused = publish_or_create(client, flow)
    assert 400 <= refused.status_code < 500, refused.text[:300]
    assert refused.json()["errors"]


def test_every_fault_of_a_workflow_is_named_at_once(client: Client) -> None:
    """R-054: cycle, dangling edge, unknown port, unknown type and a broken expression."""
    refused = publish_or_create(client, MANY_FAULTS)

    assert refused.status_code == 422
    text = " ".join(f"{e['code']} {e['message']} {e['path']}" for e in refused.json()["errors"])
    for word in ("cycle", "nobody", "nowhere", "unknown_type", "/nodes/4/params"):
        assert word in text, (word, text)


def test_an_empty_workflow_cannot_be_published(client: Client) -> None:
    """R-054: nothing to start from."""
    assert publish_or_create(client, document([])).status_code == 422


def publish_or_create(client: Client, flow: dict[str, Any]) -> Any:
    """The first refusal on the way to an active workflow."""
    made = client.http.post("/api/v1/workflows/", json={"document": flow})
    if not made.is_success:
        return made
    return client.http.post(f"/api/v1/workflows/{made.json()['id']}/activate/", json={})
