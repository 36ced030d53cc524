"""One item for each element of a list."""

from __future__ import annotations

from typing import Final, Literal

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
from headrace_sdk.fields import show_if
from headrace_sdk.paths import MISSING, Edit, Path, parse, read
from headrace_sdk.summaries import text_of

CHUNK: Final = 1_000


class Form(Params):
    """Which list, and what goes with its elements."""

    field: str = fields.text(
        "List field", help="The name or path of the list.", placeholder="body.items"
    )
    keep: Literal["none", "selected", "all"] = fields.select(
        "Of the other fields keep",
        "none",
        labels={"none": "None", "selected": "Some", "all": "All"},
    )
    selected: list[str] = fields.tags(
        "Those fields", help="Field names or paths.", show_if=show_if("keep", "selected")
    )
    destination: str = fields.text(
        "Put each element into the field",
        "",
        help="Empty: an object becomes the item itself, another value keeps the list's name.",
        advanced=True,
    )
    missing: Literal["skip", "keep", "error"] = fields.select(
        "Where there is no list",
        "skip",
        labels={
            "skip": "Drop the item",
            "keep": "Pass the item on",
            "error": "Fail",
        },
        advanced=True,
    )


class SplitOut(Node[Form]):
    """Makes one item of each element of a list.

    Use it where data arrives as one item with a list in it, and each element is to be treated by
    itself. Objects become items; other values are put into a field. A single value counts as a
    list of one. An item whose list is missing or null is dropped, unless you say otherwise; an
    empty list gives nothing. **Aggregate** is the way back.
    """

    type = "data.split_out"
    title = "Split Out"
    category = "data"
    icon = "ungroup"
    synonyms = ("explode", "flatten", "unwind", "array", "list", "each")
    Params = Form
    examples = (
        Example(
            "Lines of an order",
            {"field": "order.lines", "keep": "selected", "selected": ["id"]},
            [{"id": 7, "order": {"lines": [{"sku": "a"}, {"sku": "b"}]}}],
            {"main": [{"id": 7, "sku": "a"}, {"id": 7, "sku": "b"}]},
        ),
        Example(
            "Plain values",
            {"field": "tags", "destination": "tag", "keep": "all"},
            [{"id": 1, "tags": ["x", "y"]}],
            {"main": [{"id": 1, "tag": "x"}, {"id": 1, "tag": "y"}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The list's path."""
        return text_of(params.get("field"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The elements, in order."""
        out: list[Item] = []
        for index, item in enumerate(inputs.main):
            form = params[index]
            path = parse(form.field)
            elements = _elements(form, item.json, path, index)
            if elements is None:
                out.append(item.at(index))
                continue
            base = _base(form, item.json, path)
            name = form.destination or (str(path[-1]) if path else "value")
            pair = (Pair(0, index),)
            for element in elements:
                out.append(Item(_json(form, base, element, name), item.binary, pair))
                if len(out) % CHUNK == 0:
                    await ctx.checkpoint()
        return to_main(out)


def _elements(form: Form, json: JsonObject, path: Path, index: int) -> list[JsonValue] | None:
    """The list, or `None` where the item itself goes on."""
    value = read(json, path)
    if value is not MISSING and value is not None:
        return value if isinstance(value, list) else [value]  # type: ignore[list-item]
    if form.missing == "error":
        message = f"This item has no list at {form.field!r}."
        raise UserError(message, field="field", code="no_list", item=index)
    return [] if form.missing == "skip" else None


def _base(form: Form, json: JsonObject, path: Path) -> JsonObject:
    if form.keep == "none":
        return {}
    if form.keep == "all":
        rest = Edit(json)
        rest.remove(path)
        return rest.root
    kept = Edit({})
    for name in form.selected:
        value = read(json, parse(name))
        if value is not MISSING:
            kept.set(parse(name), value)  # type: ignore[arg-type]
    return kept.root


def _json(form: Form, base: JsonObject, element: JsonValue, name: str) -> JsonObject:
    if isinstance(element, dict) and not form.destination:
        return base | element if base else element
    return {**base, name: element}
