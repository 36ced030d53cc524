"""Makes one item of many, or one for each group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, Self

from pydantic import model_validator

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    fields,
    to_main,
)
from headrace_sdk.comparison import fingerprint
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, Edit, parse, read
from headrace_sdk.summaries import names_in
from nodes.data.reductions import LABELS, Operation, reduced

CHUNK: Final = 1_000


class Column(Params):
    """One value to compute for each group."""

    operation: Operation = fields.select("Compute", "count", labels=LABELS, half=True)
    field: str = fields.text(
        "Of the field", "", help="Count needs none: it counts items then.", half=True
    )
    name: str = fields.text(
        "Into the field", "", help="Empty: operation and field, such as sum_total.", half=True
    )
    separator: str = fields.text("Joined by", ", ", show_if=show_if("operation", "concat"))

    @model_validator(mode="after")
    def _has_field(self) -> Self:
        if self.operation != "count" and not self.field:
            message = f"{LABELS[self.operation]} needs a field"
            raise ValueError(message)
        return self

    @property
    def target(self) -> str:
        """The field that the value goes into."""
        if self.name or not self.field:
            return self.name or "count"
        return f"{self.operation}_{parse(self.field)[-1]}"


class Form(Params):
    """What comes out."""

    mode: Literal["list", "groups"] = fields.select(
        "Make",
        "list",
        labels={"list": "One item with a list of all", "groups": "One item for each group"},
        expression=False,
    )
    into: str = fields.text(
        "List field",
        "items",
        help="The field that holds the list.",
        show_if=show_if("mode", "list"),
    )
    selected: list[str] = fields.tags(
        "Only these fields",
        help="Empty: whole items. One field: a list of its values.",
        show_if=show_if("mode", "list"),
    )
    group_by: list[str] = fields.tags(
        "Group by",
        help="Items with equal values here are one group. Empty: all are one group.",
        show_if=show_if("mode", "groups"),
    )
    columns: list[Column] = fields.rows(
        "Compute", add="Add value", at_most=50, show_if=show_if("mode", "groups")
    )


class Aggregate(Node[Form]):
    """Makes one item of all items, or one for each group of them.

    - **One item with a list**: `{"items": [...]}`, whole items or chosen fields. It is the way
      back from **Split Out**, and what a webhook often answers with.
    - **Groups**: items with equal fields become one item with these fields and what you compute:
      counts, sums, averages, the smallest and largest, first and last, joined texts, lists.

    Groups come in the order of their first item. Missing and null values are passed over; a sum
    or average of something that is no number fails and names the item.
    """

    type = "data.aggregate"
    title = "Aggregate"
    category = "data"
    icon = "sigma"
    synonyms = ("group", "sum", "count", "average", "summarize", "reduce", "collect", "pivot")
    Params = Form
    examples = (
        Example(
            "One list",
            {"into": "orders"},
            [{"id": 1}, {"id": 2}],
            {"main": [{"orders": [{"id": 1}, {"id": 2}]}]},
        ),
        Example(
            "Turnover by country",
            {
                "mode": "groups",
                "group_by": ["country"],
                "columns": [
                    {"operation": "count", "name": "orders"},
                    {"operation": "sum", "field": "total"},
                ],
            },
            [
                {"country": "DE", "total": 10},
                {"country": "FR", "total": 5.5},
                {"country": "DE", "total": "2"},
            ],
            {
                "main": [
                    {"country": "DE", "orders": 2, "sum_total": 12},
                    {"country": "FR", "orders": 1, "sum_total": 5.5},
                ]
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What it groups by, or the list's field."""
        if params.get("mode") == "groups":
            return f"By {names_in(params.get('group_by')) or 'nothing'}"
        return "One list"

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The list's item, or the groups' items, each with all its ancestors."""
        form, items = params.first, inputs.main
        if form.mode == "list":
            pairs = tuple(Pair(0, index) for index in range(len(items)))
            elements = [_element(form, item.json) for item in items]
            return to_main([Item({form.into or "items": elements}, None, pairs)])
        out: list[Item] = []
        for places in await _groups(ctx, form, items):
            pairs = tuple(Pair(0, place) for place in places)
            out.append(Item(_group_json(form, items, places), None, pairs))
        return to_main(out)


def _element(form: Form, json: JsonObject) -> JsonValue:
    if not form.selected:
        return json
    if len(form.selected) == 1:
        return _value(json, form.selected[0])
    return _picked(form.selected, json)


def _picked(names: Sequence[str], json: JsonObject) -> JsonObject:
    picked = Edit({})
    for name in names:
        picked.set(parse(name), _value(json, name))
    return picked.root


def _value(json: JsonObject, name: str) -> JsonValue:
    value = read(json, parse(name))
    return None if value is MISSING else value  # type: ignore[return-value]


async def _groups(ctx: Context, form: Form, items: Sequence[Item]) -> list[list[int]]:
    groups: dict[object, list[int]] = {}
    for place, item in enumerate(items):
        key = tuple(fingerprint(_value(item.json, name)) for name in form.group_by)
        groups.setdefault(key, []).append(place)
        if place % CHUNK == CHUNK - 1:
            await ctx.checkpoint()
    return list(groups.values())


def _group_json(form: Form, items: Sequence[Item], places: Sequence[int]) -> JsonObject:
    out = Edit(_picked(form.group_by, items[places[0]].json))
    for column in form.columns:
        out.set(parse(column.target), _computed(column, items, places))
    return out.root


def _computed(column: Column, items: Sequence[Item], places: Sequence[int]) -> JsonValue:
    if not column.field:
        return len(places)
    found = [
        (place, value)
        for place in places
        if (value := _value(items[place].json, column.field)) is not None
    ]
    try:
        return reduced(column.operation, [value for _, value in found], column.separator)
    except UserError as error:
        error.item = found[error.item or 0][0]
        raise
