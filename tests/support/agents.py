"""Agents with tools that count their calls, and models that want them called."""

from __future__ import annotations

import json
from typing import Any

from tests.support.model_servers import Scripted
from tests.support.workflows import MANUAL, document, node

Node = dict[str, Any]


def fill(description: str = "", **schema: Any) -> dict[str, Any]:
    """What is left to the model."""
    told: dict[str, Any] = {"description": description}
    return {"=": {"model": told | {"schema": schema} if schema else told}}


def tool(name: str, method: str = "GET", **settings: Any) -> Node:
    """A tool that calls the address that the model gives."""
    params = {"url": fill("The address."), "method": method}
    return node(name, "web.http_request", params, settings=settings)


def agent(**params: Any) -> Node:
    """One that asks the model `able`, and nobody before it calls tools."""
    given = {"model": "able", "prompt": "Do it.", "ask": "never", **params}
    return node("agent", "ai.agent", given)


def with_tools(chief: Node, *tools: Node, **lent: Node) -> dict[str, Any]:
    """A workflow of an agent, its tools, and what else is lent to it by the kind of its port."""
    edges = ["start -> agent", *(f"{one['id']}.tool -> agent.tools" for one in tools)]
    edges += [f"{one['id']}.{kind} -> agent.{kind}" for kind, one in lent.items()]
    return document([MANUAL, chief, *tools, *lent.values()], *edges)


def wants(*calls: tuple[str, dict[str, Any]]) -> Scripted:
    """A model that wants these tools called."""
    return Scripted(calls=[(name, json.dumps(arguments)) for name, arguments in calls])


def told_of(request: Any) -> list[str]:
    """The results of tools in a request to an OpenAI-compatible server."""
    return [one["content"] for one in request.body["messages"] if one["role"] == "tool"]
