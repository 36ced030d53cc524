"""Keeps a number of items."""

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
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown


class Form(Params):
    """How many, and from where."""

    count: int = fields.number("Items", 1, minimum=0, half=True)
    take: Literal["first", "last", "sample"] = fields.select(
        "Take the",
        "first",
        labels={"first": "First", "last": "Last", "sample": "Sample: any, by chance"},
        half=True,
    )
    offset: int = fields.number(
        "Skip",
        0,
        minimum=0,
        help="As many items are passed over before, counted from the same end.",
        show_if=show_if("take", "first", "last"),
        advanced=True,
    )


class Limit(Node[Form]):
    """Keeps a number of items from the beginning, the end, or by chance.

    Use it after **Sort** for the top ten, to try a workflow with little data, or to look into a
    sample. The items come out unchanged and in their order; the others are dropped. Chance is that
    of the run: a repeated step takes the same sample.
    """

    type = "data.limit"
    title = "Limit"
    category = "data"
    icon = "list-end"
    synonyms = ("top", "first", "last", "head", "tail", "take", "slice", "sample", "random")
    Params = Form
    examples = (
        Example(
            "The first two",
            {"count": 2},
            [{"n": 1}, {"n": 2}, {"n": 3}],
            {"main": [{"n": 1}, {"n": 2}]},
        ),
        Example(
            "The one before the last",
            {"count": 1, "take": "last", "offset": 1},
            [{"n": 1}, {"n": 2}, {"n": 3}],
            {"main": [{"n": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How many, and from where."""
        return f"{shown(params.get('take', 'first'))} {shown(params.get('count', 1))}".capitalize()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """A slice."""
        form, total = params.first, len(inputs.main)
        if form.take == "sample":
            drawn = ctx.random.sample(range(total), min(form.count, total))
            return to_main([inputs.main[index].at(index) for index in sorted(drawn)])
        if form.take == "first":
            start, end = form.offset, form.offset + form.count
        else:
            end = max(total - form.offset, 0)
            start = max(end - form.count, 0)
        places = range(start, min(end, total))
        return to_main([inputs.main[index].at(index) for index in places])
