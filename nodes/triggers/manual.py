"""Starts a run by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace_sdk import (
    Arrival,
    Example,
    Item,
    JsonObject,
    ManualRegistration,
    Params,
    Registration,
    Trigger,
    fields,
)
from headrace_sdk.inputs import TypedInput, given_items
from headrace_sdk.summaries import names_in


class Form(Params):
    """What it starts with."""

    inputs: list[TypedInput] = fields.rows(
        "Inputs",
        add="Add input",
        help="Checked when a run is started; none: anything is taken.",
        expression=False,
    )
    samples: list[dict[str, Any]] = fields.json(
        "Sample items",
        list,
        help='Used when a run is started without items, such as [{"order_id": 7}].',
        expression=False,
    )


class Manual(Trigger[Form]):
    """Starts a run from the editor, the API or the command line.

    Use it to try a workflow, or for workflows that people or programs start. The items that a run
    is given come out; without any the samples do, and without samples one empty item. Declared
    inputs are checked and converted: what does not fit refuses the run.
    """

    type = "triggers.manual"
    title = "Manual Trigger"
    category = "trigger"
    icon = "mouse-pointer-click"
    synonyms = ("start", "run", "button", "test", "api", "input")
    Params = Form
    examples = (
        Example(
            "Typed inputs",
            {"inputs": [{"name": "order_id", "type": "number", "required": True}]},
            [{"order_id": "7"}],
            {"main": [{"order_id": 7}]},
        ),
        Example("Samples", {"samples": [{"n": 1}, {"n": 2}]}, [{}], {"main": [{"n": 1}, {"n": 2}]}),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The names of the inputs."""
        return names_in(params.get("inputs"))

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """Nothing to wait for."""
        return [ManualRegistration()]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The items, each with its inputs checked."""
        return given_items(params.inputs, arrival, params.samples)
