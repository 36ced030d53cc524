"""Tells an agent what its answer must look like."""

from __future__ import annotations

from typing import Any

from headrace_sdk import Capability, Context, Example, JsonObject, Params, Port, UserError, fields
from headrace_sdk import attached as lent

PLACE: JsonObject = {
    "type": "object",
    "properties": {"city": {"type": "string"}},
    "required": ["city"],
}


class Form(Params):
    """The shape."""

    json_schema: Any = fields.json(
        "Schema of the answer", dict, help="A JSON Schema, such as that of an object."
    )
    repairs: int = fields.number(
        "Have it mended at most",
        2,
        minimum=0,
        maximum=5,
        unit="times",
        help="An answer that does not fit goes back to the model, with what is wrong.",
    )


class Parser(Capability[Form]):
    """Tells the agents that it is tied to what their answers must look like.

    The answer is then a value of this JSON Schema instead of a text. One that does not fit is sent
    back to the model to be mended; if that does not help, the agent fails.
    """

    type = "ai.parser"
    title = "Structured Output"
    category = "ai"
    icon = "braces"
    synonyms = ("json", "schema", "output parser", "format")
    outputs = (Port("parser", "Parser", kind="parser"),)
    Params = Form
    examples = (Example("A city", {"json_schema": PLACE}),)

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The fields of the object."""
        schema = params.get("json_schema")
        properties = schema.get("properties") if isinstance(schema, dict) else None
        return ", ".join(properties)[:60] if isinstance(properties, dict) else ""

    async def provide(self, ctx: Context, params: Form) -> lent.Parser:
        """The shape, and how often it may be tried."""
        del ctx
        if not isinstance(params.json_schema, dict) or not params.json_schema:
            message = "Give the schema of the answer, an object such as {'type': 'object', …}."
            raise UserError(message, field="json_schema")
        return lent.Parser(params.json_schema, params.repairs)
