"""Pauses without holding a worker."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final, Literal

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
    PortsFrom,
    Suspension,
    UserError,
    Wake,
    fields,
    to_main,
)
from headrace_sdk.events import wait_for_event
from headrace_sdk.fields import show_if
from headrace_sdk.moments import as_moment
from headrace_sdk.summaries import shown

YEAR_S: Final = 366 * 86_400
WITH_TIMEOUT: Final = ("call", "event")


class Form(Params):
    """Until when."""

    mode: Literal["for", "until", "call", "event"] = fields.select(
        "Wait",
        "for",
        labels={
            "for": "For some time",
            "until": "Until a date",
            "call": "Until somebody calls the resume address",
            "event": "Until an event happens",
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
    pattern: str = fields.text(
        "Event",
        "",
        placeholder="order.paid",
        help="The type of the event, or its beginning as in order.*",
        show_if=show_if("mode", "event"),
    )
    match_field: str = fields.text(
        "Where the event has",
        "",
        placeholder="order_id",
        help="A field of the event's data; empty: any event of this type.",
        show_if=show_if("mode", "event"),
        expression=False,
        half=True,
    )
    match_value: Any = fields.text(
        "the value",
        None,
        max_length=None,
        help="Of all waiting runs, those with this value go on.",
        show_if=show_if("mode", "event"),
        half=True,
    )
    timeout_s: float = fields.duration(
        "Give up after",
        0,
        minimum=0,
        maximum=YEAR_S,
        help="Then the items leave by Timed out. 0: wait for as long as it takes.",
        show_if=show_if("mode", *WITH_TIMEOUT),
    )
    field: str = fields.text(
        "Put what came into the field",
        "resumed_with",
        help="What the caller sent, or the event, is added to every item; empty: not at all.",
        show_if=show_if("mode", *WITH_TIMEOUT),
        advanced=True,
    )


class Wait(Node[Form]):
    """Pauses this branch: for some time, until a date, a call, or an event.

    Nothing is held meanwhile, so a wait may last a year and survives restarts. Other branches go
    on. The **resume address** works once; expressions of earlier nodes have it under the name of
    this node: `{{ $execution.resumeUrls["Wait"] }}`. Whoever has it may let the run go on.

    It can also wait for an **event** that another run, a person or a program emits, such as
    `order.paid` with the same `order_id`. Only events that come after the wait has begun count.

    The items come out as they went in. After a call or an event each also has what came, in the
    field `resumed_with`. When nothing came in time they leave by **Timed out**.
    """

    type = "flow.wait"
    opens_address = True
    title = "Wait"
    category = "flow"
    icon = "hourglass"
    synonyms = ("pause", "delay", "sleep", "resume", "timer", "event", "correlate")
    outputs = (Port("main", "Out"), Port("timeout", "Timed out"))
    outputs_from = PortsFrom(plus=("main",), also=(("timeout", "mode", WITH_TIMEOUT),))
    attachable = True
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
        Example(
            "Wait until this order is paid",
            {
                "mode": "event",
                "pattern": "order.paid",
                "match_field": "order_id",
                "match_value": 7,
            },
            [{"order_id": 7}],
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Until when."""
        mode = params.get("mode", "for")
        if mode == "call":
            return "Until called"
        if mode == "event":
            return f"Until {shown(params.get('pattern'))}".strip()
        if mode == "until":
            return f"Until {shown(params.get('until'))}".strip()
        return f"{shown(params.get('duration_s', 60))} s"

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Suspends, unless the time is past already."""
        form = params.first
        if form.mode in WITH_TIMEOUT:
            end = ctx.now + timedelta(seconds=form.timeout_s) if form.timeout_s else None
            if form.mode == "call":
                return Suspension("token", until=end, token=True)
            return wait_for_event(
                form.pattern, field=form.match_field, value=form.match_value, until=end
            )
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
        if form.mode not in WITH_TIMEOUT:
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
