"""Nodes that run in a process of their own, and do there what would harm a worker."""

from __future__ import annotations

import os
import sys
import time
from typing import Any, ClassVar

from headrace_sdk import Inputs, Item, Node, Outputs, Params, ParamSet, UserError, fields
from headrace_sdk.context import Context


class Form(Params):
    """What it does."""

    act: str = fields.text("Act", "answer")


class Apart(Node[Form]):
    """Prints, computes, fails, hangs or dies, as it is told."""

    type = "test.apart"
    title = "Apart"
    category = "flow"
    place: ClassVar[Any] = "child"
    Params = Form

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Act."""
        print("printed by the node")  # noqa: T201 - that it can is what is tested
        made = getattr(self, params.first.act)(ctx)
        return {"main": [Item({"made": made, "given": len(inputs.main)}).at(0)]}

    def answer(self, ctx: Context) -> Any:
        ctx.log("said by the node", level="warning", fact=1)
        return {"attempt": ctx.attempt, "random": ctx.random.random(), "now": ctx.now.isoformat()}

    def environment(self, _ctx: Context) -> Any:
        return [sorted(os.environ), os.getpid()]

    def refuse(self, _ctx: Context) -> Any:
        raise UserError("Not like this.", field="act", item=0)

    def fault(self, _ctx: Context) -> Any:
        raise ZeroDivisionError("a secret")

    def hang(self, _ctx: Context) -> Any:
        while True:
            time.sleep(60)

    def die(self, _ctx: Context) -> Any:
        os.abort()

    def grow(self, _ctx: Context) -> Any:
        # Counted when it is asked for: a machine without the limit is not harmed either.
        return len(bytearray(8 << 30))

    def leave(self, _ctx: Context) -> Any:
        sys.exit(3)

    def call(self, ctx: Context) -> Any:
        return ctx.http

    def shout(self, _ctx: Context) -> Any:
        print("x" * 300_000)  # noqa: T201
        return "done"

    def unusual(self, _ctx: Context) -> Any:
        return {1, 2}
