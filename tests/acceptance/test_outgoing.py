"""Which internal services the nodes of a workflow can reach: none but those that are named."""

from __future__ import annotations

from typing import Any

from tests.support.running import Client
from tests.support.stub import Stub, serving
from tests.support.workflows import MANUAL, document, node


def test_no_node_reaches_an_internal_service(client: Client) -> None:
    """S-030: every node with a text that could be an address, pointed at a server inside.

    One node tries each spelling of it; unit tests of the guard know the others.
    """
    nodes = client.get("nodes/")["nodes"]
    with serving() as canary:
        targets = [
            canary.url("/canary"),
            f"http://localhost:{canary.port}/",
            f"http://[::1]:{canary.port}/",
        ]
        started = {
            (spec["type"], target): client.start(client.create(aimed(spec, target)))
            for spec in nodes
            if spec["kind"] != "trigger" and texts_of(spec)
            for target in (targets if spec["type"] == "web.http_request" else targets[:1])
            if is_runnable(client, aimed(spec, target))
        }
        for execution in started.values():
            client.reached(execution, "completed", "failed", "waiting")

        assert canary.calls == {}
    assert ("web.http_request", targets[0]) in started
    refused = client.execution(started["web.http_request", targets[0]])
    assert refused["status"] == "failed"
    assert refused["error"]["code"] == "address_not_allowed"


def test_the_operator_can_allow_exactly_one_internal_service(client: Client, stub: Stub) -> None:
    """S-030: what the canary test would see if the guard were open."""
    spec = next(one for one in client.get("nodes/")["nodes"] if one["type"] == "web.http_request")

    client.run(aimed(spec, stub.url("/canary-control")))

    assert stub.count("/canary-control") == 1


def texts_of(spec: dict[str, Any]) -> list[str]:
    """Parameters that take free text."""
    properties = spec["params"].get("properties", {})
    return [n for n, s in properties.items() if s.get("type") == "string" and "enum" not in s]


def aimed(spec: dict[str, Any], target: str) -> dict[str, Any]:
    """Start → the node with the target in its first free text that takes it."""
    names = [name for name in texts_of(spec) if "url" in name] or texts_of(spec)
    params = {**spec["defaults"], **dict.fromkeys(names, target)}
    return document([MANUAL, node("aimed", spec["type"], params)], "start -> aimed")


def is_runnable(client: Client, flow: dict[str, Any]) -> bool:
    """Do the texts pass the node's own checks?"""
    problems = client.post("workflows/validate/", {"document": flow})["problems"]
    return not [problem for problem in problems if problem["severity"] == "error"]
