"""Makes one run of a burst of runs."""

from __future__ import annotations

from typing import Literal

from headrace_sdk import (
    Context,
    Example,
    Gathered,
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
    Wake,
    fields,
)
from headrace_sdk.state import SCOPES, Scope
from headrace_sdk.summaries import shown


class Form(Params):
    """What belongs together."""

    window_s: float = fields.duration("Wait for more", 10, minimum=0.1, maximum=31 * 86_400)
    keep: Literal["last", "first"] = fields.select(
        "Who goes on",
        "last",
        labels={
            "last": "The last run, when no other came for that time (debounce)",
            "first": "The first run, that time after it came (batch)",
        },
        expression=False,
    )
    key: str = fields.text(
        "Key", "default", help="Runs with one key belong together, such as one document."
    )
    at_most: int = fields.number(
        "Go on at once with",
        1_000,
        minimum=1,
        maximum=100_000,
        unit="items",
        help="A burst does not wait longer when it has so many.",
        advanced=True,
    )
    scope: Scope = fields.select(
        "Shared by", "workflow", labels=SCOPES, expression=False, advanced=True
    )


class Debounce(Node[Form]):
    """Makes one run of a burst of runs: one of them goes on with the items of all.

    Use it behind a trigger that fires many times in a row, such as saves of one document. The
    **last** run goes on when no other came for the time that you give; or the **first** one goes
    on that time after it came. It gets all items in the order of their arrival; the other runs
    leave by **Collapsed** with their own items. Nobody holds a worker while waiting.

    If the run that was to go on is cancelled, the next one that comes takes over its items.
    """

    type = "flow.debounce"
    title = "Debounce"
    category = "flow"
    icon = "combine"
    synonyms = ("batch", "burst", "collapse", "coalesce", "group runs")
    outputs = (Port("main", "Out"), Port("collapsed", "Collapsed"))
    effect = "read"
    Params = Form
    examples = (
        Example("After ten quiet seconds", {"key": "document-7"}, [{"save": 1}]),
        Example(
            "A batch every minute", {"keep": "first", "window_s": 60, "at_most": 500}, [{"n": 1}]
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Who goes on, and when."""
        keep = shown(params.get("keep", "last"))
        return f"{keep} of {shown(params.get('window_s', 10))} s".capitalize()

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Join the burst."""
        form = params.first
        gathered = await ctx.coordination.gather(
            form.key,
            inputs.main,
            window_s=form.window_s,
            keep=form.keep,
            at_most=form.at_most,
            scope=form.scope,
        )
        return _go(gathered, inputs)

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs | Suspension:
        """See what became of it."""
        form = params.first
        return _go(await ctx.coordination.collect(form.key, scope=form.scope), inputs)


def _go(gathered: Gathered, inputs: Inputs) -> Outputs | Suspension:
    if gathered.state == "leads":
        return Suspension("time", until=gathered.due_at)
    if gathered.state == "collapsed":
        return {"collapsed": [item.at(index) for index, item in enumerate(inputs.main)]}
    # Items of other executions have no ancestor here; they came because of the first one.
    return {"main": [Item(item.json, item.binary, (Pair(0, 0),)) for item in gathered.items]}
