"""Spares a service that is ill."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    Port,
    fields,
)
from headrace_sdk.fields import show_if
from headrace_sdk.state import SCOPES, Scope
from headrace_sdk.summaries import shown

MODES = {"check": "Check", "succeeded": "Report success", "failed": "Report failure"}


class Form(Params):
    """Which breaker, and when it opens."""

    mode: Literal["check", "succeeded", "failed"] = fields.select(
        "Do", "check", labels=MODES, expression=False
    )
    key: str = fields.text(
        "Key", "default", help="One breaker for each key, such as the name of the service."
    )
    threshold: int = fields.number(
        "Open after so many failures in a row",
        5,
        minimum=1,
        maximum=100_000,
        show_if=show_if("mode", "failed"),
    )
    cool_down_s: float = fields.duration(
        "Try again after",
        60,
        minimum=1,
        maximum=31 * 86_400,
        help="Then one run is let through; how it goes decides whether the breaker closes.",
        show_if=show_if("mode", "check"),
    )
    scope: Scope = fields.select(
        "Shared by", "tenant", labels=SCOPES, expression=False, advanced=True
    )


class CircuitBreaker(Node[Form]):
    """Spares a service that is ill: after some failures in a row nobody calls it for a while.

    Three of them belong together, with one key. **Check** in front of the call: items leave by
    Out while the breaker is closed, and by **Open** while it is not. **Report success** behind the
    call, and **report failure** behind its error port (set the call's *On error* to the error
    port). After the cool-down one run alone may try; if it reports success the breaker closes, if
    it reports failure, or nothing in another cool-down, the next one may try later.

    A run reports once, however often it is attempted. The key of the first item holds for all.
    """

    type = "flow.circuit_breaker"
    title = "Circuit Breaker"
    category = "flow"
    icon = "unplug"
    synonyms = ("fail fast", "outage", "dependency", "half open")
    outputs = (Port("main", "Out"), Port("open", "Open"))
    effect = "read"
    Params = Form
    examples = (
        Example("Is the shop well?", {"key": "shop"}, [{"order": 1}], {"main": [{"order": 1}]}),
        Example(
            "The shop has failed",
            {"mode": "failed", "key": "shop", "threshold": 3},
            [{"order": 1}],
            {"main": [{"order": 1}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What it does, and the key."""
        mode = MODES.get(str(params.get("mode", "check")), "")
        return f"{mode} {shown(params.get('key', 'default'))}".strip()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Ask the breaker, or tell it."""
        form, breaker = params.first, ctx.coordination
        items = [item.at(index) for index, item in enumerate(inputs.main)]
        if form.mode == "check":
            is_closed = await breaker.may_pass(
                form.key, cool_down_s=form.cool_down_s, scope=form.scope
            )
            return {"main" if is_closed else "open": items}
        failed = form.mode == "failed"
        await breaker.report(form.key, failed=failed, threshold=form.threshold, scope=form.scope)
        return {"main": items}
