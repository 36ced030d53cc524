"""Makes a workflow a tool that others call by the Model Context Protocol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, Literal

from headrace_sdk import (
    Arrival,
    Example,
    Item,
    JsonObject,
    JsonValue,
    Params,
    Registration,
    ToolRegistration,
    Trigger,
    UserError,
    fields,
)
from headrace_sdk.inputs import TypedInput, given_items
from headrace_sdk.summaries import text_of

NAME: Final = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
TYPES: Final = {
    "text": "string",
    "number": "number",
    "boolean": "boolean",
    "object": "object",
    "array": "array",
}


class Form(Params):
    """How the tool presents itself, and what it gives back."""

    name: str = fields.text(
        "Name",
        "",
        placeholder="find_order",
        help="Letters, digits, _ . and -, up to 64. No other active workflow may have it.",
        expression=False,
    )
    description: str = fields.textarea(
        "Description",
        "",
        rows=3,
        help="Models choose by it: what the tool does, when to use it, what comes back.",
        expression=False,
    )
    inputs: list[TypedInput] = fields.rows(
        "Arguments",
        add="Add argument",
        help="Checked and converted for every call. Describe each: models read it.",
        expression=False,
    )
    respond: Literal["first_item", "all_items", "respond_node"] = fields.select(
        "Give back",
        "first_item",
        labels={
            "first_item": "The first item of the last node",
            "all_items": "All items of the last node",
            "respond_node": "What a Respond node says",
        },
        expression=False,
    )
    is_reading: bool = fields.toggle(
        "Only reads",
        False,
        help="Tells clients that a call changes nothing; many then ask nobody for leave.",
        expression=False,
    )
    title: str = fields.text(
        "Title", "", help="Shown to people.", max_length=100, advanced=True, expression=False
    )
    samples: list[dict[str, Any]] = fields.json(
        "Sample arguments",
        list,
        help='Used when it is run by hand without items, such as [{"order_id": 7}].',
        advanced=True,
        expression=False,
    )


class McpTrigger(Trigger[Form]):
    """Publishes a workflow as a tool of the workspace's MCP server.

    Once the workflow is active, assistants and agents that speak the Model Context Protocol find
    the tool at `/mcp` of this host, by Streamable HTTP. They bring an API key of the workspace as a
    bearer token; the key needs the right to run workflows, and nothing else.

    Each call is stored before anything is done for it, and starts a run with one item: its
    arguments, each checked and converted. The result of the run is the result of the tool, as an
    object and as its text. A run that fails is told as an error without its inside; one that takes
    longer than half a minute goes on, and the caller is given its number.

    While you edit, **Listen** offers the draft at `/mcp-test` for two minutes.
    """

    type = "triggers.mcp"
    title = "MCP Tool"
    category = "trigger"
    icon = "plug"
    synonyms = ("model context protocol", "mcp server trigger", "agent", "assistant", "expose")
    Params = Form
    examples = (
        Example(
            "An order by its number",
            {
                "name": "find_order",
                "description": "Finds an order by its number. Gives its state and its total.",
                "inputs": [
                    {
                        "name": "order_id",
                        "type": "number",
                        "required": True,
                        "description": "The number on the invoice.",
                    }
                ],
                "is_reading": True,
            },
            [{"order_id": "7"}],
            {"main": [{"order_id": 7}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The name."""
        return text_of(params.get("name"))

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """One tool.

        Raises:
            UserError: the name is not one that tools may have.
        """
        if not NAME.fullmatch(params.name):
            message = "Give the tool a name of letters, digits, _ . and -, up to 64 of them."
            raise UserError(message, field="name", code="invalid_tool_name")
        is_own = params.respond == "respond_node"
        return [
            ToolRegistration(
                path=params.name,
                respond="respond_node" if is_own else "last_node",
                options={} if is_own else {"response_data": params.respond},
                title=params.title,
                description=params.description,
                schema=_schema(params.inputs),
                is_reading=params.is_reading,
            )
        ]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The arguments of the call as one item, checked."""
        return given_items(params.inputs, arrival, params.samples)


def _schema(inputs: Sequence[TypedInput]) -> JsonObject:
    required: list[JsonValue] = [one.name for one in inputs if one.required]
    properties: JsonObject = {one.name: _property(one) for one in inputs if one.name}
    return {"type": "object", "properties": properties, "required": required}


def _property(given: TypedInput) -> JsonObject:
    shown: JsonObject = {"type": TYPES[given.type]} if given.type in TYPES else {}
    return {**shown, "description": given.description} if given.description else shown
