"""What the document of an agent says of it: model, prompt, schema, tools."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from headrace.agents.drafting import AGENT
from headrace.agents.types import Definition
from headrace.workflows import queries as workflows
from headrace.workflows.call_inputs import inputs_of
from headrace_sdk.items import JsonObject, JsonValue

TOOLS: Final = "tools"


def definition(workflow_id: UUID) -> Definition:
    """What the agent is made of; as published, or as drafted where nothing is.

    Raises:
        WorkflowNotFound: its workflow was deleted.
    """
    published = workflows.published(workflow_id)
    if published is None:
        document = workflows.draft(workflow_id).document
    else:
        document = workflows.version(published.id).document
    nodes = _objects(document.get("nodes"))
    agent = next((one for one in nodes if one.get("type") == AGENT), {})
    params = agent.get("params")
    given: JsonObject = params if isinstance(params, dict) else {}
    schema = given.get("json_schema")
    return Definition(
        is_published=published is not None,
        model=_text(given.get("model")),
        instructions=_text(given.get("system")),
        inputs=[
            {"name": one.label, "type": one.type, "required": one.required, "help": one.help}
            for one in inputs_of(str(workflow_id), "published")
        ],
        tools=_tools(document, agent, nodes),
        schema=schema if isinstance(schema, dict) else {},
    )


def _tools(document: JsonObject, agent: JsonObject, nodes: list[JsonObject]) -> list[JsonObject]:
    """The nodes that are tied to the agent as its tools, in the order of their wires."""
    by_id = {one.get("id"): one for one in nodes}
    wanted: list[JsonValue] = [agent.get("id"), TOOLS]
    tied = [
        by_id.get(source[0], {})
        for edge in _objects(document.get("edges"))
        if edge.get("to") == wanted and isinstance(source := edge.get("from"), list) and source
    ]
    return [
        {"node": str(one.get("id")), "name": str(one.get("name")), "type": str(one.get("type"))}
        for one in tied
        if one and not one.get("disabled")
    ]


def _objects(found: JsonValue) -> list[JsonObject]:
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(value: JsonValue) -> str:
    """A literal, or the text of an expression."""
    if isinstance(value, dict):
        value = value.get("=")
    return value if isinstance(value, str) else ""
