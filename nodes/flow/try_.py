"""Catches errors of a part of the workflow."""

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
    """What is caught."""

    codes: list[str] = fields.tags(
        "Only these errors",
        list,
        help="Codes such as timeout or invalid_date; each step that failed shows its code. "
        "Others pass on. Empty: all errors.",
        placeholder="timeout",
        expression=False,
    )


class Try(Node[Form]):
    """Runs its body, and goes on where the body fails.

    Everything that leads from **Body** belongs to it; lead the last node back to this one if its
    items are the result. If a step of the body fails for good, its branches are stopped and one
    item leaves by **Caught**: the item that the step was at, with the field `error`, which has
    `code`, `message` and `node`. **Finally** always follows when the body is over: with what came
    back, or, if nothing did, with the items that went in.

    A step with an error branch of its own never gets here. Errors of other codes than the given
    ones pass on, to an enclosing Try or to the whole run.
    """

    type = "flow.try"
    title = "Try / Catch"
    category = "flow"
    icon = "shield"
    synonyms = ("catch", "error handling", "exception", "finally", "scope")
    outputs = (Port("loop", "Body"), Port("done", "Finally"), Port("error", "Caught"))
    loop = "once"
    Params = Form
    examples = (
        Example("Catch everything", {}, [{"id": 1}], {"loop": [{"id": 1}]}),
        Example("Catch time limits only", {"codes": ["timeout"]}, [{"id": 1}]),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What is caught."""
        codes = params.get("codes")
        names = [code for code in codes if isinstance(code, str)] if isinstance(codes, list) else []
        return " ".join(", ".join(names).split())

    @classmethod
    def loop_rule(cls, params: JsonObject) -> LoopRule:
        """Once, catching."""
        codes = params.get("codes")
        caught = codes if isinstance(codes, list) else ()
        return LoopRule(
            "once",
            on_body_error="catch",
            catches=tuple(code for code in caught if isinstance(code, str)),
        )

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """All items into the body."""
        return {"loop": PassedOn(inputs.main)}
