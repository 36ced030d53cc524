"""Runs JavaScript of the author's own in a sandbox."""

from __future__ import annotations

from typing import Final, Literal

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

START: Final = """for (const item of items) {
  item.json.seen = true;
}
return items;
"""


class Form(Params):
    """What runs, and how often."""

    mode: Literal["all", "each"] = fields.select(
        "Run",
        "all",
        labels={"all": "Once for all items", "each": "Once for each item"},
        expression=False,
    )
    code: str = fields.code(
        "Code",
        START,
        language="javascript",
        help="Return an array of items, or one. console.log() writes to the log of the step.",
        expression=False,
    )


class JavaScript(Node[Form]):
    """Runs JavaScript that you write, over all items at once or item by item.

    Once for all items, the code sees them as `items`: each has `json` and, if there are files,
    `binary`. Once for each item it sees `item`, its `$json` and its number `$itemIndex`. Both
    have `$input` (`all()`, `first()`, `last()`, `item`), `$execution`, `$workflow` and
    `console`, and may `await`. For dates there is luxon: `DateTime`, `Duration`, `Interval`,
    and `$now` and `$today` in the time zone of the workflow; other zones are known when the
    code names them, as in `setZone("Asia/Tokyo")`. What it returns become the items: an array,
    one item, or plain objects. For one item, `null` leaves it out.

    Items that you pass on, change or sort keep their connection to where they came from; a new
    one gets it by `{ json, pairedItem: 0 }`.

    The code runs in a sandbox: it has no files, no network, no timers and no packages, 30 seconds
    and 256 MB. `Math.random()` gives the same numbers when the step is repeated.
    """

    type = "code.javascript"
    title = "JavaScript"
    category = "code"
    icon = "braces"
    place = "async"
    synonyms = ("code", "script", "function", "js", "transform", "custom")
    Params = Form
    examples = (
        Example(
            "Add up and keep the large ones",
            {
                "code": "for (const item of items) {\n"
                "  item.json.total = item.json.price * item.json.count;\n"
                "}\n"
                "return items.filter((item) => item.json.total > 10);"
            },
            [{"price": 3, "count": 2}, {"price": 5, "count": 4}],
            {"main": [{"price": 5, "count": 4, "total": 20}]},
        ),
        Example(
            "One object from many items",
            {
                "code": "return {\n"
                "  json: { names: items.map((item) => item.json.name).join(', ') },\n"
                "  pairedItem: items.map((item, index) => index),\n"
                "};"
            },
            [{"name": "Ada"}, {"name": "Grace"}],
            {"main": [{"names": "Ada, Grace"}]},
        ),
        Example(
            "Item by item",
            {"mode": "each", "code": "return { ...$json, position: $itemIndex + 1 };"},
            [{"name": "Ada"}, {"name": "Grace"}],
            {"main": [{"name": "Ada", "position": 1}, {"name": "Grace", "position": 2}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """How often it runs."""
        return "Once for each item" if params.get("mode") == "each" else "Once for all items"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """What the code returns."""
        form = params.first
        run = ctx.execution
        items = await ctx.code.run(
            "javascript",
            form.code,
            inputs.main,
            per_item=form.mode == "each",
            variables={
                "$execution": {"id": run.id, "mode": run.mode, "number": run.number},
                "$workflow": {"id": run.workflow_id, "name": run.workflow_name},
            },
        )
        return to_main(items)
