"""Starts a run that another workflow calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace_sdk import (
    Arrival,
    CallRegistration,
    Example,
    Item,
    JsonObject,
    Params,
    Registration,
    Trigger,
    fields,
)
from headrace_sdk.inputs import TypedInput, given_items, offered
from headrace_sdk.summaries import names_in


class Form(Params):
    """What callers must give."""

    inputs: list[TypedInput] = fields.rows(
        "Inputs",
        add="Add input",
        help="Checked for every call; none: anything is taken.",
        expression=False,
    )
    description: str = fields.textarea(
        "Description", "", help="What it does, for whoever calls it.", rows=2, expression=False
    )
    samples: list[dict[str, Any]] = fields.json(
        "Sample items",
        list,
        help='Used when it is run by hand without items, such as [{"order_id": 7}].',
        expression=False,
    )


class WorkflowInput(Trigger[Form]):
    """Makes a workflow callable by others, with typed inputs.

    A **Run Workflow** node of another workflow starts it. The items of the call come out, each
    with its inputs checked and converted; what does not fit fails the caller's step, with the name
    of the input. The result of the run, the items of its last node, goes back to the caller.
    """

    type = "triggers.workflow_input"
    title = "Workflow Input"
    category = "trigger"
    icon = "log-in"
    synonyms = ("sub-workflow", "subworkflow", "call", "function", "execute workflow trigger")
    Params = Form
    examples = (
        Example(
            "A number that callers must give",
            {"inputs": [{"name": "order_id", "type": "number", "required": True}]},
            [{"order_id": "7"}],
            {"main": [{"order_id": 7}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The names of the inputs."""
        return names_in(params.get("inputs"))

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """May be called."""
        return [CallRegistration(offered(params.inputs))]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The items of the call, each with its inputs checked."""
        return given_items(params.inputs, arrival, params.samples)
