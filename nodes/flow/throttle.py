"""Lets so many items through in a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    Port,
    Rate,
    Suspension,
    Wake,
    fields,
    to_main,
)
from headrace_sdk.state import SCOPES, Scope
from headrace_sdk.summaries import shown


class Form(Params):
    """How many, how fast, and what becomes of the rest."""

    count: int = fields.number("Let through", 10, minimum=1, maximum=1_000_000, half=True)
    per_s: float = fields.duration("In", 60, minimum=0.001, maximum=31 * 86_400, half=True)
    counts: Literal["item", "run"] = fields.select(
        "Count", "item", labels={"item": "Every item", "run": "Every run of this node"}
    )
    over: Literal["wait", "reject"] = fields.select(
        "What is too much",
        "wait",
        labels={"wait": "Waits for its turn", "reject": "Leaves by Rejected"},
    )
    burst: int = fields.number(
        "At once at most",
        0,
        minimum=0,
        help="So many may go together after a pause. 0: as many as are let through in the time.",
        advanced=True,
    )
    key: str = fields.text(
        "Key", "default", help="All with one key share the rate, such as one host.", advanced=True
    )
    scope: Scope = fields.select(
        "Shared by", "workflow", labels=SCOPES, expression=False, advanced=True
    )


class Throttle(Node[Form]):
    """Lets so many items through in a time, over all runs that share a key.

    Use it in front of a service that allows only so many calls. What is too much **waits for its
    turn**, without holding a worker and in the order of arrival, or leaves by **Rejected**. Items
    that arrive together wait together until all of them may go; split them up with a loop where
    each is to go as soon as it can.

    The rate is a token bucket: after a pause a whole burst may go at once, then one after another.
    The key of the first item holds for all.
    """

    type = "flow.throttle"
    title = "Throttle"
    category = "flow"
    icon = "gauge"
    synonyms = ("rate limit", "token bucket", "slow down", "quota")
    outputs = (Port("main", "Out"), Port("rejected", "Rejected"))
    effect = "read"
    Params = Form
    examples = (
        Example(
            "Two a minute, the rest is rejected",
            {"count": 2, "over": "reject"},
            [{"n": 1}, {"n": 2}, {"n": 3}],
            {"main": [{"n": 1}, {"n": 2}], "rejected": [{"n": 3}]},
        ),
        Example("One a second, the rest waits", {"count": 1, "per_s": 1}, [{"n": 1}, {"n": 2}]),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The rate."""
        return f"{shown(params.get('count', 10))} in {shown(params.get('per_s', 60))} s"

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Take tokens; wait for them, or let through what they are enough for."""
        form, total = params.first, len(inputs.main)
        wanted = total if form.counts == "item" else 1
        rate = Rate(form.count, form.per_s, form.burst or form.count)
        waits = form.over == "wait"
        turn = await ctx.coordination.take(form.key, wanted, rate, waits=waits, scope=form.scope)
        if turn.at is not None:
            return Suspension("time", until=turn.at)
        passing = turn.granted if form.counts == "item" else total * turn.granted
        return {
            "main": _between(inputs.main, 0, passing),
            "rejected": _between(inputs.main, passing, total),
        }

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs:
        """Their turn has come."""
        return to_main(_between(inputs.main, 0, len(inputs.main)))


def _between(items: Sequence[Item], start: int, end: int) -> list[Item]:
    return [items[index].at(index) for index in range(start, end)]
