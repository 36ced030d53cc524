"""Puts items in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

from pydantic import model_validator

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
    fields,
    to_main,
)
from headrace_sdk.comparison import SortKind, sort_key
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, parse, read
from headrace_sdk.summaries import names_in


class Key(Params):
    """One field to go by."""

    field: str = fields.text("Field", placeholder="order.total")
    order: Literal["asc", "desc"] = fields.select(
        "Order", "asc", labels={"asc": "Ascending", "desc": "Descending"}, half=True
    )
    kind: SortKind = fields.select(
        "As", "auto", labels=fields.choices(("auto", "number", "text", "date")), half=True
    )


class Form(Params):
    """What the order goes by."""

    mode: Literal["fields", "random"] = fields.select(
        "Order", "fields", labels={"fields": "By fields", "random": "At random"}, expression=False
    )
    keys: list[Key] = fields.rows(
        "Fields", add="Add field", at_most=10, show_if=show_if("mode", "fields")
    )

    @model_validator(mode="after")
    def _has_keys(self) -> Self:
        if self.mode == "fields" and not self.keys:
            message = "Name at least one field to sort by"
            raise ValueError(message)
        return self


class Sort(Node[Form]):
    """Puts the items in order, by one or more fields, or at random.

    Later fields decide where earlier ones are equal; items equal in all keep their order. With
    **auto**, numbers (and texts that say numbers) come first, then texts without regard to
    capitals. Items without the field, or whose value is not of the chosen kind, come last in
    either direction. A random order is the same again when the step is repeated.
    """

    type = "data.sort"
    title = "Sort"
    category = "data"
    icon = "arrow-down-a-z"
    synonyms = ("order", "rank", "shuffle", "random", "ascending", "descending")
    Params = Form
    examples = (
        Example(
            "By amount, the largest first",
            {"keys": [{"field": "amount", "order": "desc", "kind": "number"}]},
            [{"amount": "9"}, {"amount": 100}, {}, {"amount": 20}],
            {"main": [{"amount": 100}, {"amount": 20}, {"amount": "9"}, {}]},
        ),
        Example(
            "By city, then name",
            {"keys": [{"field": "city"}, {"field": "name"}]},
            [
                {"city": "Ulm", "name": "b"},
                {"city": "Bonn", "name": "c"},
                {"city": "Ulm", "name": "A"},
            ],
            {
                "main": [
                    {"city": "Bonn", "name": "c"},
                    {"city": "Ulm", "name": "A"},
                    {"city": "Ulm", "name": "b"},
                ]
            },
        ),
        Example("At random", {"mode": "random"}, [{"n": 1}, {"n": 2}, {"n": 3}]),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The fields."""
        if params.get("mode") == "random":
            return "At random"
        return names_in(params.get("keys"), "field")

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Every item, in the new order."""
        form = params.first
        # All at once: in the new order each would have its page read anew.
        items = [*inputs.main]
        places = list(range(len(items)))
        if form.mode == "random":
            ctx.random.shuffle(places)
        # Sorting by the last key first works because Python's sort is stable.
        for key in reversed(form.keys if form.mode == "fields" else ()):
            places = _sorted(places, items, key)
            await ctx.checkpoint()
        return to_main([items[place].at(place) for place in places])


def _sorted(places: Sequence[int], items: Sequence[Item], key: Key) -> list[int]:
    path = parse(key.field)
    keyed = []
    rest = []
    for place in places:
        value = read(items[place].json, path)
        found = None if value is MISSING else sort_key(value, key.kind)  # type: ignore[arg-type]
        if found is None:
            rest.append(place)
        else:
            keyed.append((found, place))
    keyed.sort(key=lambda pair: pair[0], reverse=key.order == "desc")
    return [place for _, place in keyed] + rest
