"""Lets only so many runs into a part of a workflow."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    Place,
    Port,
    Suspension,
    Wake,
    fields,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.state import SCOPES, Scope
from headrace_sdk.summaries import shown


class Form(Params):
    """Which lock, and how long."""

    operation: Literal["acquire", "release"] = fields.select(
        "Operation",
        "acquire",
        labels={"acquire": "Acquire", "release": "Release"},
        expression=False,
    )
    key: str = fields.text(
        "Key", "default", help="All with one key share the lock, such as one customer."
    )
    slots: int = fields.number(
        "Slots",
        1,
        minimum=1,
        maximum=10_000,
        help="So many may be inside at once.",
        show_if=show_if("operation", "acquire"),
        half=True,
    )
    lease_s: float = fields.duration(
        "Lease",
        300,
        minimum=1,
        maximum=31 * 86_400,
        help="Whoever stays longer has lost the slot.",
        show_if=show_if("operation", "acquire"),
        half=True,
    )
    waits: bool = fields.toggle(
        "Wait for a free slot", True, show_if=show_if("operation", "acquire"), expression=False
    )
    timeout_s: float = fields.duration(
        "Give up after",
        0,
        help="Then the items leave by Timed out. 0: wait for as long as it takes.",
        show_if=show_if("operation", "acquire"),
    )
    lost: Literal["fail", "go_on"] = fields.select(
        "If the lease ran out",
        "fail",
        labels={"fail": "Fail", "go_on": "Go on"},
        show_if=show_if("operation", "release"),
    )
    scope: Scope = fields.select(
        "Shared by", "workflow", labels=SCOPES, expression=False, advanced=True
    )
    field: str = fields.text(
        "Put the fence into the field",
        "lock",
        help="`{key, fence, until}`: the fence grows with every holder. Empty: nowhere.",
        show_if=show_if("operation", "acquire"),
        advanced=True,
    )


class Lock(Node[Form]):
    """Lets only so many runs at once into the part of a workflow between *acquire* and *release*.

    Use it where two runs must not work on the same thing, with the key of that thing. Runs wait in
    the order of their arrival and hold no worker meanwhile; those that give up, or do not want to
    wait, leave by **Timed out**. A slot is free again when it is released, when the execution ends
    in any way, or when its **lease** runs out. Then *release* fails, since somebody else may have
    been inside: choose a lease longer than the work. Pass the **fence** to the other side if it
    can refuse what comes late from a former holder.

    The key of the first item holds for all.
    """

    type = "flow.lock"
    title = "Concurrency Lock"
    category = "flow"
    icon = "lock"
    synonyms = ("mutex", "semaphore", "critical section", "slots", "exclusive")
    outputs = (Port("main", "Out"), Port("timeout", "Timed out"))
    effect = "read"
    Params = Form
    examples = (
        Example("One run for each customer", {"key": "customer-17"}, [{"id": 17}]),
        Example(
            "Release it",
            {"operation": "release", "key": "customer-17"},
            [{"id": 17}],
            {"main": [{"id": 17}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation and the key."""
        operation = shown(params.get("operation", "acquire"))
        return f"{operation} {shown(params.get('key', 'default'))}".capitalize()

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Take a place at the lock, or give it up."""
        form = params.first
        if form.operation == "acquire":
            return await self._acquire(ctx, form, inputs)
        is_held = await ctx.coordination.release(form.key, scope=form.scope)
        if not is_held and form.lost == "fail":
            message = (
                f'The slot of "{form.key}" was lost before it was released: its lease ran out, or '
                "it was never acquired. Choose a longer lease, or check whether somebody else has "
                "worked on the same thing."
            )
            raise NodeError(message, code="lock_lost")
        return to_main([item.at(index) for index, item in enumerate(inputs.main)])

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs | Suspension:
        """Woken, or another holder's lease is over, or this one's patience."""
        return await self._acquire(ctx, params.first, inputs)

    async def _acquire(self, ctx: Context, form: Form, inputs: Inputs) -> Outputs | Suspension:
        deadline = ctx.now + timedelta(seconds=form.timeout_s) if form.timeout_s else None
        place = await self._ask(ctx, form, waits=form.waits)
        if place.state == "waiting" and deadline is not None and place.asked_at >= deadline:
            place = await self._ask(ctx, form, waits=False)
        if place.state == "held":
            return to_main(_held(form, place, inputs))
        if place.state == "waiting":
            return Suspension("time", until=_earlier(place.until, deadline))
        return {"timeout": [item.at(index) for index, item in enumerate(inputs.main)]}

    async def _ask(self, ctx: Context, form: Form, *, waits: bool) -> Place:
        return await ctx.coordination.acquire(
            form.key, slots=form.slots, lease_s=form.lease_s, waits=waits, scope=form.scope
        )


def _held(form: Form, place: Place, inputs: Inputs) -> list[Item]:
    until = place.until.isoformat() if place.until else None
    fact: JsonObject = {"key": form.key, "fence": place.fence, "until": until}
    added: JsonObject = {form.field: fact} if form.field else {}
    return [
        Item(item.json | added, item.binary, (Pair(0, index),))
        for index, item in enumerate(inputs.main)
    ]


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
