"""Tells the workspace that something happened."""

from __future__ import annotations

from typing import Any

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
    UserError,
    fields,
    to_main,
)
from headrace_sdk.summaries import shown


class Form(Params):
    """Which event."""

    event: str = fields.text(
        "Event", placeholder="order.paid", help="Lower-case words joined by dots."
    )
    payload: Any = fields.json(
        "Data", None, help="An object; empty: the item itself. Triggers filter by its fields."
    )
    ordering_key: str = fields.text(
        "Ordering key",
        "",
        max_length=200,
        help="Events of one key are handled in order by triggers that ask for it.",
        advanced=True,
    )


class EmitEvent(Node[Form]):
    """Emits one event for each item; the items go on as they came.

    Workflows with an **Event Trigger** start, and runs that wait for such an event go on. An event
    leaves once this step is recorded, and exactly once, also when a worker dies meanwhile.
    """

    type = "flow.emit_event"
    title = "Emit Event"
    category = "flow"
    icon = "megaphone"
    effect = "write"
    # An event has one id in every attempt, so repeating it is harmless.
    sends_idempotency_key = True
    synonyms = ("publish", "bus", "signal", "message", "pub sub")
    attachable = True
    Params = Form
    examples = (
        Example(
            "An order was paid",
            {"event": "order.paid", "payload": {"order_id": 7}},
            [{"order_id": 7, "note": "not told"}],
            {"main": [{"order_id": 7, "note": "not told"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The type of the event."""
        return shown(params.get("event"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One event an item.

        Raises:
            UserError: the type is no event type, or the data are no object.
        """
        for index, item in enumerate(inputs.main):
            form = params[index]
            data = item.json if form.payload is None else form.payload
            if not isinstance(data, dict):
                message = 'The data of an event are an object, such as {"order_id": 7}.'
                raise UserError(message, field="payload", code="invalid_event", item=index)
            ctx.emit(form.event, data, ordering_key=form.ordering_key, item=index)
        return to_main([_passed(item, index) for index, item in enumerate(inputs.main)])


def _passed(item: Item, index: int) -> Item:
    return item.at(index)
