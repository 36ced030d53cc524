"""Runs a part of the workflow again and again while conditions hold."""

from __future__ import annotations

from typing import Final

from headrace_sdk import (
    Conditions,
    Context,
    Example,
    Inputs,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    PassedOn,
    Port,
    fields,
)
from headrace_sdk.conditions import holds
from headrace_sdk.summaries import describe_conditions

MAX_ROUNDS: Final = 9_999
"""The engine itself ends a circle after 10,000 turns."""


class Form(Params):
    """How long it goes on."""

    conditions: Conditions = fields.conditions(
        "Go on while",
        help="Read from the first item, before each round. What the body brings back is what the "
        "next round starts with.",
    )
    max_rounds: int = fields.number(
        "Rounds at most",
        1_000,
        minimum=1,
        maximum=MAX_ROUNDS,
        help="After so many rounds the items leave by Limit reached; without a wire there "
        "the run fails.",
    )


class While(Node[Form]):
    """Runs its body again and again while conditions hold.

    Lead a wire from **Body** through some nodes back to this node. Before each round the
    conditions are read from the first item: if they hold, the items go into the body, else they
    leave by **Done**. What the body brings back takes their place, so a round can change what the
    conditions read: a page number, a status that is polled, a sum. If it brings nothing back the
    loop ends.

    After the most rounds allowed the items leave by **Limit reached** instead of going on for
    ever. `{{ $runIndex }}` counts the rounds from 0.
    """

    type = "flow.while"
    title = "While"
    category = "flow"
    icon = "rotate-cw"
    synonyms = ("loop", "repeat", "until", "poll", "do while")
    outputs = (Port("loop", "Body"), Port("done", "Done"), Port("limit", "Limit reached"))
    loop = "while"
    Params = Form
    examples = (
        Example(
            "While there is a next page",
            {"conditions": {"all": [{"left": "2", "op": "is_not_empty"}]}},
            [{"next": "2"}],
            {"loop": [{"next": "2"}]},
        ),
        Example(
            "Until it is done",
            {"conditions": {"all": [{"left": "done", "op": "not_equals", "right": "done"}]}},
            [{"status": "done"}],
            {"done": [{"status": "done"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The first condition in words."""
        return describe_conditions(params.get("conditions"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """All items, by the port that the first one's conditions choose."""
        form = params.first
        port = "done"
        if holds(form.conditions, 0):
            port = "limit" if ctx.turn >= form.max_rounds else "loop"
        return {port: PassedOn(inputs.main)}
