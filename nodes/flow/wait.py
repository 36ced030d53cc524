"""Pauses without holding a worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Port,
    Suspension,
    UserError,
    Wake,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.moments import as_moment
from headrace_sdk.summaries import shown

YEAR_S: Final = 366 * 86_400


class Form(Params):
    """Until when."""

    mode: Literal["for", "until", "call"] = fields.select(
        "Wait",
        "for",
        labels={
            "for": "For some time",
            "until": "Until a date",
            "call": "Until somebody calls the resume address",
        },
        expression=False,
    )
    duration_s: float = fields.duration(
        "How long", 60, minimum=0, maximum=YEAR_S, show_if=show_if("mode", "for")
    )
    until: str = fields.date(
        "Until",
        "",
        help="A date with time; without an offset it is UTC. A past date does not wait.",
        show_if=show_if("mode", "until"),
    )
    timeout_s: float = fields.duration(
        "Give up after",
        0,
        minimum=0,
        maximum=YEAR_S,
        help="Then the items leave by Timed out. 0: wait for as long as it takes.",
        show_if=show_if("mode", "call"),
    )
    field: str = fields.text(
        "Put the call into the field",
        "resumed_with",
        help="What the caller sent is added to every item under this name; empty: not at all.",
        show_if=show_if("mode", "call"),
        advanced=True,
    )


class Wait(Node[Form]):
    """Pauses this branch: for some time, until a date, or until somebody calls.

    Nothing is held meanwhile, so a wait may last a year and survives restarts. Other branches go
    on. The **resume address** works once; expressions of earlier nodes have it under the name of
    this node: `{{ $execution.resumeUrls["Wait"] }}`. Whoever has it may let the run go on.

    The items come out as they went in. After a call each also has what the caller sent, in the
    field `resumed_with`. When nobody called in time they leave by **Timed out**.
    """

    type = "flow.wait"
    opens_address = True
    title = "Wait"
    category = "flow"
    icon = "hourglass"
    synonyms = ("pause", "delay", "sleep", "resume", "timer")
    outputs = (Port("main", "Out"), Port("timeout", "Timed out"))
    Params = Form
    examples = (
        Example("Wait for five minutes", {"mode": "for", "duration_s": 300}, [{"id": 1}]),
        Example(
            "A past date does not wait",
            {"mode": "until", "until": "2020-01-01T00:00:00Z"},
            [{"id": 1}],
            {"main": [{"id": 1}]},
        ),
        Example("Wait for a call, a day at most", {"mode": "call", "timeout_s": 86_400}),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Until when."""
        mode = params.get("mode", "for")
        if mode == "call":
            return "Until called"
        if mode == "until":
            return f"Until {shown(params.get('until'))}".strip()
        return f"{shown(params.get('duration_s', 60))} s"

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Suspends, unless the time is past already."""
        form = params.first
        if form.mode == "call":
            until = ctx.now + timedelta(seconds=form.timeout_s) if form.timeout_s else None
            return Suspension("token", until=until, token=True)
        until = ctx.now + timedelta(seconds=form.duration_s)
        if form.mode == "until":
            moment = as_moment(form.until)
            if moment is None:
                message = "Give the date in ISO 8601, such as 2026-03-01T09:00:00+01:00."
                raise UserError(message, field="until", code="invalid_date")
            until = moment
        if until <= ctx.now:
            return to_main(_passed_on(inputs))
        return Suspension("time", until=until)

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs:
        """The items, by the port that says why it goes on."""
        form = params.first
        if form.mode != "call":
            return to_main(_passed_on(inputs))
        if wake.kind == "time":
            return {"timeout": _passed_on(inputs)}
        if not form.field:
            return to_main(_passed_on(inputs))
        return to_main(
            [
                Item(item.json | {form.field: wake.data}, item.binary, (Pair(0, index),))
                for index, item in enumerate(inputs.main)
            ]
        )


def _passed_on(inputs: Inputs) -> list[Item]:
    return [item.at(index) for index, item in enumerate(inputs.main)]
