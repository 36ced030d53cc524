"""Ends a run on purpose."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    JsonObject,
    Node,
    NodeError,
    Outputs,
    Params,
    ParamSet,
    fields,
)
from headrace_sdk.fields import show_if


class Form(Params):
    """How it ends."""

    result: Literal["error", "success"] = fields.select(
        "End as",
        "error",
        labels={"error": "Error: the whole run fails", "success": "Success: the whole run ends"},
        expression=False,
    )
    message: str = fields.textarea(
        "Message",
        "The workflow was stopped.",
        rows=2,
        help="Shown in the run, and sent to whoever is told about failures.",
        show_if=show_if("result", "error"),
    )
    code: str = fields.text(
        "Code",
        "stopped",
        help="A stable word for programs to look at, such as out_of_stock.",
        show_if=show_if("result", "error"),
        advanced=True,
    )


class Stop(Node[Form]):
    """Ends the whole run: with an error of your own, or as a success before its time.

    - **Error**: the whole run fails with your message and code, other branches stop, and error
      handling starts as for any failure. Use it where data is not as it must be.
    - **Success**: the run is completed at once. Its result is what arrived here, other branches
      stop, and waits are given up. To end one branch only, let it end: draw no wire on from it.

    Nothing comes out. A webhook that waits is answered by a **Respond** node before this one.
    """

    type = "flow.stop"
    title = "Stop"
    category = "flow"
    icon = "octagon-x"
    synonyms = ("stop and error", "fail", "throw", "raise", "end", "abort")
    outputs = ()
    Params = Form
    examples = (Example("Enough is known: end the run", {"result": "success"}, [{"id": 1}], {}),)

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The message, or that the branch ends."""
        if params.get("result") == "success":
            return "End the run"
        message = params.get("message")
        return " ".join(message.split())[:80] if isinstance(message, str) else "Fail the run"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Nothing, or the error."""
        form = params.first
        if form.result == "error":
            raise NodeError(form.message or "The workflow was stopped.", code=form.code, item=0)
        ctx.end_execution()
        return {}
