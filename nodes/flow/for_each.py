"""Runs a part of the workflow once for each item, or for each few of them."""

from __future__ import annotations

from typing import Final, Literal, cast

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
from headrace_sdk.summaries import shown

MAX_BATCH: Final = 10_000
MAX_CONCURRENCY: Final = 20


class Form(Params):
    """How the items are taken apart."""

    batch_size: int = fields.number(
        "Items a turn", 1, minimum=1, maximum=MAX_BATCH, help="So many items go round together."
    )
    concurrency: int = fields.number(
        "Turns at once",
        1,
        minimum=1,
        maximum=MAX_CONCURRENCY,
        help="More than 1: turns run side by side. The results keep the order of the items.",
        expression=False,
    )
    on_error: Literal["stop", "skip", "collect"] = fields.select(
        "If a turn fails",
        "stop",
        labels={
            "stop": "Stop: the whole run fails",
            "skip": "Skip it and go on",
            "collect": "Go on, and send its error out by Errors",
        },
        expression=False,
    )


class ForEach(Node[Form]):
    """Takes its items apart and runs its body for each of them, or for each few.

    What leads from **Body** back to this node is the loop. Each turn gets the next items; what
    comes back is kept, and when all turns have ended everything leaves by **Done**, in the order
    of the items, however many turns ran side by side. A turn that lets nothing through gives no
    result, and with no items at all Done follows at once. `{{ $runIndex }}` is the number of the
    turn.

    A loop may hold other loops. It goes on where it was after a restart, and its results are not
    kept in memory: 100,000 items are fine.
    """

    type = "flow.for_each"
    title = "For Each"
    category = "flow"
    icon = "repeat"
    synonyms = ("loop", "iterate", "batch", "split in batches", "map", "repeat")
    outputs = (Port("loop", "Body"), Port("done", "Done"), Port("error", "Errors"))
    loop = "items"
    Params = Form
    examples = (
        Example(
            "One item a turn",
            {},
            [{"id": 1}, {"id": 2}],
            {"loop": [{"id": 1}, {"id": 2}]},
        ),
        Example("Batches of 100, four at once", {"batch_size": 100, "concurrency": 4}, [{"id": 1}]),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The size of a turn."""
        size = params.get("batch_size", 1)
        return "" if size == 1 else f"{shown(size)} items a turn"

    @classmethod
    def loop_rule(cls, params: JsonObject) -> LoopRule:
        """Turns over items."""
        at_once, on_error = params.get("concurrency"), params.get("on_error")
        is_valid = isinstance(at_once, int) and 1 <= at_once <= MAX_CONCURRENCY
        return LoopRule(
            "items",
            concurrency=cast("int", at_once) if is_valid else 1,
            on_body_error=on_error if on_error in {"skip", "collect"} else "stop",  # type: ignore[arg-type]
        )

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """All items, to be taken apart by the engine."""
        return {"loop": PassedOn(inputs.main, params.first.batch_size)}
