"""What is left to a model becomes the schema of a tool, and its arguments stay data."""

from __future__ import annotations

from headrace.catalog.model_fills import arguments_schema, model_fills, with_values
from headrace_sdk import Context, Inputs, Node, Outputs, Params, ParamSet, fields
from headrace_sdk.forms import Assignment


class Form(Params):
    """A letter."""

    to: str = fields.text("To", help="An address.", max_length=50)
    copies: int | None = fields.number("Copies", None, minimum=1, maximum=3)
    rows: list[Assignment] = fields.assignments("Rows")


class Letter(Node[Form]):
    """Writes a letter."""

    type = "test.letter"
    title = "Letter"
    category = "message"
    Params = Form

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Nothing."""
        return {}


def left(description: str = "", **more) -> dict:
    return {"=": {"model": {"description": description, **more}}}


PARAMS = {
    "to": left("Who gets it."),
    "copies": left(),
    "rows": [
        {"name": "order_id", "type": "number", "value": left("The number.")},
        {"name": "order_id", "type": "auto", "value": left(schema={"type": "string"})},
        {"name": "fixed", "value": "{{ 1 }}"},
    ],
}


def test_the_schema_of_a_tool_is_that_of_its_parameters():
    schema = arguments_schema(model_fills(Letter, PARAMS))

    assert schema["properties"] == {
        "to": {"type": "string", "maxLength": 50, "description": "Who gets it."},
        "copies": {"type": "integer", "minimum": 1, "maximum": 3, "description": "Copies"},
        "order_id": {"type": "number", "description": "The number."},
        "order_id_2": {"type": "string", "description": "Value"},
    }
    assert schema["required"] == ["to", "copies", "order_id", "order_id_2"]
    assert schema["additionalProperties"] is False


def test_an_argument_that_looks_like_an_expression_stays_what_it_is():
    fills = model_fills(Letter, PARAMS)
    values = {one.path: {"=": "{{ $vars.secret }}"} for one in fills[:1]}

    assert with_values(PARAMS, values)["to"] == {"=": "{{ $vars.secret }}"}
    assert PARAMS["to"] == left("Who gets it.")
