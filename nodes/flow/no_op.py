"""Does nothing: a place for branches to meet."""

from __future__ import annotations

from headrace_sdk import Context, Example, Inputs, Node, Outputs, Params, ParamSet, to_main


class Form(Params):
    """No parameters."""


class NoOp(Node[Form]):
    """Passes every item on as it came.

    Use it to give several branches one place to meet, or as a stand-in while you draw. Every
    branch that arrives is passed on by itself; to wait for all of them, use **Merge**.
    """

    type = "flow.no_op"
    title = "No Operation"
    category = "flow"
    icon = "circle-dot"
    synonyms = ("pass", "nothing", "placeholder", "noop")
    Params = Form
    examples = (Example("Pass an item on", {}, [{"id": 1}], {"main": [{"id": 1}]}),)

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items, with their lineage."""
        return to_main([item.at(index) for index, item in enumerate(inputs.main)])
