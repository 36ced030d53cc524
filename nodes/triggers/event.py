"""Starts a run when an event happens in the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from headrace_sdk import (
    Arrival,
    Condition,
    Conditions,
    EventRegistration,
    Example,
    Item,
    JsonObject,
    JsonValue,
    Params,
    Registration,
    Trigger,
    fields,
)
from headrace_sdk.conditions import holds
from headrace_sdk.events import check_pattern
from headrace_sdk.forms import Operator
from headrace_sdk.paths import MISSING, parse, read
from headrace_sdk.summaries import shown

OPERATORS: Final = {name: name.replace("_", " ") for name in Operator.__args__}  # type: ignore[attr-defined]


class Filter(Params):
    """One condition on the event's data."""

    field: str = fields.text("Field", placeholder="total", expression=False, half=True)
    op: Operator = fields.select("is", "equals", labels=OPERATORS, expression=False, half=True)
    value: Any = fields.json("Value", None, help="What it is compared with.", expression=False)


class Form(Params):
    """Which events."""

    pattern: str = fields.text(
        "Event",
        placeholder="order.paid",
        help="A type, its beginning as in order.*, or * for all. workflow.* are the ends of runs.",
        expression=False,
    )
    filters: list[Filter] = fields.rows(
        "Only if", add="Add condition", help="All must hold; none: every event.", expression=False
    )
    in_order: bool = fields.toggle(
        "One after the other",
        False,
        help="Events with one ordering key wait until the run of the one before has ended.",
        expression=False,
    )


class EventTrigger(Trigger[Form]):
    """Starts a run for every event that matches.

    Events come from **Emit Event** nodes, from programs (`POST /api/v1/events/`) and from the
    platform: `workflow.completed`, `workflow.failed` and `workflow.cancelled` tell of runs that
    ended, never of this workflow's own. One item comes out, with the event's `id`, `type`, `data`,
    `ordering_key` and the time `at`.

    Events that lead to events end after twenty steps, so that a circle stops.
    """

    type = "triggers.event"
    title = "Event Trigger"
    category = "trigger"
    icon = "radio"
    synonyms = ("subscribe", "bus", "message", "on event", "listen", "pub sub")
    Params = Form
    examples = (
        Example(
            "Large orders",
            {
                "pattern": "order.*",
                "filters": [{"field": "total", "op": "gt", "value": 100}],
                "in_order": True,
            },
            [
                {"type": "order.paid", "data": {"total": 120}},
                {"type": "order.paid", "data": {"total": 20}},
            ],
            {"main": [{"type": "order.paid", "data": {"total": 120}}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The pattern."""
        return shown(params.get("pattern"))

    @classmethod
    def register(cls, params: Form, node_id: str) -> Sequence[Registration]:
        """The pattern."""
        for one in params.filters:
            parse(one.field)
        return [EventRegistration(check_pattern(params.pattern), params.in_order)]

    @classmethod
    def accept(cls, params: Form, arrival: Arrival) -> Sequence[Item]:
        """The event, if its data fit."""
        if arrival.items is not None or not arrival.data:
            return arrival.items or [Item({"type": params.pattern, "data": {}})]
        data = arrival.data.get("data")
        rows = [_condition(data, one) for one in params.filters]
        return [Item(arrival.data)] if holds(Conditions(all=rows)) else []


def _condition(data: JsonValue, one: Filter) -> Condition:
    found = read(data, parse(one.field))
    return Condition(left=None if found is MISSING else found, op=one.op, right=one.value)
