"""Remembers how to undo what was done."""

from __future__ import annotations

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    JsonObject,
    LoopRule,
    Node,
    Outputs,
    Params,
    ParamSet,
    PassedOn,
    Port,
    fields,
)


class Form(Params):
    """When to undo."""

    on_cancel: bool = fields.toggle(
        "Undo after a cancel, too",
        False,
        help="Else what was done stays when somebody cancels the run.",
        expression=False,
    )


class Compensate(Node[Form]):
    """Remembers how to undo the step before it, for the case that a later one fails.

    Put it behind a step that changes something, such as a booking, and lead **Undo** to the steps
    that take it back. They run only if the execution fails, or the body of a **Try** in which this
    node stands: what was done last is undone first, one after another, each with the items that
    arrived here. Its own outputs are there as well, as `$("Book flight")`.

    An undo that fails keeps the others from nothing; the run ends with the error that it failed
    by. After undoing, a run cannot be retried.
    """

    type = "flow.compensate"
    title = "Compensate"
    category = "flow"
    icon = "undo-2"
    synonyms = ("saga", "undo", "rollback", "transaction", "take back")
    outputs = (Port("main", "Out"), Port("undo", "Undo"))
    loop = "undo"
    Params = Form
    examples = (
        Example(
            "The booking is passed on, and remembered",
            {},
            [{"booking": 1}],
            {"main": [{"booking": 1}], "undo": [{"booking": 1}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Whether a cancel undoes."""
        return "after a cancel, too" if params.get("on_cancel") is True else ""

    @classmethod
    def loop_rule(cls, params: JsonObject) -> LoopRule:
        """Its body undoes."""
        return LoopRule("undo", undo_on_cancel=params.get("on_cancel") is True)

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """On with the items; the engine keeps what leaves by Undo until it is needed."""
        return {"main": PassedOn(inputs.main), "undo": PassedOn(inputs.main)}
